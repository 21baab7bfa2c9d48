"""Colours as CSS writes them, read and mixed."""

import re
from dataclasses import dataclass
from functools import lru_cache

from PIL import ImageColor

WITH_ALPHA = re.compile(r"(rgb|hsl)a\(\s*([^)]{1,60}?)\s*,\s*([\d.]{1,8})(%?)\s*\)", re.IGNORECASE)
LONGEST = 80


@dataclass(frozen=True)
class Color:
    """Red, green and blue from 0 to 255, alpha from 0 to 1."""

    red: float
    green: float
    blue: float
    alpha: float = 1.0

    @property
    def hex(self) -> str:
        """`#rrggbb`; alpha is told apart."""
        return "#" + "".join(f"{min(max(round(part), 0), 255):02x}" for part in self._parts)

    @property
    def _parts(self) -> tuple[float, float, float]:
        return self.red, self.green, self.blue

    def mixed(self, other: "Color", share: float) -> "Color":
        """The way from this colour to `other`, 0 to 1, alpha multiplied in as MapLibre does."""
        alpha = self.alpha + (other.alpha - self.alpha) * share
        if alpha == 0:
            return Color(0, 0, 0, 0)
        pairs = zip(self._parts, other._parts, strict=True)
        red, green, blue = (
            (one * self.alpha * (1 - share) + two * other.alpha * share) / alpha for one, two in pairs
        )
        return Color(red, green, blue, alpha)


TRANSPARENT = Color(0, 0, 0, 0)


@lru_cache(maxsize=2048)
def color_of(text: str) -> Color | None:
    """A colour in hex, rgb(), rgba(), hsl(), hsla() or by its CSS name; None where `text` is none."""
    given = text.strip()
    if given.lower() == "transparent":
        return TRANSPARENT
    match = WITH_ALPHA.fullmatch(given[:LONGEST])
    if match:
        return _with_alpha(f"{match[1]}({match[2]})", match[3], match[4])
    try:
        red, green, blue, *rest = ImageColor.getrgb(given[:LONGEST])
    except ValueError:
        return None
    return Color(red, green, blue, rest[0] / 255 if rest else 1.0)


def _with_alpha(opaque: str, number: str, percent: str) -> Color | None:
    try:
        red, green, blue = ImageColor.getrgb(opaque)[:3]
        alpha = float(number) / (100 if percent else 1)
    except ValueError:
        return None
    return Color(red, green, blue, min(max(alpha, 0.0), 1.0))
