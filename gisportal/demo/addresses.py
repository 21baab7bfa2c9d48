"""Addresses: the street and number of each plot, odd on the left and even on the right as one leaves the square."""

import functools
from dataclasses import dataclass

import shapely
from shapely import STRtree
from shapely.geometry import LineString, Point

from .blocks import blocks
from .frame import at, lines_of
from .parcels import parcels
from .settlements import VILLAGES
from .street_names import Street, streets


@dataclass(frozen=True)
class Address:
    """A front door; `parcel` indexes `parcels()`, `street` names the street in `place`."""

    parcel: int
    street: str
    number: int
    place: str
    point: Point


@functools.cache
def axes() -> dict[tuple[str, str], LineString]:
    """Each named street as one line that starts at the end nearest its square."""
    grouped: dict[tuple[str, str], list[Street]] = {}
    for street in streets():
        if street.name and street.place:
            grouped.setdefault((street.place, street.name), []).append(street)
    squares = {"town": at(300, 640)} | {village.slug: at(*village.centre) for village in VILLAGES}
    return {key: _axis([street.line for street in group], squares[key[0]]) for key, group in grouped.items()}


def _axis(lines: list[LineString], square: Point) -> LineString:
    parts = lines_of(shapely.line_merge(shapely.multilinestrings(lines)))
    ends = [Point(xy) for part in parts for xy in (part.coords[0], part.coords[-1])]
    start = min(ends, key=lambda end: (end.distance(square), end.x))
    ordered = sorted(parts, key=lambda part: part.distance(start))
    coords: list[tuple[float, ...]] = []
    here = start
    for part in ordered:
        run = list(part.coords)
        if Point(run[0]).distance(here) > Point(run[-1]).distance(here):
            run.reverse()
        coords += run
        here = Point(run[-1])
    return LineString(coords)


def _side(axis: LineString, along: float, door: Point) -> int:
    """1 on the left of the axis, 0 on the right."""
    before, after = axis.interpolate(max(0, along - 2)), axis.interpolate(along + 2)
    cross = (after.x - before.x) * (door.y - before.y) - (after.y - before.y) * (door.x - before.x)
    return 1 if cross > 0 else 0


def _fronts() -> list[tuple[int, Street, Point]]:
    """For each built plot: the street it fronts and the middle of its front."""
    named = [street for street in streets() if street.name and street.place]
    tree = STRtree([street.line for street in named])
    chosen, doors = [], []
    for index, parcel in enumerate(parcels()):
        block = blocks()[parcel.block]
        if block.use in {"beach", "riverside", "promenade", "vacant"}:
            continue
        edge = block.shape.exterior
        chosen.append(index)
        doors.append(edge.interpolate(edge.project(parcel.shape.representative_point())))
    _, nearest = tree.query_nearest(doors, all_matches=False)
    return [
        (parcel, named[int(street)], door)
        for parcel, street, door in zip(chosen, nearest, doors, strict=True)
    ]


@functools.cache
def addresses() -> tuple[Address, ...]:
    """One address a plot on a named street, in street order."""
    grouped: dict[tuple[str, str, int], list[tuple[float, int, Point]]] = {}
    for parcel, street, door in _fronts():
        axis = axes()[street.place, street.name]
        along = axis.project(door)
        grouped.setdefault((street.place, street.name, _side(axis, along, door)), []).append(
            (along, parcel, door)
        )
    found: list[Address] = []
    for (place, name, side), doors in grouped.items():
        last = -side if side else 0
        for along, parcel, door in sorted(doors, key=lambda row: row[:2]):
            last = max(last + 2, 2 * int(along / 16) + (1 if side else 2))
            found.append(Address(parcel, name, last, place, door))
    return tuple(found)
