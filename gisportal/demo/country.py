"""The country around the town: fields, groves, woods, farm tracks, and houses beside the roads."""

import functools
import random
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

import numpy as np
import shapely
from shapely import affinity
from shapely.geometry import LineString, Polygon, box
from shapely.ops import split

from .areas import home
from .frame import Floats, cells_of, chance, fractal, largest, lines_of, polygons_of
from .landscape import height, height_at, mainland, river, streams
from .patterns import _cut
from .skeleton import Kind, Quarter, Road, country_roads, railway, town_roads
from .streets import covered

Bent = TypeVar("Bent", Polygon, LineString)


class Cover(StrEnum):
    """What grows on the land."""

    ARABLE = "arable"
    ORCHARD = "orchard"
    VINEYARD = "vineyard"
    OLIVES = "olives"
    SCRUB = "scrub"
    FOREST = "forest"
    PASTURE = "pasture"
    ROCK = "rock"


@dataclass(frozen=True)
class Field:
    """A piece of countryside under one cover."""

    cover: Cover
    shape: Polygon


@functools.cache
def main_roads() -> tuple[Road, ...]:
    """Hand-drawn roads that run through open country."""
    return (*country_roads(), *(road for road in town_roads() if road.name.startswith("Λεωφόρος Ελευθερίου")))


def _cells() -> list[Polygon]:
    ground = mainland()
    cuts = [road.line for road in main_roads()] + [railway()]
    pieces: list[Polygon] = []
    for part in polygons_of(ground):
        lines = shapely.union_all(
            [part.boundary, *(line.intersection(part) for line in cuts), home().boundary.intersection(part)],
            grid_size=0.01,
        )
        pieces += [piece for piece in cells_of(lines) if part.contains(piece.representative_point())]
    return [piece for piece in pieces if piece.area > 40]


def _target_m2(field: Polygon, inside: bool) -> float:
    tall = height_at(field.centroid)
    size = 14_000 + 70 * tall + 0.45 * tall**2
    return size if inside else 4 * size


@functools.cache
def _grown() -> tuple[tuple[Polygon, ...], tuple[LineString, ...]]:
    """The fields, and the cuts wide enough to be farm tracks."""
    rng = chance("country")
    grain = Quarter("", (0, 0), "organic")
    fields: list[Polygon] = []
    tracks: list[LineString] = []
    pending = [(cell, 0) for cell in _cells()]
    ground = home()
    shapely.prepare(ground)
    while pending:
        field, depth = pending.pop()
        inside = ground.contains(field.representative_point())
        target = _target_m2(field, inside)
        cut = _cut(field, grain, rng) if field.area > target * rng.uniform(1.2, 2.2) else None
        halves = polygons_of(split(field, cut)) if cut is not None else []
        if cut is None or len(halves) < 2 or depth > 22:
            fields.append(field)
            continue
        if inside and 8 * target < field.area < 90 * target:
            tracks += [part for part in lines_of(cut.intersection(field)) if part.length > 60]
        pending += [(half, depth + 1) for half in halves]
    return tuple(fields), tuple(tracks)


#: Up to each height in metres: how likely each cover is.
BELTS: tuple[tuple[float, tuple[tuple[Cover, float], ...]], ...] = (
    (45, ((Cover.ORCHARD, 0.34), (Cover.VINEYARD, 0.24), (Cover.ARABLE, 0.24), (Cover.OLIVES, 0.18))),
    (140, ((Cover.OLIVES, 0.5), (Cover.VINEYARD, 0.24), (Cover.ARABLE, 0.14), (Cover.SCRUB, 0.12))),
    (330, ((Cover.OLIVES, 0.42), (Cover.SCRUB, 0.34), (Cover.VINEYARD, 0.12), (Cover.FOREST, 0.12))),
    (650, ((Cover.SCRUB, 0.44), (Cover.FOREST, 0.34), (Cover.PASTURE, 0.22))),
    (980, ((Cover.FOREST, 0.66), (Cover.PASTURE, 0.24), (Cover.SCRUB, 0.10))),
    (9999, ((Cover.FOREST, 0.46), (Cover.PASTURE, 0.36), (Cover.ROCK, 0.18))),
)


def _cover(tall: float, drift: float, rng: random.Random) -> Cover:
    """A cover for a height; `drift` in 0…1 makes neighbours alike."""
    belt = next(shares for top, shares in BELTS if tall < top)
    draw = min(0.999, max(0.0, 0.55 * drift + 0.45 * rng.random()))
    for cover, share in belt:
        draw -= share
        if draw < 0:
            return cover
    return belt[-1][0]


def _wild(shape: Bent) -> Bent:
    """A boundary bent as forests and scrub have it: the more, the higher the ground."""
    dense = shapely.segmentize(shape, 22)
    xy = shapely.get_coordinates(dense)
    bend = 330 * np.clip((height(xy[:, 0], xy[:, 1]) - 70) / 260, 0, 1)
    dx, dy = bend * fractal(xy[:, 0], xy[:, 1], 330, 3, 171), bend * fractal(xy[:, 0], xy[:, 1], 330, 3, 181)
    return shapely.set_coordinates(dense, np.column_stack([xy[:, 0] + dx, xy[:, 1] + dy]))


def _merged_wilderness(found: list[Field]) -> list[Field]:
    """Neighbouring wild ground of one cover made one, clear of the settlements."""
    built = shapely.union_all([covered(), river(), *streams()])
    merged = []
    for cover in Cover:
        ground = shapely.union_all([field.shape for field in found if field.cover is cover], grid_size=0.01)
        merged += [
            Field(cover, largest(part.simplify(2.5)))
            for part in polygons_of(ground.difference(built))
            if part.area > 1500
        ]
    return merged


@functools.cache
def fields() -> tuple[Field, ...]:
    """Every field, grove and wood, also those of the neighbours."""
    shapes = _grown()[0]
    rng = chance("cover")
    xy = shapely.get_coordinates(shapely.centroid(list(shapes)))
    heights = height(xy[:, 0], xy[:, 1])
    tall = heights + 26 * fractal(xy[:, 0], xy[:, 1], 700, 3, 151)
    drift = _even(fractal(xy[:, 0], xy[:, 1], 1500, 3, 161))
    other = shapely.union_all([covered(), river(), *streams()])
    shapely.prepare(other)
    tame: list[Field] = []
    wild: list[Field] = []
    for shape, level, h, d in zip(shapes, heights, tall, drift, strict=True):
        cover = _cover(float(h), float(d), rng)
        if level > 75:
            wild.append(Field(cover, largest(_wild(shape).buffer(0))))
        else:
            tame += [Field(cover, part) for part in polygons_of(shape.difference(other)) if part.area > 60]
    return (*tame, *_merged_wilderness(wild))


def _even(values: Floats) -> Floats:
    """Values replaced by their rank, so that each is equally likely in 0…1."""
    ranks: Floats = np.argsort(np.argsort(values)) / max(1, len(values))
    return ranks


@functools.cache
def open_roads() -> tuple[Road, ...]:
    """Roads and farm tracks of the open country inside the municipality."""
    inside = home()
    roads = [
        Road(road.name, road.kind, part)
        for road in main_roads()
        for part in lines_of(road.line.intersection(inside))
    ]
    return (*roads, *(Road("", Kind.TRACK, _wild(line)) for line in _grown()[1]))


@functools.cache
def outlying_houses() -> tuple[Polygon, ...]:
    """Houses, sheds and petrol stations outside every plan, near the roads."""
    rng = chance("outlying")
    ways = shapely.union_all([road.line for road in main_roads() if road.kind is not Kind.NATIONAL])
    yards, kerb = ways.buffer(95), ways.buffer(14)
    tame = [field.shape for field in fields() if field.cover not in {Cover.FOREST, Cover.ROCK, Cover.SCRUB}]
    found = []
    for index in sorted(shapely.STRtree(tame).query(yards, predicate="intersects")):
        plot = largest(tame[index].buffer(-9).intersection(yards).difference(kerb))
        if rng.random() > 0.42 or plot.area < 500:
            continue
        point = plot.representative_point()
        wide, deep = rng.uniform(9, 16), rng.uniform(8, 12)
        house = affinity.rotate(
            box(point.x - wide / 2, point.y - deep / 2, point.x + wide / 2, point.y + deep / 2),
            rng.uniform(0, 90),
        )
        if plot.contains(house) and home().contains(house):
            found.append(house)
    return tuple(found)
