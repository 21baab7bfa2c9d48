"""How a raster is to be drawn: what its row says, completed by what its file says.

`Raster.look` is {"kind", "ramp", "stretch": [low, high], "classes": [{"value", "label", "label_en", "color"}],
"theme", "position", "shown_at_first"}; all of it may be left out.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from layers.models import Raster, Theme
from layers.rasters.errors import BadRasterLook
from layers.rasters.ramps import RAMPS
from layers.rasters.survey import Survey, survey_of

# Units of height, in metres; one band in one of the first is taken for heights where nobody says otherwise.
METRES = {"m": 1.0, "μ": 1.0, "μ.": 1.0, "ft": 0.3048, "dm": 0.1, "cm": 0.01, "mm": 0.001}
OF_HEIGHTS = ("m", "μ", "μ.", "ft")
COLOR = re.compile(r"#[0-9a-fA-F]{6}$")
MOST_CLASSES = 1000
POSITION = 500


class Kind(StrEnum):
    ELEVATION = "elevation"
    PICTURE = "picture"
    CLASSES = "classes"
    VALUES = "values"


@dataclass(frozen=True)
class RasterClass:
    value: float
    color: str
    label: str
    label_en: str = ""


@dataclass(frozen=True)
class Spec:
    """`low` and `high` are the values at the ends of the ramp; `metres` is how many metres one unit of height is."""

    kind: Kind
    ramp: str
    low: float
    high: float
    classes: tuple[RasterClass, ...]
    theme: str
    position: int
    shown_at_first: bool
    metres: float


THEMES = {
    Kind.ELEVATION: Theme.ENVIRONMENT,
    Kind.PICTURE: Theme.BASE,
    Kind.CLASSES: Theme.LAND_USE,
    Kind.VALUES: Theme.ENVIRONMENT,
}


def spec_of(raster: Raster) -> Spec:
    """Raises RasterFileMissing; a look that is wrong in the row is refused when it is written (checked_look)."""
    survey, look = survey_of(raster), raster.look
    kind = Kind(look["kind"]) if "kind" in look else _kind(raster, survey)
    low, high = look.get("stretch") or _span(kind, survey)
    return Spec(
        kind=kind,
        ramp=look.get("ramp") or ("heights" if kind is Kind.ELEVATION else "viridis"),
        low=float(low),
        high=float(high),
        classes=_classes(look, survey),
        theme=look.get("theme") or THEMES[kind].value,
        position=int(look.get("position") or POSITION),
        shown_at_first=bool(look.get("shown_at_first")),
        metres=METRES.get(raster.unit.strip().lower(), 1.0),
    )


def _kind(raster: Raster, survey: Survey) -> Kind:
    """A palette means classes, three bands a picture, one band in metres heights."""
    if survey.palette:
        return Kind.CLASSES
    if len(survey.bands) == 3:
        return Kind.PICTURE
    return Kind.ELEVATION if raster.unit.strip().lower() in OF_HEIGHTS else Kind.VALUES


def _span(kind: Kind, survey: Survey) -> tuple[float, float]:
    """A picture of bytes is shown as it is."""
    if kind is Kind.PICTURE and survey.kind == "uint8":
        return 0.0, 255.0
    return rounded_span(survey.low, survey.high)


def _classes(look: Mapping[str, Any], survey: Survey) -> tuple[RasterClass, ...]:
    if look.get("classes"):
        rows = [
            RasterClass(float(row["value"]), row["color"], row["label"], row.get("label_en", ""))
            for row in look["classes"]
        ]
        return tuple(sorted(rows, key=lambda row: row.value))
    return tuple(
        RasterClass(value, "#{:02x}{:02x}{:02x}".format(*rgba[:3]), str(value))
        for value, rgba in survey.palette
        if rgba[3] and value != survey.nodata
    )


def rounded_span(low: float, high: float) -> tuple[float, float]:
    """The same span a little wider, so that its ends are numbers for a legend."""
    if not high > low:
        return low, low + 1
    step = 10.0 ** math.floor(math.log10((high - low) / 10))
    return math.floor(low / step) * step, math.ceil(high / step) * step


def checked_look(look: Mapping[str, Any]) -> dict[str, Any]:
    """What may stand in `Raster.look`; raises BadRasterLook."""
    _choice(look, "kind", [kind.value for kind in Kind])
    _choice(look, "ramp", list(RAMPS))
    _choice(look, "theme", [theme.value for theme in Theme])
    stretch = look.get("stretch")
    if stretch is not None and not _is_span(stretch):
        raise BadRasterLook(name="stretch", given=stretch, known="[low, high]")
    classes = look.get("classes") or []
    if not isinstance(classes, list) or len(classes) > MOST_CLASSES or not all(map(_is_class, classes)):
        raise BadRasterLook(
            name="classes", given="…", known='[{"value", "label", "label_en", "color": "#rrggbb"}]'
        )
    known = {"kind", "ramp", "theme", "stretch", "classes", "position", "shown_at_first"}
    for name in set(look) - known:
        raise BadRasterLook(name=name, given=look[name], known=", ".join(sorted(known)))
    if not isinstance(look.get("position", 0), int):
        raise BadRasterLook(name="position", given=look["position"], known="0–10000")
    return dict(look)


def _choice(look: Mapping[str, Any], name: str, known: list[str]) -> None:
    if name in look and look[name] not in known:
        raise BadRasterLook(name=name, given=look[name], known=", ".join(known))


def _is_span(given: Any) -> bool:
    if not isinstance(given, list | tuple) or len(given) != 2:
        return False
    numbers = [value for value in given if isinstance(value, int | float) and math.isfinite(value)]
    return len(numbers) == 2 and numbers[0] < numbers[1]


def _is_class(row: Any) -> bool:
    if not isinstance(row, Mapping) or not isinstance(row.get("value"), int | float):
        return False
    texts = (row.get("label"), row.get("label_en", ""))
    is_text = all(isinstance(text, str) and len(text) <= 200 for text in texts)
    return is_text and bool(COLOR.match(str(row.get("color"))))
