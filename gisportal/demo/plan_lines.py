"""What the town plan draws inside the blocks: building lines, and the ground that it keeps for the public."""

import functools
from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from shapely import STRtree, affinity
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from .areas import multi
from .blocks import Block, blocks
from .frame import box_around, chance, largest, lines_of, polygons_of
from .parcels import parcels
from .skeleton import WIDTHS, town_roads
from .zones import AMENDED_2024, GPS_1988, GPS_2019, YARDS, Plan

WIDENED = {
    "Λεωφόρος Ιωάννη Καποδίστρια": 4.0,
    "Λεωφόρος Γεωργίου Καραϊσκάκη": 6.0,
    "Θερμοπυλών": 3.0,
    "Αγίου Δημητρίου": 2.5,
}
WANTED = (
    ("Χώρος πρασίνου", "Κηρυγμένη", GPS_2019),
    ("Παιδική χαρά", "Κηρυγμένη", GPS_2019),
    ("Νηπιαγωγείο", "Κηρυγμένη", GPS_1988),
    ("Χώρος στάθμευσης", "Συντελεσμένη", AMENDED_2024),
)
PASSAGES, GARDENS = 14, 24


@dataclass(frozen=True)
class Reservation:
    """Ground of others that the plan keeps for the public: `state` says how far the expropriation is."""

    key: str
    name: str
    kind: str
    state: str
    plan: Plan
    shape: BaseGeometry


@dataclass(frozen=True)
class BuildingLine:
    """Up to where a block may be built: `yard_m` behind the street line."""

    key: str
    block: str
    yard_m: float
    line: LineString


def _town_blocks() -> list[Block]:
    return [block for block in blocks() if block.place == "town" and block.use == "built"]


@functools.cache
def building_lines() -> tuple[BuildingLine, ...]:
    found = []
    for block in _town_blocks():
        yard = YARDS[block.build][0]
        inside = largest(block.shape.buffer(-yard, join_style="mitre")) if yard else None
        if inside is not None and inside.area > 200:
            line = LineString(inside.exterior.coords)
            found.append(BuildingLine(f"ΟΓ-{block.number}", block.number, yard, line))
    return tuple(found)


def _widenings() -> Iterator[tuple[str, str, str, Plan, BaseGeometry]]:
    """Strips of the blocks along a street that shall be wider."""
    for road in town_roads():
        metres = WIDENED.get(road.name)
        if metres is None:
            continue
        wider = road.line.buffer(WIDTHS[road.kind] / 2 + metres, cap_style="flat")
        for block in _town_blocks():
            for strip in polygons_of(block.shape.intersection(wider)):
                if strip.area > 12:
                    name = f"Διαπλάτυνση: {road.name}"
                    yield name, "Διαπλάτυνση οδού", "Κηρυγμένη", GPS_2019, strip


def _passages() -> Iterator[tuple[str, str, str, Plan, BaseGeometry]]:
    """Footways of 5 m across long blocks."""
    rng = chance("passages")
    long = [block for block in _town_blocks() if 5_000 < block.shape.area < 16_000]
    for block in sorted(rng.sample(long, PASSAGES), key=lambda one: int(one.number)):
        corners = box_around(block.shape)
        short = min(
            (corners[0], corners[1]), (corners[1], corners[2]), key=lambda side: LineString(side).length
        )
        centre = block.shape.representative_point()
        middle = LineString(short).interpolate(0.5, normalized=True)
        across = affinity.translate(LineString(short), centre.x - middle.x, centre.y - middle.y)
        across = affinity.scale(across, 1.4, 1.4)
        for line in lines_of(across.intersection(block.shape.buffer(0.5))):
            shape = largest(line.buffer(2.5, cap_style="flat").intersection(block.shape))
            if shape.area > 60:
                yield (
                    f"Πεζόδρομος στο Ο.Τ. {block.number}",
                    "Διάνοιξη πεζοδρόμου",
                    "Κηρυγμένη",
                    AMENDED_2024,
                    shape,
                )


def _gardens() -> Iterator[tuple[str, str, str, Plan, BaseGeometry]]:
    """Whole plots, here and there."""
    rng = chance("gardens")
    fitting = [
        parcel
        for parcel in parcels()
        if blocks()[parcel.block].build in {"detached", "mixed"} and 350 < parcel.shape.area < 1_400
    ]
    for number, parcel in enumerate(rng.sample(fitting, GARDENS)):
        kind, state, plan = WANTED[number % len(WANTED)]
        yield f"{kind} στο Ο.Τ. {blocks()[parcel.block].number}", kind, state, plan, parcel.shape


@functools.cache
def reservations() -> tuple[Reservation, ...]:
    """Every reservation, none over another."""
    found: list[Reservation] = []
    taken: list[BaseGeometry] = []
    for name, kind, state, plan, drawn in (*_widenings(), *_passages(), *_gardens()):
        shape = shapely.set_precision(drawn, 0.001)
        if any(taken[i].intersection(shape).area > 0.01 for i in STRtree(taken).query(shape)):
            continue
        taken.append(shape)
        found.append(Reservation(f"ΑΠ-{len(found) + 1:03d}", name, kind, state, plan, multi(shape)))
    return tuple(found)
