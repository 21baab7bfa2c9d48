"""Vector tiles as features, so that a test asserts what is drawn and not that bytes came."""

import gzip
from typing import Any, Protocol, cast

import mapbox_vector_tile
from django.contrib.gis.geos import Point

from core.geo import WEB_MERCATOR, Tile


class HasContent(Protocol):
    content: bytes


def decode_tile(response: HasContent) -> dict[str, list[dict[str, Any]]]:
    """Features by tile layer: {"id", "geometry", "properties"}, geometry in tile units with y up."""
    content = response.content
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    decoded = cast(dict[str, Any], mapbox_vector_tile.decode(content))
    return {name: layer["features"] for name, layer in decoded.items()}


def tile_of(place: Point, zoom: int) -> Tile:
    """The tile at `zoom` that holds a place given in any CRS."""
    west, _, _, north = Tile(0, 0, 0).bounds()
    width = Tile(zoom, 0, 0).width_metres
    x, y, *_ = place.transform(WEB_MERCATOR, clone=True).extent
    return Tile(zoom, int((x - west) // width), int((north - y) // width))
