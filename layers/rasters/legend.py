"""What the colours of a raster mean, in the reader's language."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.languages import in_reader_language
from layers.models import Raster
from layers.rasters.looks import (
    FACING_COLORS,
    LEVEL_COLOR,
    SLOPE_COLORS,
    SLOPES,
    Look,
)
from layers.rasters.ramps import greys, sampled
from layers.rasters.spec import Kind, Spec, spec_of
from layers.rasters.survey import survey_of

STEPS, BAR = 6, 32
SHADOW, LIGHT = "#3a3a3a", "#fdfdfd"
MOST_ENTRIES = 30
Entry = dict[str, Any]


def legend_of(raster: Raster, look: Look) -> list[Entry]:
    """As the legend of a layer: {"label", "color", "shape"} for every class, or for steps along the ramp."""
    spec = spec_of(raster)
    if look.name == "classes":
        return _classes(raster, spec)
    if look.name == "slope":
        return [_entry(color, label) for color, label in zip(SLOPE_COLORS, _slopes(), strict=True)]
    if look.name == "aspect":
        pairs = zip((*FACING_COLORS, LEVEL_COLOR), (*facings(), _("level ground")), strict=True)
        return [_entry(color, label) for color, label in pairs]
    if look.name == "hillshade":
        return [_entry(SHADOW, _("in the shadow")), _entry(LIGHT, _("in the light"))]
    return [] if look.kind is Kind.PICTURE else _steps(spec, raster.unit)


def ramp_of(raster: Raster, look: Look) -> dict[str, Any] | None:
    """{"colors", "low", "high"} where the look is one of a ramp; None else."""
    if look.name == "hillshade":
        return {"colors": greys(SHADOW, LIGHT, BAR), "low": _("in the shadow"), "high": _("in the light")}
    if look.name not in ("values", "heights", "relief"):
        return None
    spec = spec_of(raster)
    low, high = with_unit(spec.low, raster.unit), with_unit(spec.high, raster.unit)
    return {"colors": sampled(spec.ramp, BAR), "low": f"≤ {low}", "high": f"≥ {high}"}


def with_unit(value: float, unit: str, digits: int | None = None) -> str:
    """The number as the reader writes it, with as many digits as it needs, and its unit."""
    places = _places(value) if digits is None else digits
    number = number_format(round(value, places), decimal_pos=places, use_l10n=True, force_grouping=True)
    return f"{number} {unit}".strip()


def class_label(spec: Spec, value: float) -> str:
    """What the value means, blank where nobody said."""
    found = next((row for row in spec.classes if row.value == value), None)
    return in_reader_language(found, "label") if found else ""


def facings() -> list[str]:
    """The eight directions, from north clockwise."""
    return [
        *(_("north"), _("north-east"), _("east"), _("south-east")),
        *(_("south"), _("south-west"), _("west"), _("north-west")),
    ]


def _places(value: float) -> int:
    if value == int(value):
        return 0
    return 1 if abs(value) >= 10 else 3


def _classes(raster: Raster, spec: Spec) -> list[Entry]:
    """Those that were seen in the raster first; of very many only some."""
    seen = set(survey_of(raster).values)
    rows = [row for row in spec.classes if row.value in seen] if seen else list(spec.classes)
    step = max(1, -(-len(rows) // MOST_ENTRIES))
    return [_entry(row.color, in_reader_language(row, "label")) for row in rows[::step]]


def _steps(spec: Spec, unit: str) -> list[Entry]:
    colors = sampled(spec.ramp, STEPS)
    values = [spec.low + (spec.high - spec.low) * at / (STEPS - 1) for at in range(STEPS)]
    return [_entry(color, with_unit(value, unit)) for color, value in zip(colors, values, strict=True)]


def _slopes() -> list[str]:
    percents = [number_format(round(100 * slope), decimal_pos=0) for slope in SLOPES]
    between = [f"{low}–{high} %" for low, high in zip(["0", *percents], percents, strict=False)]
    return [*between, f"> {percents[-1]} %"]


def _entry(color: str, label: str) -> Entry:
    return {"label": label, "color": color, "shape": "polygon"}
