"""The addresses of rasters, with what each role meets there."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from layers.models import Raster
from tests.layers.rasters import lonlat, make_raster, slope_of, tile_at
from tests.permissions.doors import Door, Expected, Fill, Outcome, Who, everybody, nothing, only
from tests.permissions.world import World

STAFF = tuple(who for who in Who if who not in (Who.ANYBODY, Who.ALICE))
FOR_STAFF = only(*STAFF, others=Outcome.MISSING) | {Who.ANYBODY: Outcome.MISSING}
TILE = tile_at(1000, 1000, 15)


def _raster(slug: str) -> dict[str, Any]:
    """Made when a door asks for it first; nothing else of the world needs it."""
    if not Raster.objects.filter(slug=slug).exists():
        visibility = "staff" if slug == "ground-for-staff" else "public"
        values = np.zeros((3, 50, 50), dtype="uint8") + 9 if slug == "photo" else slope_of(0.1)
        make_raster(slug, values, visibility=visibility, unit="" if slug == "photo" else "m")
    return {"slug": slug}


def _tile(slug: str) -> dict[str, Any]:
    there = {"look": "relief", "revision": 1, "z": TILE.z, "x": TILE.x, "y": TILE.y, "format": "png"}
    return _raster(slug) | there


def _place(world: World) -> dict[str, Any]:
    lon, lat = lonlat(500, 500)
    return {"lon": lon, "lat": lat}


def _line(world: World) -> dict[str, Any]:
    (x0, y0), (x1, y1) = lonlat(100, 100), lonlat(900, 900)
    return {"line": f"{x0},{y0};{x1},{y1}"}


def _box(world: World) -> dict[str, Any]:
    (west, south), (east, north) = lonlat(100, 100), lonlat(300, 300)
    return {"bbox": f"{west},{south},{east},{north}"}


READ: dict[str, Fill] = {
    "": nothing,
    "-value": _place,
    "-legend": nothing,
    "-profile": _line,
    "-clip": _box,
    "-file": nothing,
}


def _doors(slug: str, expected: Expected) -> Iterator[Door]:
    for name, data in READ.items():
        yield Door(
            f"layers:raster{name}",
            get=expected,
            post=expected if name == "-profile" else None,
            kwargs=lambda world: _raster(slug),
            data=data,
            variant=slug,
        )
    for name in ("raster-tile", "raster-tile-large"):
        yield Door(f"layers:{name}", get=expected, kwargs=lambda world: _tile(slug), variant=slug)


PLAN_RAS_DOORS = [
    *_doors("ground", everybody(Outcome.PAGE)),
    *_doors("ground-for-staff", FOR_STAFF),
    Door(
        "layers:raster-profile",
        get=everybody(Outcome.WRONG),
        kwargs=lambda world: _raster("photo"),
        data=_line,
        variant="of a picture",
    ),
]
