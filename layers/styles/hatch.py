"""Hatching of surfaces by name, such as `hatch:diagonal:#8c3a6b:8`: the browser, paper and QGIS draw it alike."""

import re
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

#: Every kind with its name for people.
KINDS = {
    "diagonal": _("diagonal"),
    "back-diagonal": _("diagonal, the other way"),
    "cross": _("crossed diagonals"),
    "horizontal": _("horizontal"),
    "vertical": _("vertical"),
    "dots": _("dots"),
}
LEAST_SPACING, MOST_SPACING = 2.0, 64.0
NAME = re.compile(
    r"hatch:([a-z-]{1,20}):(#[0-9a-fA-F]{6}):(\d{1,2}(?:\.\d{1,2})?)(?::(\d{1,2}(?:\.\d{1,2})?))?"
)


@dataclass(frozen=True)
class Hatch:
    """Lines (or dots) of `color` (`#rrggbb`), `spacing` CSS pixels apart measured across them, `width` thick. The
    diagonal rises to the right: /, the back-diagonal falls: \\."""

    kind: str
    color: str
    spacing: float = 8.0
    width: float = 1.2

    @property
    def name(self) -> str:
        """As `fill-pattern` says it."""
        thick = "" if self.width == Hatch.width else f":{self.width:g}"
        return f"hatch:{self.kind}:{self.color}:{self.spacing:g}{thick}"

    def recolored(self, color: str) -> "Hatch":
        return replace(self, color=color)


def hatch_of(name: str) -> Hatch | None:
    """The hatching of that name; None for any other pattern."""
    match = NAME.fullmatch(name)
    if match is None or match[1] not in KINDS or not LEAST_SPACING <= float(match[3]) <= MOST_SPACING:
        return None
    width = float(match[4]) if match[4] else Hatch.width
    return Hatch(match[1], match[2].lower(), float(match[3]), width) if 0 < width < float(match[3]) else None
