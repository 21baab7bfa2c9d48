"""The street network of the town, the villages and the country between them."""

import functools
from dataclasses import dataclass

import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from .frame import at, chance, lines_of
from .network import Edge, clean, dangling, faces_of, node, thin
from .patterns import fill, organic
from .settlements import VILLAGES, Village, village_limit
from .skeleton import CLEARINGS, QUARTERS, Kind, Quarter, Road, country_roads, railway, town_limit, town_roads

#: How many local pieces were never opened, by way of building.
THINNED = {"perimeter": 0.035, "refugee": 0.03, "old": 0.13, "industry": 0.05}


@dataclass(frozen=True)
class Place:
    """A built-up place with its streets and the cells between them; `quarters` go with `cells`."""

    slug: str
    limit: Polygon
    roads: tuple[Road, ...]
    edges: tuple[Edge, ...]
    cells: tuple[Polygon, ...]


def _clipped(roads: list[Road], limit: Polygon, shortest: float = 3) -> list[Road]:
    return [
        Road(road.name, road.kind, part, road.quarter)
        for road in roads
        for part in lines_of(road.line.intersection(limit))
        if part.length > shortest
    ]


def _skeleton_of(limit: Polygon, roads: list[Road]) -> list[Road]:
    return [*_clipped(roads, limit), Road("", Kind.LIMIT, LineString(limit.exterior.coords))]


def _town_quarters(skeleton: list[Road]) -> list[tuple[Quarter, Polygon]]:
    cells = faces_of(node(skeleton))
    homes = [
        next(index for index, cell in enumerate(cells) if cell.contains(at(*quarter.seed)))
        for quarter in QUARTERS
    ]
    if len(set(homes)) < len(homes):
        shared = [
            quarter.slug for quarter, home in zip(QUARTERS, homes, strict=True) if homes.count(home) > 1
        ]
        raise ValueError(f"quarters share a cell: {shared}")
    return [(quarter, cells[home]) for quarter, home in zip(QUARTERS, homes, strict=True)]


@functools.cache
def quarters() -> tuple[tuple[Quarter, Polygon], ...]:
    """The town's quarters and the ground of each, streets not yet taken off."""
    hand = [*town_roads(), *country_roads(), Road("", Kind.RAIL, railway())]
    return tuple(_town_quarters(_skeleton_of(town_limit(), hand)))


def _cleared(edges: list[Edge], roads: list[Road]) -> list[Edge]:
    """The network without the local streets that would cross a square or a park, or end blind inside one."""
    rooms = shapely.union_all([at(x, y).buffer(radius) for x, y, radius in CLEARINGS])
    left = [
        edge
        for edge in edges
        if roads[edge.road].quarter == "" or not rooms.contains(edge.line.interpolate(0.5, normalized=True))
    ]
    for _ in range(4):
        blind = dangling(left, roads, 240)
        left = [
            edge for index, edge in enumerate(left) if index not in blind or not edge.line.intersects(rooms)
        ]
    return left


@functools.cache
def town() -> Place:
    """The main town."""
    hand = [*town_roads(), *country_roads(), Road("", Kind.RAIL, railway())]
    roads = _skeleton_of(town_limit(), hand)
    for quarter, cell in quarters():
        roads += fill(cell, quarter, chance(f"streets/{quarter.slug}"))
    shares = {quarter.slug: THINNED.get(quarter.build, 0.09) for quarter in QUARTERS}
    edges = clean(thin(_cleared(node(roads), roads), roads, shares, chance("streets/thin")), roads)
    return Place("town", town_limit(), tuple(roads), tuple(edges), tuple(faces_of(edges)))


@functools.cache
def village(settlement: Village) -> Place:
    """One village around its through road."""
    limit = village_limit(settlement)
    roads = _skeleton_of(limit, list(country_roads()))
    rng = chance(f"streets/{settlement.slug}")
    quarter = Quarter(settlement.slug, settlement.centre, "organic", 0, (66, 84), 17, "village")
    for cell in faces_of(node(roads)):
        roads += organic(cell, quarter, rng)
    edges = clean(node(roads), roads, small=260, margin=9)
    return Place(settlement.slug, limit, tuple(roads), tuple(edges), tuple(faces_of(edges)))


def places() -> tuple[Place, ...]:
    """The town first, then the villages."""
    return (town(), *(village(settlement) for settlement in VILLAGES))


def covered() -> BaseGeometry:
    """All ground inside a plan or a settlement limit."""
    return shapely.union_all([place.limit for place in places()])
