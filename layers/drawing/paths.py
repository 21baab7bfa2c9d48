"""Geometries as the path operators of PDF, in whole micrometres: lines and rings in pieces that a viewer bears."""

import math
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray

from layers.exports.systems import Shapes

UNITS = 1000  # to a millimetre
MOST_POINTS = 20_000  # in one piece
ROUND = 0.5522847498  # how far the handles of a quarter circle reach


def area_paths(shapes: Shapes) -> Iterator[str]:
    """Closed rings, outer ones against the clock and holes with it, so that by the non-zero rule surfaces that overlap
    in one piece are one surface."""
    surfaces = _of_kind(shapes, 2)
    if len(surfaces):
        surfaces = shapely.orient_polygons(surfaces)
    yield from _paths(shapely.get_rings(surfaces), is_closed=True)


def line_paths(shapes: Shapes) -> Iterator[str]:
    """Lines open, the rings of surfaces closed."""
    yield from _paths(_of_kind(shapes, 1), is_closed=False)
    yield from _paths(shapely.get_rings(_of_kind(shapes, 2)), is_closed=True)


def point_places(shapes: Shapes) -> NDArray[np.float64]:
    """Where points are, (n, 2)."""
    return np.asarray(shapely.get_coordinates(_of_kind(shapes, 0)), dtype=float)


def parts_of(shapes: Shapes) -> Shapes:
    """Geometries without collections: each part by itself."""
    parts = shapely.get_parts(shapes)
    nested = shapely.get_type_id(parts) >= shapely.GeometryType.MULTIPOINT
    while nested.any():
        parts = shapely.get_parts(parts)
        nested = shapely.get_type_id(parts) >= shapely.GeometryType.MULTIPOINT
    return np.asarray(parts, dtype=object)


def circle_path(x: float, y: float, radius: float) -> str:
    reach = radius * ROUND
    corners = [(1, 0), (0, 1), (-1, 0), (0, -1), (1, 0)]
    path = f"{units(x + radius)} {units(y)} m"
    for (ax, ay), (bx, by) in pairwise(corners):
        first = (x + ax * radius + bx * reach, y + ay * radius + by * reach)
        second = (x + bx * radius + ax * reach, y + by * radius + ay * reach)
        path += " {} {} {} {} {} {} c".format(
            *(
                units(value)
                for point in (first, second, (x + bx * radius, y + by * radius))
                for value in point
            )
        )
    return f"{path} h"


def units(millimetres: float) -> int:
    return round(millimetres * UNITS)


def _of_kind(shapes: Shapes, dimension: int) -> Shapes:
    parts = parts_of(shapes)
    return np.asarray(parts[shapely.get_dimensions(parts) == dimension], dtype=object)


def _paths(lines: Shapes, is_closed: bool) -> Iterator[str]:
    """Whole lines together until there are enough points for one piece."""
    if len(lines) == 0:
        return
    counts = shapely.get_num_coordinates(lines)
    groups = np.cumsum(counts) // MOST_POINTS
    for group in np.unique(groups):
        yield _path(np.asarray(lines)[groups == group], counts[groups == group], is_closed)


def _path(lines: Shapes, counts: NDArray[np.int64], is_closed: bool) -> str:
    points = np.rint(shapely.get_coordinates(lines) * UNITS).astype(np.int64).tolist()
    words = [f"{x} {y} l" for x, y in points]
    start = 0
    for count in counts.tolist():
        if count:
            words[start] = f"{words[start][:-1]}m"
            if is_closed:
                words[start + count - 1] = "h"  # The last point is the first.
        start += count
    return "\n".join(words)


def turned(x: float, y: float, degrees: float) -> tuple[float, float]:
    """A step (x, y) turned against the clock."""
    angle = math.radians(degrees)
    return x * math.cos(angle) - y * math.sin(angle), x * math.sin(angle) + y * math.cos(angle)
