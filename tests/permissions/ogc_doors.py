"""The addresses of the OGC API, with what each role meets there."""

from collections.abc import Callable, Iterator
from typing import Any

from tests.factories import at
from tests.permissions.doors import Door, Expected, Outcome, Who, everybody, only
from tests.permissions.world import World
from tests.tiles import tile_of

STAFF = tuple(who for who in Who if who not in (Who.ANYBODY, Who.ALICE))
FOR_STAFF = only(*STAFF, others=Outcome.MISSING) | {Who.ANYBODY: Outcome.MISSING}


def _item(world: World, slug: str) -> dict[str, Any]:
    keys = {
        "zones": world.feature.key,
        "pipes": world.staff_feature.key,
        "issues": world.issue.number,
        f"assets-{world.lamp.type.slug}": world.lamp.code,
    }
    return {"name": slug, "key": keys[slug]}


def _doors(slug: str, expected: Expected, *names: str) -> Iterator[Door]:
    for name in names:
        yield Door(f"layers:ogc:{name}", get=expected, kwargs=lambda world: {"name": slug}, variant=slug)
    yield Door("layers:ogc:item", get=expected, kwargs=lambda world: _item(world, slug), variant=slug)


def _tileset(slug: str) -> Callable[[World], dict[str, Any]]:
    return lambda world: {"name": slug, "matrix": QUAD}


def _tile(slug: str) -> Callable[[World], dict[str, Any]]:
    there = tile_of(at(5050, 5050), 15)
    place = {"zoom": str(there.z), "row": str(there.y), "column": str(there.x)}
    return lambda world: {"name": slug, "matrix": QUAD, **place}


QUAD = "WebMercatorQuad"
TILED = (("zones", everybody(Outcome.PAGE)), ("pipes", FOR_STAFF))
OF_COLLECTION = ("collection", "queryables", "items", "collection-map", "tilesets")
OGC_DOORS = [
    *(
        Door(f"layers:ogc:{name}", get=everybody(Outcome.PAGE))
        for name in ("landing", "api", "conformance", "collections", "map", "tile-matrix-sets")
    ),
    *_doors("zones", everybody(Outcome.PAGE), *OF_COLLECTION),
    *_doors("issues", everybody(Outcome.PAGE), *OF_COLLECTION),
    *_doors("pipes", FOR_STAFF, *OF_COLLECTION),
    Door("layers:ogc:tile-matrix-set", get=everybody(Outcome.PAGE), kwargs=lambda world: {"matrix": QUAD}),
    *(Door("layers:ogc:tileset", get=who, kwargs=_tileset(slug), variant=slug) for slug, who in TILED),
    *(Door("layers:ogc:collection-tile", get=who, kwargs=_tile(slug), variant=slug) for slug, who in TILED),
    Door(
        "layers:ogc:item",
        get=everybody(Outcome.MISSING),
        kwargs=lambda world: {"name": "issues", "key": world.private.number},
        variant="of a private category",
    ),
]
