"""Blocks: what is left of the ground between the streets, numbered as the town plan numbers them."""

import functools
from dataclasses import dataclass, replace

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from .frame import at, polygons_of
from .landscape import coast_line, river, river_axis, streams
from .public_places import PUBLIC_PLACES, VILLAGE_PLACES, PublicPlace
from .settlements import VILLAGES
from .skeleton import WIDTHS, Kind
from .streets import Place, places, quarters


@dataclass(frozen=True)
class Block:
    """One Ο.Τ.: `use` is "built" or the kind of public place on it, `name` that place's name."""

    number: str
    place: str
    quarter: str
    build: str
    front: float
    use: str
    name: str
    shape: Polygon


def _street_ground(place: Place) -> list[BaseGeometry]:
    return [
        edge.line.buffer(WIDTHS[place.roads[edge.road].kind] / 2, cap_style="round", quad_segs=2)
        for edge in place.edges
        if place.roads[edge.road].kind is not Kind.LIMIT
    ]


def _chamfered(shape: Polygon) -> BaseGeometry:
    """Corners cut at 45°, as Greek plans cut them."""
    return shape.buffer(-3, join_style="mitre").buffer(3, join_style="bevel")


def _shapes(place: Place) -> list[Polygon]:
    ground = _street_ground(place)
    tree = STRtree(ground)
    water = shapely.union_all([river().buffer(8), *(stream.buffer(3) for stream in streams())])
    shapes = []
    for cell in place.cells:
        near = [ground[i] for i in tree.query(cell, predicate="intersects")]
        left = cell.difference(
            shapely.union_all([*near, water]) if cell.intersects(water) else shapely.union_all(near)
        )
        shapes += [
            part for piece in polygons_of(left) for part in polygons_of(_chamfered(piece)) if part.area > 140
        ]
    return shapes


def _open_ground(shape: Polygon) -> list[tuple[str, Polygon]]:
    """Ground without a quarter, told apart: river park, harbour, beach, fields inside the limit."""
    banks = river_axis().buffer(96)
    found = [("riverside", part) for part in polygons_of(shape.intersection(banks))]
    for rest in polygons_of(shape.difference(banks)):
        if rest.distance(coast_line()) > 40:
            found.append(("vacant", rest))
            continue
        west, east = at(-135, 0).x, at(1225, 0).x
        strips = (("beach", -1e7, west), ("port", west, east), ("promenade", east, 1e7))
        for use, low, high in strips:
            found += [(use, part) for part in polygons_of(rest.intersection(box(low, 0, high, 1e7)))]
    return [(use, part) for use, part in found if part.area > 140]


def _town_blocks() -> list[Block]:
    town = places()[0]
    homes = [cell for _, cell in quarters()]
    tree = STRtree(homes)
    blocks = []
    for shape in _shapes(town):
        found = tree.query(shape.representative_point(), predicate="within")
        if len(found):
            quarter = quarters()[int(found[0])][0]
            blocks.append(
                Block("", "town", quarter.slug, quarter.build, quarter.parcel_front, "built", "", shape)
            )
        else:
            blocks += [Block("", "town", "", "", 30, use, "", part) for use, part in _open_ground(shape)]
    return blocks


def _village_blocks() -> list[Block]:
    return [
        Block("", place.slug, place.slug, "village", 17, "built", "", shape)
        for place in places()[1:]
        for shape in _shapes(place)
    ]


def _taken(blocks: list[Block], wanted: PublicPlace, place: str) -> int | None:
    """The free block nearest to where a public place belongs and large enough for it."""
    point = wanted.point
    free = [
        (block.shape.distance(point), index)
        for index, block in enumerate(blocks)
        if block.place == place
        and block.use in {"built", "vacant"}
        and wanted.least_m2 <= block.shape.area <= wanted.most_m2
    ]
    return min(free)[1] if free else None


def _with_public_places(blocks: list[Block]) -> list[Block]:
    settled = list(blocks)
    wishes = [("town", wish) for wish in PUBLIC_PLACES]
    wishes += [(village.slug, wish) for village in VILLAGES for wish in VILLAGE_PLACES(village)]
    for place, wish in wishes:
        index = _taken(settled, wish, place)
        if index is not None:
            settled[index] = replace(settled[index], use=wish.use, name=wish.name)
    return settled


@functools.cache
def blocks() -> tuple[Block, ...]:
    """Every block of the town and the villages, numbered from the north-west in rows."""
    found = _with_public_places([*_town_blocks(), *_village_blocks()])
    order = {slug: rank for rank, slug in enumerate(["town", *(village.slug for village in VILLAGES)])}
    centres = shapely.get_coordinates(shapely.point_on_surface([block.shape for block in found]))
    rows = np.round(-centres[:, 1] / 160).astype(int)
    ranked = sorted(range(len(found)), key=lambda i: (order[found[i].place], rows[i], centres[i, 0]))
    numbered, counts = [], dict.fromkeys(order, 0)
    for index in ranked:
        block = found[index]
        counts[block.place] += 1
        numbered.append(replace(block, number=str(counts[block.place])))
    return tuple(numbered)
