"""How local streets fill a quarter: planned grids, lanes around a castle, and growth without a plan."""

import itertools
import math
import random
from dataclasses import replace

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from .frame import box_around, cells_of, lines_of, noise, polygons_of
from .landscape import HILL
from .skeleton import Kind, Quarter, Road


def _bent(line: LineString, metres: float, seed: int) -> LineString:
    """A surveyor's line after a century: bent by a few metres over hundreds."""
    dense = shapely.segmentize(line, 35)
    xy = shapely.get_coordinates(dense)
    dx = metres * noise(xy[:, 0], xy[:, 1], 430, seed)
    dy = metres * noise(xy[:, 0], xy[:, 1], 430, seed + 1)
    bent = LineString(np.column_stack([xy[:, 0] + dx, xy[:, 1] + dy])).simplify(0.4)
    return lines_of(bent)[0]


def _stops(rng: random.Random, low: float, high: float, gap: float, spread: float) -> list[float]:
    positions, at = [], low + gap * rng.uniform(0.3, 0.9)
    while at < high:
        positions.append(at)
        at += gap * rng.uniform(1 - spread, 1 + spread)
    return positions


def grid(cell: Polygon, quarter: Quarter, rng: random.Random) -> list[Road]:
    """Two families of parallel streets clipped to the quarter; some short pieces are never opened."""
    turned = affinity.rotate(cell, -quarter.degrees, origin=cell.centroid)
    west, south, east, north = turned.bounds
    spread = 0.05 if quarter.build == "perimeter" else 0.13
    long_ways = [
        LineString([(west - 50, y), (east + 50, y)])
        for y in _stops(rng, south, north, quarter.across[0], spread)
    ]
    cross_ways = [
        LineString([(x, south - 50), (x, north + 50)])
        for x in _stops(rng, west, east, quarter.across[1], spread)
    ]
    bend = 4.0 if quarter.build == "perimeter" else 13.0
    roads: list[Road] = []
    for ways, every in ((long_ways, 4), (cross_ways, 3)):
        for index, way in enumerate(ways):
            line = _bent(affinity.rotate(way, quarter.degrees, origin=cell.centroid), bend, seed=71)
            kind = Kind.COLLECTOR if index % every == 2 and quarter.build != "refugee" else Kind.LOCAL
            roads += [
                Road("", kind, part, quarter.slug)
                for part in lines_of(line.intersection(cell))
                if part.length > 24
            ]
    return roads


#: Metres from the castle to each contour street; the last is the foot of the hill.
CONTOURS = (78, 124, 168, 216, 266, 322, 384)


def old_town(cell: Polygon, quarter: Quarter, rng: random.Random) -> list[Road]:
    """Rings along the contours of the castle hill, steep lanes between them, and looser growth at its foot."""
    roads: list[Road] = []
    for radius in CONTOURS:
        kind = Kind.COLLECTOR if radius == CONTOURS[-1] else Kind.LOCAL if radius == 216 else Kind.LANE
        around = (
            replace(quarter, slug="") if radius == CONTOURS[0] else quarter
        )  # the castle's own ring stays whole
        roads += _pieces(_contour(radius), cell, kind, around)
    for inner, outer in itertools.pairwise(CONTOURS):
        roads += _climbs(cell, quarter, rng, inner, outer)
    return roads + _foot(cell, quarter, rng)


def _pieces(
    line: LineString, cell: BaseGeometry, kind: Kind, quarter: Quarter, shortest: float = 25
) -> list[Road]:
    return [
        Road("", kind, part, quarter.slug)
        for part in lines_of(line.intersection(cell))
        if part.length > shortest
    ]


def _foot(cell: Polygon, quarter: Quarter, rng: random.Random) -> list[Road]:
    """The flat ground around the hill: spokes to the streets around it, blocks between the spokes."""
    spokes = []
    for share in range(11):
        angle = 2 * math.pi * (share + rng.uniform(-0.12, 0.12)) / 11
        spokes.append(
            LineString(
                [
                    _on_contour(CONTOURS[-1] - 2, angle),
                    _on_contour(560, angle + 0.03),
                    _on_contour(1300, angle - 0.02),
                ]
            )
        )
    around = cell.difference(Polygon(_contour(CONTOURS[-1])))
    roads = [road for spoke in spokes for road in _pieces(spoke, around, Kind.LOCAL, quarter)]
    lines = [cell.exterior, _contour(CONTOURS[-1]), *spokes]
    for part in cells_of(shapely.node(shapely.union_all(lines))):
        if around.contains(part.representative_point()):
            roads += organic(part, quarter, rng)
    return roads


def _on_contour(radius: float, angle: float) -> tuple[float, float]:
    lumps = (
        1
        + 0.10 * math.sin(2 * angle + 0.6)
        + 0.07 * math.sin(3 * angle + 1.9 + radius / 160)
        + 0.035 * math.sin(7 * angle + radius / 60)
    )
    return HILL.x + 1.22 * radius * lumps * math.cos(angle), HILL.y + 0.86 * radius * lumps * math.sin(angle)


def _contour(radius: float) -> LineString:
    steps = max(36, int(radius / 2.2))
    return LineString([_on_contour(radius, 2 * math.pi * i / steps) for i in range(steps + 1)])


def _climbs(cell: Polygon, quarter: Quarter, rng: random.Random, inner: float, outer: float) -> list[Road]:
    roads, angle = [], rng.uniform(0, 0.5)
    while angle < 2 * math.pi + 0.1:
        slant = rng.uniform(-0.07, 0.07)
        middle = (inner + outer) / 2
        line = LineString(
            [
                _on_contour(inner - 3, angle),
                _on_contour(middle, angle + slant + rng.uniform(-0.02, 0.02)),
                _on_contour(outer + 3, angle + slant * 1.6),
            ]
        )
        roads += _pieces(line, cell, Kind.LANE, quarter, 20)
        angle += rng.uniform(0.75, 1.35) * quarter.across[1] / outer
    return roads


def organic(cell: Polygon, quarter: Quarter, rng: random.Random) -> list[Road]:
    """Streets as the cuts of a field halved again and again, each cut a little crooked."""
    roads: list[Road] = []
    pending = [(cell, 0)]
    target = quarter.across[0] * quarter.across[1]
    while pending:
        field, depth = pending.pop()
        if field.area < target * rng.uniform(1.5, 2.4):
            continue
        cut = _cut(field, quarter, rng)
        halves = polygons_of(shapely.ops.split(field, cut))
        if len(halves) < 2:
            continue
        inside = cut.intersection(field)
        kind = Kind.COLLECTOR if depth < 2 and field.area > 9 * target else Kind.LOCAL
        if quarter.build == "village":
            kind = Kind.LOCAL if depth < 2 else Kind.LANE
        roads += [Road("", kind, part, quarter.slug) for part in lines_of(inside) if part.length > 18]
        pending += [(half, depth + 1) for half in halves]
    return roads


def _cut(field: Polygon, quarter: Quarter, rng: random.Random) -> LineString:
    corners = box_around(field)
    sides = sorted(
        ((math.dist(corners[i], corners[i + 1]), i) for i in range(2)), reverse=True
    )  # the longer side is the one cut through
    if sides[0][0] < 1.25 * sides[1][0] and rng.random() < 0.5:
        sides.reverse()
    start, end = corners[sides[0][1]], corners[sides[0][1] + 1]
    share = rng.uniform(0.42, 0.58)
    middle = Point(start[0] + share * (end[0] - start[0]), start[1] + share * (end[1] - start[1]))
    along = (
        math.atan2(end[1] - start[1], end[0] - start[0])
        + math.pi / 2
        + rng.gauss(0, 0.07 if quarter.build != "village" else 0.2)
    )
    reach = sides[1][0] * 1.3 + 20
    centre = Polygon(corners).centroid
    x = centre.x + (middle.x - (start[0] + end[0]) / 2)
    y = centre.y + (middle.y - (start[1] + end[1]) / 2)
    bow = rng.gauss(0, 3.5 if quarter.build != "village" else 10)
    dx, dy = math.cos(along), math.sin(along)
    return LineString(
        [
            (x - dx * reach, y - dy * reach),
            (x - dx * reach / 3 + dy * bow, y - dy * reach / 3 - dx * bow),
            (x + dx * reach / 3 - dy * bow, y + dy * reach / 3 + dx * bow),
            (x + dx * reach, y + dy * reach),
        ]
    )


def fill(cell: Polygon, quarter: Quarter, rng: random.Random) -> list[Road]:
    """The local streets of one quarter."""
    return {"grid": grid, "old": old_town, "organic": organic}[quarter.pattern](cell, quarter, rng)
