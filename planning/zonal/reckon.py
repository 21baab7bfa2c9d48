"""Zonal statistics by exactextract: each cell counts by the share of it that lies inside, window by window."""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pyproj
import shapely
from django.conf import settings
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from core.errors import NotFound
from layers.models import GeometryKind, Raster
from layers.moments import AsOf
from layers.ogcapi.sql import bounded
from layers.rasters.opening import opened
from layers.rasters.survey import Survey, survey_of
from municipality.roles import AnyUser
from planning.overlay.errors import NoSurfaces
from planning.overlay.results import order_of
from planning.overlay.shapes import Surface, surfaces_of
from planning.overlay.sides import Side, side_of
from planning.zonal.errors import NoValues, RasterOfColours
from planning.zonal.order import ZonalOrder
from planning.zonal.results import Zonal, Zone

#: So many cells are read at a time, whatever the size of a surface.
CELLS_IN_MEMORY = 4_000_000
#: A median keeps every cell of a surface; beyond so many there is none.
MOST_FOR_MEDIAN = 20_000_000
#: So many are read while a page waits.
CELLS_AT_ONCE = 8_000_000
#: More different values than that are no classes.
MOST_VALUES = 60
OPS = {"min": "lowest", "max": "highest", "mean": "mean", "sum": "sum", "median": "median"}
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Question:
    """A raster and surfaces that came from `visible_to`; surfaces in the storage CRS and in that of the raster."""

    raster: Raster
    survey: Survey
    by: Side
    surfaces: list[tuple[Surface, BaseGeometry, BaseGeometry]]
    by_value: bool

    @property
    def cells(self) -> float:
        """About how many are to be read: those of the boxes around the surfaces, as far as the raster reaches."""
        frame = shapely.box(*self.survey.bounds)
        boxes = (shapely.box(*there.bounds) for _surface, _here, there in self.surfaces if not there.is_empty)
        return sum(float(box.intersection(frame).area) for box in boxes) / self.survey.pixel**2


def question_of(order: ZonalOrder, user: AnyUser) -> Question:
    """Raises NotFound, NoCollection, NoSurfaces, RasterOfColours, TooCostly, BadFilter."""
    raster = Raster.objects.visible_to(user).filter(slug=order.raster).first()
    if raster is None:
        raise NotFound()
    survey = survey_of(raster)
    if len(survey.bands) > 1 or (survey.palette and not survey.values):
        raise RasterOfColours(title=raster)
    side = side_of(
        user, order.by, field=order.by_field, condition=order.by_filter, moments=AsOf.parse(order.valid, "")
    )
    if side.kind not in (GeometryKind.POLYGON, GeometryKind.MIXED):
        raise NoSurfaces(layer=side.title)
    side = replace(side, each_is_a_class=side.classes is None)
    with bounded():
        found = surfaces_of(side)
    return Question(raster, survey, side, list(_placed(found, survey)), bool(order.values))


def _placed(surfaces: list[Surface], survey: Survey) -> Iterator[tuple[Surface, BaseGeometry, BaseGeometry]]:
    there = pyproj.Transformer.from_crs(settings.STORAGE_SRID, survey.crs, always_xy=True)
    for surface in surfaces:
        here = shapely.from_wkb(surface.ewkb)
        moved = shapely.transform(
            here, lambda points: np.column_stack(there.transform(points[:, 0], points[:, 1]))
        )
        yield surface, here, moved


def zonal(question: Question, progress: Progress = lambda share: None) -> Zonal:
    """Raises RasterFileMissing, NoValues where the raster has too many values for areas by value."""
    zones: list[Zone] = []
    with opened(question.raster) as dataset:
        for number, (surface, here, there) in enumerate(question.surfaces, start=1):
            zones.append(_zone(dataset, question, surface, here, there))
            progress(number / len(question.surfaces))
    zones.sort(key=lambda zone: order_of(zone.name))
    field = question.by.classes.title if question.by.classes else ""
    return Zonal(str(question.raster), question.by.title, field, question.raster.unit, tuple(zones))


def _zone(
    dataset: Any, question: Question, surface: Surface, here: BaseGeometry, there: BaseGeometry
) -> Zone:
    empty = Zone(surface.name, float(here.area))
    if there.is_empty or not there.intersects(shapely.box(*dataset.bounds)):
        return empty
    found = _extracted(dataset, question, there)
    cells = float(found["count"])
    if not cells:
        return empty
    a, b, d, e = (dataset.transform[index] for index in (0, 1, 3, 4))
    whole = float(there.area) / abs(a * e - b * d)
    covered = float(here.area) * min(1.0, cells / whole)
    figures = {name: _finite(found.get(op)) for op, name in OPS.items()}
    return replace(empty, covered_m2=covered, cells=cells, values=_values(found, covered), **figures)  # type: ignore[arg-type]


def _extracted(dataset: Any, question: Question, there: BaseGeometry) -> dict[str, Any]:
    from exactextract import exact_extract
    from exactextract.raster import RasterioRasterSource

    inside = shapely.box(*there.bounds).intersection(shapely.box(*dataset.bounds))
    few = inside.area / question.survey.pixel**2 <= MOST_FOR_MEDIAN
    ops = ["count", *(op for op in OPS if few or op != "median")]
    ops += ["unique", "frac"] if question.by_value else []
    band = RasterioRasterSource(dataset, question.survey.bands[0])
    feature = {"type": "Feature", "properties": {}, "geometry": mapping(there)}
    [told] = exact_extract(band, [feature], ops, max_cells_in_memory=CELLS_IN_MEMORY)
    found: dict[str, Any] = told["properties"]
    if question.by_value and len(found["unique"]) > MOST_VALUES:
        raise NoValues(title=question.raster, most=MOST_VALUES)
    return found


def _finite(value: Any) -> float | None:
    """The figure, where there is one; the library applies the scale of a band itself."""
    return float(value) if value is not None and math.isfinite(float(value)) else None


def _values(found: dict[str, Any], covered_m2: float) -> dict[str, float]:
    if "unique" not in found:
        return {}
    pairs = zip(found["unique"], found["frac"], strict=True)
    return {f"{float(value):g}": float(share) * covered_m2 for value, share in pairs if np.isfinite(value)}
