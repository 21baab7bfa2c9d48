"""The parameter `bbox`: parsed in the order of its system's axes, and turned into a condition on rows."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from django.contrib.gis.geos import GEOSGeometry, Polygon
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from shapely.geometry.base import BaseGeometry

from core.errors import BadCoordinates
from core.geo import to_storage
from layers.ogcapi.errors import bad_value
from layers.ogcapi.shapes import meets, rectangle
from layers.ogcapi.systems import Crs
from layers.sources import FeatureSource

HINT = _("Give 4 numbers with commas between them, or 6 with heights; each smallest before its largest.")
RANGE_HINT = _("Longitudes lie between -180 and 180, latitudes between -90 and 90.")
WORLD = (-180.0, -90.0, 180.0, 90.0)
PIECES = 64  # A side of a box bends in another system; so many pieces follow it to a tenth of a millimetre.
LARGEST = {True: 0.5, False: 50_000.0}  # Degrees or metres: a side that so many pieces follow so well.
Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Box:
    """x before y. In degrees `west` beyond `east` crosses the antimeridian."""

    west: float
    south: float
    east: float
    north: float
    crs: Crs

    @property
    def rectangles(self) -> list[Rectangle]:
        if self.west <= self.east:
            return [(self.west, self.south, self.east, self.north)]
        return [(self.west, self.south, 180.0, self.north), (-180.0, self.south, self.east, self.north)]


def parse_box(text: str, crs: Crs, parameter: str = "bbox") -> Box:
    """Raises BadValue. Heights are left aside: what stands on the map has none that count."""
    try:
        numbers = [float(part) for part in text.split(",")]
    except ValueError as error:
        raise bad_value(parameter, text, HINT) from error
    if len(numbers) not in (4, 6) or not all(map(math.isfinite, numbers)):
        raise bad_value(parameter, text, HINT)
    half = len(numbers) // 2
    lower, upper = numbers[:2], numbers[half : half + 2]
    if crs.is_flipped:
        lower.reverse()
        upper.reverse()
    return _checked(Box(lower[0], lower[1], upper[0], upper[1], crs), text, parameter)


def _checked(box: Box, text: str, parameter: str) -> Box:
    if box.south > box.north or (box.west > box.east and not box.crs.is_degrees):
        raise bad_value(parameter, text, HINT)
    if box.crs.is_degrees and not (
        max(abs(box.west), abs(box.east)) <= 180 and max(abs(box.south), abs(box.north)) <= 90
    ):
        raise bad_value(parameter, text, RANGE_HINT)
    return box


def touching(source: FeatureSource, box: Box) -> Q:
    """Rows that touch the box, and rows that are nowhere."""
    if box.crs.is_degrees and box.rectangles == [WORLD]:
        return Q()
    nowhere = Q(**{f"{source.geometry}__isnull": True})
    conditions = list(_conditions(source, box))
    found = conditions[0]
    for condition in conditions[1:]:
        found |= condition
    column = source.rows.model._meta.get_field(source.geometry)
    return found | nowhere if getattr(column, "null", False) else found


def _conditions(source: FeatureSource, box: Box) -> Iterator[Q]:
    for sides in box.rectangles:
        outline = _in_storage(sides, box.crs)
        if outline is not None:
            yield _meets_outline(source.geometry, *outline)
        else:
            yield Q(meets(F(source.geometry), rectangle(*sides), box.crs))


def _within(outline: GEOSGeometry, shape: BaseGeometry) -> GEOSGeometry | None:
    """The largest box, in the axes of the storage CRS, between the four sides of the outline that `shape`, a box,
    became there, corner for corner; None where they leave no room for one."""
    west, south, east, north = shape.bounds
    given, (xs, ys) = (
        shapely.get_coordinates(shape).T,
        shapely.get_coordinates(shapely.from_wkb(bytes(outline.wkb))).T,
    )
    left, right = xs[given[0] == west].max(), xs[given[0] == east].min()
    bottom, top = ys[given[1] == south].max(), ys[given[1] == north].min()
    if left >= right or bottom >= top:
        return None
    box = Polygon.from_bbox((left, bottom, right, top))
    box.srid = outline.srid
    return box


def _meets_outline(geometry: str, outline: GEOSGeometry, middle: GEOSGeometry | None) -> Q:
    """What lies in the middle touches the outline for sure, which is quick to see; so few rows are looked at."""
    closely = Q(**{f"{geometry}__intersects": outline})
    if middle is None:
        return closely
    return Q(**{f"{geometry}__bboverlaps": outline}) & (Q(**{f"{geometry}__contained": middle}) | closely)


def _in_storage(sides: Rectangle, crs: Crs) -> tuple[GEOSGeometry, GEOSGeometry | None] | None:
    """The rectangle in the storage CRS, and a box within it; None where that would not be exact, or not be possible."""
    west, south, east, north = sides
    shape, side = rectangle(*sides), max(east - west, north - south)
    if not crs.is_storage:
        if not 0 < side <= LARGEST[crs.is_degrees] or west == east or south == north:
            return None
        shape = shapely.segmentize(shape, side / PIECES)
    outline = GEOSGeometry(memoryview(shapely.to_wkb(shape)), srid=crs.srid)
    if crs.is_storage:
        return outline, None
    try:
        stored = to_storage(outline)
    except BadCoordinates:
        return None
    return stored, _within(stored, shape)
