"""Where problems happen: along the streets, at assets, beside the river, in the bars around the square."""

import functools
import itertools
import random
from dataclasses import dataclass

import shapely
from shapely import STRtree
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from .addresses import addresses
from .areas import home
from .assets import AssetDraft
from .blocks import blocks
from .country import Cover, fields
from .features import place_names
from .furniture import benches, bins, drains, playgrounds, signs
from .greenery import trees
from .lamps import lighting
from .landscape import river_axis
from .skeleton import Kind
from .street_names import Street, streets

WEIGHT = {
    Kind.AVENUE: 2.6,
    Kind.COLLECTOR: 1.8,
    Kind.LOCAL: 1.0,
    Kind.LANE: 0.8,
    Kind.PROVINCIAL: 1.3,
    Kind.NATIONAL: 0.5,
    Kind.TRACK: 0.03,
}
BUSY = {
    "kentro": 2.2,
    "kentro-notio": 2.0,
    "agia-triada": 1.6,
    "vrachos": 1.3,
    "prosfygika": 1.5,
    "stathmos": 1.4,
}


@dataclass(frozen=True)
class Place:
    """The place of a report; `street` is "" where none is near."""

    point: Point
    street: str
    address: str
    asset: tuple[str, str] | None = None


@functools.cache
def _streets() -> tuple[tuple[Street, ...], list[float]]:
    rows = tuple(street for street in streets() if WEIGHT.get(street.kind, 0) > 0)
    weights = [
        street.line.length * WEIGHT[street.kind] * BUSY.get(street.quarter, 1.0 if street.place else 0.25)
        for street in rows
    ]
    return rows, list(itertools.accumulate(weights))


@functools.cache
def _doors() -> STRtree:
    return STRtree([address.point for address in addresses()])


def address_near(point: Point) -> tuple[str, str]:
    """Street and full address of the nearest door within 90 m; empty where nobody lives near."""
    found = _doors().query_nearest(point, max_distance=90, all_matches=False)
    if not len(found):
        return "", ""
    address = addresses()[int(found[0])]
    return address.street, f"{address.street} {address.number}, {place_names()[address.place]}"


def _jittered(point: Point, metres: float, rng: random.Random) -> Point:
    return Point(round(point.x + rng.gauss(0, metres), 2), round(point.y + rng.gauss(0, metres), 2))


def on_a_street(rng: random.Random) -> Place:
    rows, weights = _streets()
    street = rng.choices(rows, cum_weights=weights)[0]
    point = _jittered(street.line.interpolate(rng.random(), normalized=True), 1.6, rng)
    near, address = address_near(point)
    return Place(point, street.name or near, address or street.name)


@functools.cache
def assets_by_kind() -> dict[str, tuple[AssetDraft, ...]]:
    """Reportable assets by type."""
    rows = [*lighting().lamps, *bins(), *trees(), *drains(), *signs(), *playgrounds(), *benches()]
    kinds = sorted({row.kind for row in rows})
    return {kind: tuple(row for row in rows if row.kind == kind) for kind in kinds}


def at_asset(kind: str, rng: random.Random, category: str) -> Place:
    rows = assets_by_kind()[kind]
    if category == "recycling":
        rows = tuple(row for row in rows if row.properties["stream"] in {"recycling", "glass"})
    draft = rng.choice(rows)
    return place_of(draft, rng)


def place_of(draft: AssetDraft, rng: random.Random) -> Place:
    point = draft.shape if isinstance(draft.shape, Point) else draft.shape.representative_point()
    near, address = address_near(point)
    street = str(draft.properties.get("street") or near)
    return Place(point, street, address or str(draft.properties.get("where", "")), (draft.kind, draft.code))


@functools.cache
def _grounds(*uses: str) -> tuple[BaseGeometry, ...]:
    return tuple(block.shape for block in blocks() if block.use in uses)


def _beside(shapes: tuple[BaseGeometry, ...], metres: float, rng: random.Random) -> Place:
    point = _jittered(rng.choice(shapes).representative_point(), metres, rng)
    near, address = address_near(point)
    return Place(point, near, address)


def by_the_river(rng: random.Random) -> Place:
    axis = river_axis()
    start = axis.length * 0.62
    here = axis.interpolate(rng.uniform(start, axis.length * 0.985))
    point = _jittered(here, 48, rng)
    near, address = address_near(point)
    return Place(point, near or "Παρόχθια Δυτική", address)


@functools.cache
def _dry_land() -> tuple[BaseGeometry, ...]:
    inside = [field.shape for field in fields() if field.cover in {Cover.SCRUB, Cover.OLIVES, Cover.PASTURE}]
    near = shapely.dwithin(shapely.multipoints([address.point for address in addresses()[::40]]), inside, 400)
    return tuple(
        shape
        for shape, is_near in zip(inside, near, strict=True)
        if is_near and home().contains(shape.representative_point())
    )


def place_for(category: str, asset: str, rng: random.Random) -> Place:
    """Somewhere in the municipality where this kind of problem is likely."""
    ground = home()
    shapely.prepare(ground)
    while not ground.contains((place := _likely_place(category, asset, rng)).point):
        pass
    return place


def _likely_place(category: str, asset: str, rng: random.Random) -> Place:
    if asset and rng.random() < 0.86:
        return at_asset(asset, rng, category)
    if category == "flood":
        return by_the_river(rng)
    if category == "fire-risk":
        return _beside(_dry_land(), 30, rng)
    if category == "noise":
        return _beside(_grounds("square", "promenade", "market"), 45, rng)
    if category == "public-buildings":
        return _beside(_grounds("school", "civic", "townhall", "sports"), 8, rng)
    return on_a_street(rng)
