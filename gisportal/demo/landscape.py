"""Coast, sea, river and the height of the ground, before anybody built anything."""

import functools

import numpy as np
import shapely
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from .frame import Floats, at, curve, fractal, noise, placed, wobble

COAST = [
    (-13000, 4700), (-11200, 4050), (-9500, 3700), (-8300, 3150), (-7200, 3250), (-6100, 3080), (-5100, 2500),
    (-4200, 2350), (-3200, 2000), (-2400, 1640), (-1700, 1520), (-1000, 1330), (-500, 1290), (-80, 1170), (300, 1085),
    (760, 1035), (1200, 1120), (1600, 1290), (1950, 1490), (2300, 1640), (2680, 1610), (3050, 1330), (3700, 860),
    (4500, 560), (5200, 480), (6100, 120), (7000, -150), (8000, -180), (9200, -700), (11000, -1350), (13000, -1500),
]  # fmt: skip
RIVER = [
    (400, -13500), (600, -11500), (950, -9900), (350, -8500), (760, -7100), (1750, -6200), (1950, -5300), (1600, -4500),
    (2050, -3700), (1950, -2950), (1480, -2350), (1420, -1750), (1720, -1150), (1830, -620), (1610, -130), (1590, 320),
    (1860, 760), (2010, 1120), (2200, 1700),
]  # fmt: skip
STREAM_WEST = [(-5600, -8200), (-5300, -6800), (-5900, -5500), (-5300, -4200), (-5500, -3000), (-5100, -1900),
               (-5300, -900), (-4950, 250), (-4700, 1300), (-4450, 2500)]  # fmt: skip
STREAM_EAST = [
    (7600, -8600),
    (7000, -6500),
    (6300, -4700),
    (6600, -3300),
    (6250, -2100),
    (6500, -1000),
    (6400, 150),
]

HILL = at(760, -420)
CASTLE_HEIGHT = 74.0
WEST_HILL = at(-2900, -1500)
QUAY = [
    (-60, 1120),
    (40, 1235),
    (330, 1168),
    (330, 1132),
    (520, 1085),
    (900, 1052),
    (1010, 1150),
    (1130, 1130),
    (1080, 1040),
    (300, 1000),
]
MOLES = [
    [(-120, 1150), (-60, 1390), (80, 1500), (420, 1490)],
    [(1180, 1100), (1120, 1330), (930, 1420), (640, 1440)],
]
#: How far the sea is drawn, metres.
OFFING = 60_000.0
FRAME = Polygon(placed([(-14000, -15000), (14000, -15000), (14000, 9000), (-14000, 9000)]))


@functools.cache
def coast_line() -> LineString:
    """The shore from west to east, ragged at the scale of coves."""
    return wobble(curve(COAST, 40), 38, 520, seed=3)


@functools.cache
def harbour() -> BaseGeometry:
    """Quay and breakwaters: land made by people."""
    quay = Polygon(placed(QUAY))
    moles = [LineString(placed(points)).buffer(8, cap_style="square", join_style="mitre") for points in MOLES]
    return shapely.union_all([quay, *moles])


@functools.cache
def mainland() -> BaseGeometry:
    """All land south of the shore inside the frame, quay included."""
    shore = list(coast_line().coords)
    low = FRAME.bounds[1]
    land = Polygon([*shore, (shore[-1][0], low), (shore[0][0], low)]).buffer(0)
    return shapely.union_all([land, harbour()]).intersection(FRAME)


@functools.cache
def sea() -> BaseGeometry:
    """Salt water, drawn far beyond the frame so that the map has no edge there."""
    shore = list(coast_line().coords)
    west, east, north = shore[0][0] - OFFING, shore[-1][0] + OFFING, shore[0][1] + OFFING
    water = Polygon([(west, shore[0][1]), *shore, (east, shore[-1][1]), (east, north), (west, north)])
    return water.difference(harbour())


@functools.cache
def river_axis() -> LineString:
    return wobble(curve(RIVER, 30), 26, 330, seed=9)


def _bed(axis: LineString, start: float, end: float, seed: int) -> BaseGeometry:
    """A water surface `start` metres wide at the spring and `end` at the mouth."""
    pieces = 60
    beds = []
    for i in range(pieces):
        part = substring(axis, i / pieces, (i + 1) / pieces, normalized=True)
        share = (i + 0.5) / pieces
        width = (start + (end - start) * share**1.5) * (
            1 + 0.18 * float(noise(np.array([share * 9e3]), np.array([0.0]), 700, seed)[0])
        )
        beds.append(part.buffer(width / 2, quad_segs=4))
    return shapely.union_all(beds).simplify(0.6)


@functools.cache
def river() -> BaseGeometry:
    """The Kryoneris from the mountain to its mouth."""
    return _bed(river_axis(), 11, 62, 5).intersection(mainland())


@functools.cache
def streams() -> tuple[BaseGeometry, ...]:
    """The two lesser streams, west and east."""
    lines = [
        wobble(curve(points, 40), 45, 420, seed) for points, seed in ((STREAM_WEST, 21), (STREAM_EAST, 23))
    ]
    return tuple(_bed(line, 3, 14, 7).intersection(mainland()) for line in lines)


def _axis_x(y: Floats, axis: LineString) -> Floats:
    xy = shapely.get_coordinates(axis)
    order = np.argsort(xy[:, 1])
    found: Floats = np.interp(y, xy[order, 1], xy[order, 0])
    return found


def inland_metres(x: Floats, y: Floats) -> Floats:
    """How far south of the shore, positive on land."""
    xy = shapely.get_coordinates(coast_line())
    order = np.argsort(xy[:, 0])
    shore: Floats = np.interp(x, xy[order, 0], xy[order, 1])
    return shore - y


def height(x: Floats, y: Floats) -> Floats:
    """Metres above the sea at EPSG:2100 coordinates; meaningless off the shore."""
    x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
    inland = np.maximum(inland_metres(x, y), 0)
    plain = 2 + inland * 0.011
    rise = np.clip((inland - 2400) / 7600, 0, None)
    ridges = 1 - np.abs(fractal(x, y, 3300, 5, 31))
    mountain = 1400 * rise**1.2 * (0.35 + 0.75 * ridges) + 90 * np.clip(rise * 8, 0, 1) * fractal(
        x, y, 900, 4, 37
    )
    off_river = (x - _axis_x(y, river_axis())) / (420 + 0.03 * inland)
    valley = np.exp(-(off_river**2))
    ground = plain + np.maximum(mountain, 0) * (1 - 0.82 * valley) + 2.5 * fractal(x, y, 600, 3, 41)
    hill = CASTLE_HEIGHT * np.exp(-((((x - HILL.x) / 300) ** 2 + ((y - HILL.y) / 235) ** 2) ** 1.15))
    west_hill = 55 * np.exp(-(((x - WEST_HILL.x) / 420) ** 2 + ((y - WEST_HILL.y) / 330) ** 2))
    result: Floats = np.maximum(ground + hill + west_hill, 0.5)
    return result


@functools.cache
def _rough() -> Floats:
    """Heights on a grid of `ROUGH` metres over the frame, for callers that ask one point at a time."""
    west, south, east, north = FRAME.bounds
    x, y = np.meshgrid(np.arange(west, east + ROUGH, ROUGH), np.arange(south, north + ROUGH, ROUGH))
    return height(x, y)


ROUGH = 80.0


def height_at(point: Point) -> float:
    """Height in metres to within a few metres; a look-up, so it is cheap."""
    west, south, _, _ = FRAME.bounds
    grid = _rough()
    row = min(max(round((point.y - south) / ROUGH), 0), grid.shape[0] - 1)
    column = min(max(round((point.x - west) / ROUGH), 0), grid.shape[1] - 1)
    return float(grid[row, column])
