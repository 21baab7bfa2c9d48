"""Parcels: each block cut across its frontage as surveyors and heirs cut it."""

import functools
import itertools
import math
import random
from dataclasses import dataclass

import shapely
from shapely import affinity
from shapely.geometry import Polygon, box

from .blocks import Block, blocks
from .frame import box_around, chance, largest, polygons_of

#: Uses whose block is one parcel.
WHOLE = {
    "square",
    "park",
    "school",
    "church",
    "castle",
    "civic",
    "townhall",
    "market",
    "hospital",
    "sports",
    "cemetery",
    "depot",
    "playground",
    "parking",
    "beach",
    "riverside",
    "port",
    "promenade",
}
PREFECTURE_AND_MUNICIPALITY = "06187"


@dataclass(frozen=True)
class Parcel:
    """One parcel with its ΚΑΕΚ; `block` indexes `blocks()`."""

    kaek: str
    block: int
    shape: Polygon


def cut_block(shape: Polygon, front: float, rng: random.Random) -> list[Polygon]:
    """Cut a block into parcels about `front` metres wide, in two rows where it is deep enough."""
    corners = box_around(shape)
    first, second = math.dist(corners[0], corners[1]), math.dist(corners[1], corners[2])
    start = 0 if first >= second else 1
    (x0, y0), (x1, y1) = corners[start], corners[start + 1]
    angle = math.degrees(math.atan2(y1 - y0, x1 - x0))
    level = affinity.rotate(shape, -angle, origin=shape.centroid)
    rows = _rows(level, front, rng)
    pieces = _merged([piece for row in rows for piece in _strips(row, front, rng)], front * front * 0.55)
    return [affinity.rotate(piece, angle, origin=shape.centroid) for piece in pieces]


def _rows(level: Polygon, front: float, rng: random.Random) -> list[Polygon]:
    west, south, east, north = level.bounds
    depth = 1.85 * front + 5
    count = max(1, round((north - south) / depth))
    edges = (
        [south - 1]
        + [south + (north - south) * (i + rng.uniform(-0.09, 0.09)) / count for i in range(1, count)]
        + [north + 1]
    )
    bands = [box(west - 1, low, east + 1, high) for low, high in itertools.pairwise(edges)]
    return [part for band in bands for part in polygons_of(level.intersection(band))]


def _strips(row: Polygon, front: float, rng: random.Random) -> list[Polygon]:
    west, south, east, north = row.bounds
    cuts, x = [west - 1], west
    while east - x > 1.55 * front:
        x += front * math.exp(rng.gauss(0, 0.22))
        cuts.append(x)
    cuts[-1] = cuts[-1] if len(cuts) == 1 or east - cuts[-1] > 0.6 * front else east + 1
    if cuts[-1] < east:
        cuts.append(east + 1)
    strips = [box(a, south - 1, b, north + 1) for a, b in itertools.pairwise(cuts)]
    return [part for strip in strips for part in polygons_of(row.intersection(strip))]


def _merged(pieces: list[Polygon], least_m2: float) -> list[Polygon]:
    """Pieces too small to own joined to the neighbour they share most boundary with."""
    whole = sorted(pieces, key=lambda piece: piece.area)
    while len(whole) > 1 and whole[0].area < least_m2:
        small, others = whole[0], whole[1:]
        shared = [
            (small.intersection(other).length, i)
            for i, other in enumerate(others)
            if small.distance(other) < 0.01
        ]
        if not shared:
            break
        joined = small.union(others[max(shared)[1]])
        if not isinstance(joined, Polygon):
            break
        others[max(shared)[1]] = joined
        whole = sorted(others, key=lambda piece: piece.area)
    return whole


def _of_block(block: Block, rng: random.Random) -> list[Polygon]:
    if block.use in WHOLE:
        return [block.shape]
    if block.use == "vacant":
        return cut_block(block.shape, 42, rng)
    return cut_block(block.shape, block.front, rng)


@functools.cache
def parcels() -> tuple[Parcel, ...]:
    """Every parcel in block order; sections of the ΚΑΕΚ follow the blocks."""
    rng = chance("parcels")
    found: list[Parcel] = []
    section, used = 0, 0
    place = ""
    for index, block in enumerate(blocks()):
        pieces = [largest(shapely.set_precision(piece, 0.001)) for piece in _of_block(block, rng)]
        pieces = [piece for piece in pieces if piece.area > 20]
        if block.place != place or used + len(pieces) > 640:
            section, used, place = section + 1, 0, block.place
        for piece in pieces:
            used += 1
            found.append(
                Parcel(
                    f"{PREFECTURE_AND_MUNICIPALITY}{1 + section // 20:02d}{section % 20 + 1:02d}{used:03d}",
                    index,
                    piece,
                )
            )
    return tuple(found)
