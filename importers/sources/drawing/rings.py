"""Closed lines as areas: what lies within what decides which are holes."""

import numpy as np
import shapely

from importers.sources.drawing.curves import Point


def polygon(points: list[Point]) -> shapely.Polygon | None:
    """The area within a closed line; None where there are too few points."""
    return shapely.Polygon(points) if len(set(points)) >= 3 else None


def line(points: list[Point]) -> shapely.Geometry | None:
    return shapely.LineString(points) if len(set(points)) >= 2 else None


def nested(rings: list[list[Point]]) -> shapely.Geometry | None:
    """Rings as one area, by the even-odd rule: a ring within a ring is its hole, one within that is land again."""
    areas = [area for area in (polygon(ring) for ring in rings) if area is not None]
    if len(areas) <= 1:
        return areas[0] if areas else None
    shapes = np.array(sorted(areas, key=lambda area: -area.area), dtype=object)
    spots = shapely.point_on_surface(shapely.make_valid(shapes))
    inner, outer = shapely.STRtree(shapes).query(spots, predicate="within")
    around: dict[int, list[int]] = {index: [] for index in range(len(shapes))}
    for one, other in zip(inner.tolist(), outer.tolist(), strict=True):
        if other < one:  # sorted by size: a larger one
            around[one].append(other)
    return _built(list(shapes), around)


def _built(shapes: list[shapely.Polygon], around: dict[int, list[int]]) -> shapely.Geometry:
    holes: dict[int, list[shapely.LinearRing]] = {}
    for index, outside in around.items():
        if len(outside) % 2:
            holes.setdefault(max(outside), []).append(shapes[index].exterior)
    parts = [
        shapely.Polygon(shape.exterior, holes.get(index))
        for index, shape in enumerate(shapes)
        if len(around[index]) % 2 == 0
    ]
    return parts[0] if len(parts) == 1 else shapely.MultiPolygon(parts)
