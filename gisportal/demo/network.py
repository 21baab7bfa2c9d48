"""Loose lines become a street network: noded, cleaned of slivers, each piece knowing its street."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import LineString, Polygon

from .frame import cells_of, lines_of
from .skeleton import Kind, Road

#: Which road keeps its name where two run on the same line.
RANK = {
    kind: rank
    for rank, kind in enumerate(
        (
            Kind.NATIONAL,
            Kind.AVENUE,
            Kind.PROVINCIAL,
            Kind.RAIL,
            Kind.COLLECTOR,
            Kind.LOCAL,
            Kind.LANE,
            Kind.PEDESTRIAN,
            Kind.TRACK,
            Kind.LIMIT,
        )
    )
}
REMOVABLE = {Kind.LOCAL, Kind.LANE, Kind.COLLECTOR, Kind.TRACK}


@dataclass(frozen=True)
class Edge:
    """A piece of street between two crossings; `road` indexes the roads it was made from."""

    line: LineString
    road: int


def node(roads: Sequence[Road]) -> list[Edge]:
    """Every road cut where it meets another."""
    merged = shapely.union_all([road.line for road in roads], grid_size=0.01)
    pieces = _joined(lines_of(merged))
    tree = STRtree([road.line for road in roads])
    edges = []
    middles = [piece.interpolate(0.5, normalized=True) for piece in pieces]
    found = tree.query([point.buffer(0.3) for point in middles], predicate="intersects")
    owners: dict[int, list[int]] = {}
    for piece, road in found.T:
        owners.setdefault(int(piece), []).append(int(road))
    for index, piece in enumerate(pieces):
        candidates = owners.get(index)
        if candidates:
            edges.append(Edge(piece, min(candidates, key=lambda road: (RANK[roads[road].kind], road))))
    return edges


def _joined(pieces: list[LineString]) -> list[LineString]:
    """Segments joined up to true crossings (line_merge keeps nodes where three or more lines meet)."""
    return lines_of(shapely.line_merge(shapely.multilinestrings(pieces)))


def _key(xy: tuple[float, ...]) -> tuple[int, int]:
    return round(xy[0] * 100), round(xy[1] * 100)


def dangling(edges: list[Edge], roads: Sequence[Road], shortest: float) -> set[int]:
    """Edges that end blind and are shorter than `shortest` metres (hand-drawn ones may be a little longer)."""
    degree = Counter(_key(end) for edge in edges for end in (edge.line.coords[0], edge.line.coords[-1]))
    return {
        index
        for index, edge in enumerate(edges)
        if edge.line.length < (shortest if roads[edge.road].kind in REMOVABLE else 2.2 * shortest)
        and roads[edge.road].kind is not Kind.LIMIT
        and min(degree[_key(edge.line.coords[0])], degree[_key(edge.line.coords[-1])]) == 1
    }


def faces_of(edges: Sequence[Edge]) -> list[Polygon]:
    """The cells enclosed by the network."""
    return [
        face for face in cells_of(shapely.multilinestrings([edge.line for edge in edges])) if face.area > 1
    ]


def _slivers(edges: list[Edge], roads: Sequence[Road], small: float, margin: float) -> set[int]:
    """For each face too small to be a block, the longest street around it that may go."""
    faces = faces_of(edges)
    inner = shapely.area(shapely.buffer(faces, -margin, join_style="mitre"))
    tree = STRtree([edge.line for edge in edges])
    middles = shapely.line_interpolate_point([edge.line for edge in edges], 0.5, normalized=True)
    gone: set[int] = set()
    for index in np.flatnonzero(inner < small):
        face = faces[index]
        around = [int(i) for i in tree.query(face.boundary) if middles[i].distance(face.boundary) < 0.05]
        if gone.intersection(around):
            continue
        free = [
            i for i in around if roads[edges[i].road].kind in REMOVABLE and roads[edges[i].road].name == ""
        ]
        if free:
            gone.add(max(free, key=lambda i: edges[i].line.length))
    return gone


def clean(edges: list[Edge], roads: Sequence[Road], small: float = 260, margin: float = 13) -> list[Edge]:
    """The network without blocks nobody could build on and without stubs."""
    for _ in range(6):
        gone = _slivers(edges, roads, small, margin) | dangling(edges, roads, 36)
        if not gone:
            break
        edges = _rejoin([edge for index, edge in enumerate(edges) if index not in gone])
    return edges


def thin(
    edges: list[Edge], roads: Sequence[Road], shares: dict[str, float], rng: random.Random
) -> list[Edge]:
    """Take some local streets away, as landowners did: `shares` of each quarter's pieces, never two at one crossing."""
    used: set[tuple[int, int]] = set()
    kept = []
    for edge in edges:
        road, ends = roads[edge.road], {_key(edge.line.coords[0]), _key(edge.line.coords[-1])}
        spare = road.kind in {Kind.LOCAL, Kind.LANE} and edge.line.length < 130 and not ends & used
        if spare and rng.random() < shares.get(road.quarter, 0):
            used |= ends
        else:
            kept.append(edge)
    return _rejoin(kept)


def _rejoin(edges: list[Edge]) -> list[Edge]:
    """Join pieces of one road that met only at a crossing that is gone."""
    by_road: dict[int, list[LineString]] = {}
    for edge in edges:
        by_road.setdefault(edge.road, []).append(edge.line)
    degree = Counter(_key(end) for edge in edges for end in (edge.line.coords[0], edge.line.coords[-1]))
    crossings = {key for key, count in degree.items() if count != 2}
    joined: list[Edge] = []
    for road, lines in by_road.items():
        for line in _joined(lines):
            joined += [Edge(part, road) for part in _cut_at(line, crossings)]
    return joined


def _cut_at(line: LineString, crossings: set[tuple[int, int]]) -> list[LineString]:
    coords = list(line.coords)
    parts, start = [], 0
    for index in range(1, len(coords) - 1):
        if _key(coords[index]) in crossings:
            parts.append(LineString(coords[start : index + 1]))
            start = index
    parts.append(LineString(coords[start:]))
    return parts
