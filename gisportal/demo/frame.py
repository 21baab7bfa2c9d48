"""Where the demo lies, how chance is drawn, and the few curve tools every other module needs."""

import math
import random
from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, MultiLineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

Coord = tuple[float, float]
Floats = NDArray[np.float64]

#: EPSG:2100 metres of the local origin: drawings in this package are in metres east and north of it.
ORIGIN: Coord = (352_000.0, 4_222_000.0)
#: The drawings are in units of this many metres: the town was drawn on a larger sheet than it was built.
SHEET = 0.82


def chance(name: str) -> random.Random:
    """A stream of its own for each noun, so that a change in one module leaves the others as they were."""
    return random.Random(f"kallirroi/{name}")


def at(x: float, y: float) -> Point:
    """The point x sheet units east and y north of the origin, in EPSG:2100."""
    return Point(ORIGIN[0] + SHEET * x, ORIGIN[1] + SHEET * y)


def placed(points: Iterable[Coord]) -> list[Coord]:
    """Local drawing coordinates as EPSG:2100 coordinates."""
    return [(ORIGIN[0] + SHEET * x, ORIGIN[1] + SHEET * y) for x, y in points]


def curve(points: Sequence[Coord], step: float = 25.0) -> LineString:
    """A smooth line through local points (Catmull-Rom), with a vertex about every `step` metres."""
    pts = np.asarray(placed(points), dtype=float)
    if len(pts) == 2:
        return LineString(pts)
    padded = np.vstack([2 * pts[0] - pts[1], pts, 2 * pts[-1] - pts[-2]])
    pieces: list[Floats] = []
    for i in range(1, len(padded) - 2):
        p0, p1, p2, p3 = padded[i - 1 : i + 3]
        count = max(2, int(np.hypot(*(p2 - p1)) / step))
        t = np.linspace(0, 1, count, endpoint=False)[:, None]
        pieces.append(
            0.5
            * (
                2 * p1
                + (p2 - p0) * t
                + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2
                + (3 * p1 - p0 - 3 * p2 + p3) * t**3
            )
        )
    return LineString(np.vstack([*pieces, pts[-1:]]))


def smooth_ring(points: Sequence[Coord], rounds: int = 3) -> Polygon:
    """A closed outline rounded by Chaikin's corner cutting, from local points."""
    pts = np.asarray(placed(points), dtype=float)
    for _ in range(rounds):
        following = np.roll(pts, -1, axis=0)
        pts = np.stack([0.75 * pts + 0.25 * following, 0.25 * pts + 0.75 * following], axis=1).reshape(-1, 2)
    return Polygon(pts)


def lines_of(geometry: BaseGeometry) -> list[LineString]:
    """Every LineString inside a geometry."""
    if isinstance(geometry, LineString):
        return [geometry] if not geometry.is_empty else []
    if isinstance(geometry, MultiLineString) or hasattr(geometry, "geoms"):
        return [line for part in geometry.geoms for line in lines_of(part)]
    return []


def polygons_of(geometry: BaseGeometry) -> list[Polygon]:
    """Every Polygon inside a geometry."""
    if isinstance(geometry, Polygon):
        return [geometry] if not geometry.is_empty else []
    if hasattr(geometry, "geoms"):
        return [polygon for part in geometry.geoms for polygon in polygons_of(part)]
    return []


def cells_of(lines: BaseGeometry) -> list[Polygon]:
    """The polygons enclosed by noded lines."""
    return polygons_of(shapely.polygonize([lines]))


def box_around(polygon: Polygon) -> list[Coord]:
    """Corners of the smallest rectangle around a polygon, the first repeated at the end."""
    frame = polygon.minimum_rotated_rectangle
    if not isinstance(frame, Polygon):
        raise ValueError("a polygon without area has no rectangle around it")
    return [(x, y) for x, y in frame.exterior.coords]


def largest(geometry: BaseGeometry) -> Polygon:
    """The biggest polygon of a geometry; an empty polygon when there is none."""
    return max(polygons_of(geometry), key=lambda polygon: polygon.area, default=Polygon())


def heading(a: Coord, b: Coord) -> float:
    """Direction from a to b, radians counter-clockwise from east."""
    return math.atan2(b[1] - a[1], b[0] - a[0])


_DRAWS = chance("lattice")
_LATTICE = np.array([_DRAWS.random() for _ in range(256 * 256)]).reshape(256, 256)


def noise(x: Floats, y: Floats, wavelength: float, seed: int = 0) -> Floats:
    """Smooth value noise between −1 and 1 at EPSG:2100 coordinates."""
    u = (x - ORIGIN[0]) / wavelength + 37.3 * seed + 61.0
    v = (y - ORIGIN[1]) / wavelength + 11.7 * seed + 83.0
    i, j = np.floor(u).astype(int), np.floor(v).astype(int)
    fu, fv = u - i, v - j
    fu, fv = fu * fu * (3 - 2 * fu), fv * fv * (3 - 2 * fv)

    def corner(di: int, dj: int) -> Floats:
        found: Floats = _LATTICE[(i + di) % 256, (j + dj) % 256]
        return found

    low = corner(0, 0) * (1 - fu) + corner(1, 0) * fu
    high = corner(0, 1) * (1 - fu) + corner(1, 1) * fu
    value: Floats = 2 * (low * (1 - fv) + high * fv) - 1
    return value


def fractal(x: Floats, y: Floats, wavelength: float, octaves: int = 4, seed: int = 0) -> Floats:
    """Noise at halving wavelengths added up, roughly between −1 and 1."""
    total = np.zeros_like(np.asarray(x, dtype=float))
    amplitude = 0.5
    for octave in range(octaves):
        total = total + amplitude * noise(x, y, wavelength / 2**octave, seed + octave)
        amplitude /= 2
    return total


def wobble(
    line: LineString, metres: float, wavelength: float, seed: int = 0, step: float = 30.0
) -> LineString:
    """The line bent gently by noise, as lines drawn by feet and water are; the end points stay."""
    dense = shapely.segmentize(line, step)
    xy = shapely.get_coordinates(dense)
    along = np.linspace(0, 1, len(xy))
    hold = np.minimum(1, 8 * np.minimum(along, 1 - along))
    xy[:, 0] += metres * hold * fractal(xy[:, 0], xy[:, 1], wavelength, 3, seed)
    xy[:, 1] += metres * hold * fractal(xy[:, 0], xy[:, 1], wavelength, 3, seed + 50)
    return LineString(xy)
