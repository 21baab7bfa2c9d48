"""What the rasters of a map say at one place, top first."""

from collections.abc import Iterable
from typing import Any

from core.geo import LonLat
from layers.rasters.offered import RasterLayer, raster_layer_for
from layers.rasters.value import value_at
from municipality.roles import AnyUser

MOST = 12


def values_here(user: AnyUser, place: LonLat, slugs: Iterable[str]) -> list[dict[str, Any]]:
    """Of the raster layers among `slugs` (from the undermost) that the reader may see: what `value_at` tells, and the
    "page" of the raster. A raster that is there in two looks is told once; pictures have no say."""
    found: dict[int, RasterLayer] = {}
    for slug in slugs:
        layer = raster_layer_for(user, slug)
        if layer is not None and layer.look.name != "natural":
            found.setdefault(layer.raster.pk, layer)
    told = [value_at(layer.raster, place) | {"page": layer.page} for layer in list(found.values())[:MOST]]
    return told[::-1]
