"""Cut, join and follow borders: in the storage CRS, so that a shared border is the same corners on both sides."""

from collections.abc import Sequence
from itertools import pairwise

import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from planning.editing.errors import DoNotTouch, NotCut, OneKindOnly

NEAR_METRES = 0.002
BEYOND_METRES = 0.01
CLOSE_METRES = 0.01  # Neighbours that are so near one another touch, for people.
DETOUR = 6.0  # A border is followed where its way is at most so many times as long as the straight one.


def cut(shape: BaseGeometry, line: LineString) -> list[BaseGeometry]:
    """The pieces of a surface or a line, the largest first. Raises NotCut when there is but one."""
    own = shapely.snap(line, shape, NEAR_METRES)
    blade = _longer(own, shape.boundary if shape.area else shape)
    if shape.area:
        lines = shapely.union_all([shape.boundary, blade])
        found = [
            one for one in shapely.polygonize([lines]).geoms if shape.contains(one.representative_point())
        ]
    else:
        apart = shape.difference(blade)
        found = list(getattr(apart, "geoms", [apart]))
    if len(found) < 2 or shape.geom_type.endswith("Point"):
        raise NotCut()
    return sorted(found, key=lambda one: -(one.area or one.length))


def _longer(line: LineString, border: BaseGeometry) -> LineString:
    """An end that stands on the border reaches a little over it: no number is exactly on a slanted line."""
    corners = list(line.coords)
    for end, before in ((0, 1), (-1, -2)):
        (x, y), (x0, y0) = corners[end], corners[before]
        length = ((x - x0) ** 2 + (y - y0) ** 2) ** 0.5
        if length and border.distance(Point(x, y)) < BEYOND_METRES:
            corners[end] = (x + (x - x0) / length * BEYOND_METRES, y + (y - y0) / length * BEYOND_METRES)
    return LineString(corners)


def joined(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    """One shape of several that touch. Raises DoNotTouch, OneKindOnly."""
    if len({shapely.get_dimensions(one) for one in shapes}) > 1:
        raise OneKindOnly()
    snug = [shapes[0], *(shapely.snap(one, shapes[0], CLOSE_METRES) for one in shapes[1:])]
    whole = shapely.union_all(snug)
    if whole.geom_type == "MultiLineString":
        whole = shapely.line_merge(whole)
    parts = sum(len(getattr(one, "geoms", [one])) for one in shapes)
    if len(getattr(whole, "geoms", [whole])) >= parts and not whole.geom_type.endswith("Point"):
        raise DoNotTouch()
    return whole


def following(shape: BaseGeometry, neighbours: Sequence[BaseGeometry]) -> BaseGeometry:
    """A surface whose sides follow the neighbours' borders wherever both ends of a side stand on the same one."""
    rings = [ring for one in neighbours for ring in _rings(one)]
    if not isinstance(shape, Polygon) or not rings:
        return shape
    corners = list(shape.exterior.coords)
    found: list[tuple[float, ...]] = [corners[0]]
    for start, end in pairwise(corners):
        found.extend(_way(start, end, rings)[1:])
    return Polygon(found, [ring.coords for ring in shape.interiors])


def _rings(shape: BaseGeometry) -> list[LineString]:
    border = shape.boundary if shape.area else shape
    return [
        one for one in getattr(border, "geoms", [border]) if one.geom_type in ("LineString", "LinearRing")
    ]


def _way(
    start: tuple[float, ...], end: tuple[float, ...], rings: Sequence[LineString]
) -> list[tuple[float, ...]]:
    """Along the border that both ends stand on, the shorter way; straight where there is none, or too long a one."""
    straight = [start, end]
    first, last = Point(start), Point(end)
    for ring in rings:
        if ring.distance(first) > CLOSE_METRES or ring.distance(last) > CLOSE_METRES:
            continue
        way = _shorter(ring, ring.project(first), ring.project(last))
        if way is not None and way.length <= DETOUR * first.distance(last) and len(way.coords) > 2:
            return [start, *list(way.coords)[1:-1], end]
    return straight


def _shorter(ring: LineString, one: float, other: float) -> LineString | None:
    inner = substring(ring, one, other)
    if not isinstance(inner, LineString):
        return None
    if not ring.is_closed or inner.length <= ring.length / 2:
        return inner
    low, high = min(one, other), max(one, other)
    outer = list(substring(ring, high, ring.length).coords) + list(substring(ring, 0, low).coords)[1:]
    return LineString(outer if one > other else outer[::-1])
