"""Named streets: every stretch of road with its name, class, place and who is responsible for it."""

import functools
from collections.abc import Iterable
from dataclasses import dataclass

import shapely
from shapely import STRtree
from shapely.geometry import LineString

from .frame import chance, lines_of
from .names import EVERY_POOL, NameGiver
from .skeleton import WIDTHS, Kind
from .streets import Place, covered, places


@dataclass(frozen=True)
class Street:
    """A street segment between two crossings; `place` is the settlement's slug or "" in the country."""

    code: str
    name: str
    kind: Kind
    place: str
    quarter: str
    line: LineString

    @property
    def width_metres(self) -> float:
        return WIDTHS[self.kind]

    @property
    def keeper(self) -> str:
        """Slug of the body that keeps the road: the region its national and provincial roads outside the plans."""
        return (
            "region"
            if self.kind in {Kind.NATIONAL, Kind.PROVINCIAL} and self.place in {"", "outside"}
            else "municipality"
        )


_NAMED = {Kind.NATIONAL, Kind.PROVINCIAL, Kind.AVENUE, Kind.COLLECTOR, Kind.LOCAL, Kind.LANE, Kind.PEDESTRIAN}


def _groups(place: Place) -> dict[int, list[LineString]]:
    grouped: dict[int, list[LineString]] = {}
    for edge in place.edges:
        if place.roads[edge.road].kind in _NAMED:
            grouped.setdefault(edge.road, []).append(edge.line)
    return grouped


def _neighbour_name(line: LineString, tree: STRtree, names: list[str]) -> str | None:
    """The name of the street this lane leaves from."""
    ends = [shapely.Point(line.coords[0]), shapely.Point(line.coords[-1])]
    for end in ends:
        for index in tree.query(end.buffer(0.5), predicate="intersects"):
            if "Πάροδος" not in names[int(index)]:
                return names[int(index)]
    return None


def _name_place(place: Place) -> dict[int, str]:
    """Names for the roads of a place: long streets first, short ones as lanes of those they leave."""
    giver = NameGiver({road.name for road in place.roads} | _worn(place))
    groups = _groups(place)
    named = {road: place.roads[road].name for road in groups if place.roads[road].name}
    fresh = sorted(
        (road for road in groups if road not in named),
        key=lambda road: (-sum(line.length for line in groups[road]), road),
    )
    short: list[int] = []
    for road in fresh:
        length = sum(line.length for line in groups[road])
        name = (
            giver.street(place.roads[road].quarter) if length > LANE_BELOW_METRES.get(place.slug, 0) else None
        )
        if name is None:
            short.append(road)
        else:
            named[road] = name
    return named | _name_lanes(groups, named, short, giver)


def _worn(place: Place) -> set[str]:
    """Villages leave out most of the pool, each its own part, so that they do not all have the same streets."""
    if place.slug == "town":
        return set()
    rng = chance(f"names/{place.slug}")
    return {name.replace("-", " ") for name in EVERY_POOL if rng.random() < 0.85}


def _name_lanes(
    groups: dict[int, list[LineString]], named: dict[int, str], short: list[int], giver: NameGiver
) -> dict[int, str]:
    lines = [(road, line) for road, group in groups.items() if road in named for line in group]
    tree = STRtree([line for _, line in lines])
    names = [named[road] for road, _ in lines]
    lanes: dict[int, str] = {}
    for road in short:
        of = next((name for line in groups[road] if (name := _neighbour_name(line, tree, names))), None)
        lanes[road] = giver.lane(of) if of else ""
    return lanes


LANE_BELOW_METRES = {"town": 105}


def _country_streets() -> Iterable[tuple[str, Kind, LineString]]:
    from .country import open_roads

    inside = shapely.union_all([covered()])
    for road in open_roads():
        for part in lines_of(road.line.difference(inside)):
            if part.length > 5:
                yield road.name, road.kind, part


@functools.cache
def streets() -> tuple[Street, ...]:
    """All streets, roads and tracks of the municipality, town first."""
    found: list[Street] = []
    for place in places():
        names = _name_place(place)
        for edge in place.edges:
            road = place.roads[edge.road]
            if road.kind in _NAMED:
                code = f"Ο-{len(found) + 1:05d}"
                found.append(
                    Street(code, names.get(edge.road, ""), road.kind, place.slug, road.quarter, edge.line)
                )
    for name, kind, line in _country_streets():
        found.append(Street(f"Ο-{len(found) + 1:05d}", name, kind, "", "", line))
    return tuple(found)
