"""Arcs and curves of a drawing as short straight pieces, never more than a bounded number of them."""

import math
from collections.abc import Iterable

from ezdxf.math import Vec2, Vec3, bulge_center

Point = tuple[float, float, float]

# How far a piece may be from the curve: a hundredth of a unit, yet neither finer than a millionth of the curve's size
# (a circle as large as a country would have a million pieces) nor coarser than a thousandth (a drawing in degrees).
FINE_UNITS = 0.01
FINEST_SHARE = 1e-6
COARSEST_SHARE = 1e-3


def tolerance(size: float) -> float:
    """Largest distance between a curve of this size (its radius, or the extent of its points) and its pieces."""
    return max(min(FINE_UNITS, size * COARSEST_SHARE), size * FINEST_SHARE, 1e-12)


def extent(points: Iterable[Vec2 | Vec3]) -> float:
    """The longer side of the box around the points, in drawing units."""
    given = list(points)
    if not given:
        return 0.0
    xs, ys = [point.x for point in given], [point.y for point in given]
    return float(max(max(xs) - min(xs), max(ys) - min(ys)))


def arc(center: Vec2, radius: float, start: float, sweep: float) -> list[Vec2]:
    """Points of an arc with both ends; angles in radians, a negative sweep runs clockwise."""
    step = 2 * math.acos(max(1 - tolerance(radius) / radius, 0.0))
    count = max(math.ceil(abs(sweep) / step), 2)
    return [center + Vec2.from_angle(start + sweep * index / count, radius) for index in range(count + 1)]


def bulged(points: list[tuple[Vec2, float]], *, closed: bool) -> list[Vec2]:
    """A polyline of points and bulges (the tangent of a quarter of the angle to the next point) as points."""
    flat: list[Vec2] = []
    followers = points[1:] + points[:1] if closed else points[1:]
    for (here, bulge), (there, _) in zip(points, followers, strict=False):
        flat.append(here)
        if bulge and not here.isclose(there):
            flat.extend(_between(here, there, bulge))
    return flat if closed else [*flat, points[-1][0]] if points else []


def _between(here: Vec2, there: Vec2, bulge: float) -> list[Vec2]:
    center = bulge_center(here, there, bulge)
    around = arc(center, (here - center).magnitude, (here - center).angle, 4 * math.atan(bulge))
    return around[1:-1]


def tuples(points: Iterable[Vec3]) -> list[Point]:
    """Coordinates as shapely takes them."""
    return [(point.x, point.y, point.z) for point in points]
