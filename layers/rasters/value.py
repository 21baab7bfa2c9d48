"""What a raster says at one place, in numbers and in the reader's words."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.conf import settings
from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from rasterio.enums import Resampling

from core.geo import LonLat
from layers.models import Raster
from layers.rasters.legend import class_label, facings, with_unit
from layers.rasters.looks import LEVEL, sector_of
from layers.rasters.reading import Frame, read_frame
from layers.rasters.sampling import cell_values
from layers.rasters.shading import gradient_of
from layers.rasters.spec import Kind, Spec, spec_of
from layers.rasters.survey import survey_of


@dataclass(frozen=True)
class Ground:
    """How the ground lies around a place: rise per metre, and the way down in degrees from north."""

    slope: float
    facing: float

    @property
    def words(self) -> str:
        steep = number_format(round(100 * self.slope), decimal_pos=0)
        degrees = number_format(round(math.degrees(math.atan(self.slope))), decimal_pos=0)
        if self.slope < LEVEL:
            return _("level ground")
        side = facings()[int(sector_of(self.facing))]
        return _("slope %(percent)s %% (%(degrees)s°), facing %(side)s") % {
            "percent": steep,
            "degrees": degrees,
            "side": side,
        }


def value_at(raster: Raster, place: LonLat) -> dict[str, Any]:
    """{"value" or "values", "unit", "text", …} at the place; without a value only the text says so. Raises
    BadCoordinates, RasterFileMissing."""
    point, spec = place.to_storage(), spec_of(raster)
    said = {"slug": raster.slug, "title": capfirst(str(raster)), "lon": place.lon, "lat": place.lat}
    values = cell_values(raster, point.x, point.y, settings.STORAGE_SRID)
    if values is None:
        return {**said, "value": None, "unit": raster.unit, "text": _("no value here")}
    if spec.kind is Kind.PICTURE:
        shown = ", ".join(number_format(value) for value in values)
        return {**said, "values": values, "unit": raster.unit, "text": shown}
    return {**said, **_told(raster, spec, values[0]), **_ground(raster, spec, point.x, point.y)}


def ground_at(raster: Raster, x: float, y: float) -> Ground | None:
    """How the ground lies at a position in the storage CRS, over three by three cells; None without heights."""
    pixel, metres = survey_of(raster).resolution_metres, spec_of(raster).metres
    cell = Frame((x - pixel / 2, y - pixel / 2, x + pixel / 2, y + pixel / 2), settings.STORAGE_SRID, 1, 1)
    heights = read_frame(raster, cell.grown(1), Resampling.bilinear)[0]
    gradient = gradient_of(heights, cell, metres)
    slope, facing = float(gradient.slope[0, 0]), float(gradient.facing[0, 0])
    return None if np.isnan(slope) else Ground(slope, facing)


def _told(raster: Raster, spec: Spec, value: float) -> dict[str, Any]:
    shown: float | int = int(value) if survey_of(raster).is_whole and value == int(value) else value
    number = with_unit(value, raster.unit, _digits(raster, spec))
    label = class_label(spec, value) if spec.kind is Kind.CLASSES else ""
    text = f"{label} ({number})" if label and label != number else number
    return {"value": shown, "unit": raster.unit, "label": label, "text": text}


def _digits(raster: Raster, spec: Spec) -> int | None:
    """Heights to the decimetre; others as their size asks."""
    if survey_of(raster).is_whole:
        return 0
    return 1 if spec.kind is Kind.ELEVATION else None


def _ground(raster: Raster, spec: Spec, x: float, y: float) -> dict[str, Any]:
    ground = ground_at(raster, x, y) if spec.kind is Kind.ELEVATION else None
    if ground is None:
        return {}
    is_level = ground.slope < LEVEL
    return {
        "slope_percent": round(100 * ground.slope, 2),
        "slope_degrees": round(math.degrees(math.atan(ground.slope)), 2),
        "facing_degrees": None if is_level else round(ground.facing, 1),
        "ground": ground.words,
    }
