"""Rasters on the map: their sources and layers in the style, and their entries in the tree."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.html import conditional_escape

from layers.models import GeometryKind
from layers.rasters.offered import RasterLayer

TILE_PIXELS = 256


def raster_tiles(request: HttpRequest, layer: RasterLayer) -> str:
    """The address template of its tiles; whole, because the map asks for them from a worker."""
    return f"{request.scheme}://{request.get_host()}{layer.tiles_path}"


def raster_sources(request: HttpRequest, layers: Iterable[RasterLayer]) -> dict[str, Any]:
    return {
        layer.slug: {
            "type": "raster",
            "tiles": [raster_tiles(request, layer)],
            "tileSize": TILE_PIXELS,
            "bounds": [round(value, 6) for value in layer.bounds],
            "maxzoom": layer.max_zoom,
            # MapLibre shows this as HTML.
            "attribution": str(conditional_escape(layer.raster.source)),
        }
        for layer in layers
    }


def raster_layers(layers: Iterable[RasterLayer]) -> list[dict[str, Any]]:
    """From the ground upwards."""
    return [
        {
            "id": layer.slug,
            "type": "raster",
            "source": layer.slug,
            "metadata": {"gisportal": {"slug": layer.slug, "group": layer.theme}},
            "layout": {"visibility": "visible" if layer.shown_at_first else "none"},
            "paint": {
                "raster-opacity": layer.opacity,
                "raster-resampling": "nearest" if layer.look.nearest else "linear",
                "raster-fade-duration": 150,
            },
        }
        for layer in reversed(list(layers))
    ]


def raster_entry(request: HttpRequest, layer: RasterLayer) -> dict[str, Any]:
    """As the entry of another layer; `value` is the address that tells what is at a place, `profile` the one
    of heights along a line, blank where it has none."""
    return {
        "slug": layer.slug,
        "title": layer.title,
        "kind": "raster",
        "geometry_kind": GeometryKind.POLYGON.value,
        "is_public": layer.is_public,
        "is_shown": layer.shown_at_first,
        "min_zoom": 0,
        "max_zoom": 22,
        "legend": _legend(layer),
        "attribution": layer.raster.source,
        "page": layer.page,
        "tiles": raster_tiles(request, layer),
        "value": layer.value_path,
        "raster": layer.raster.slug,
        "raster_title": str(layer.raster),
        "profile": layer.profile_path,
    }


def _legend(layer: RasterLayer) -> list[dict[str, Any]]:
    """A ramp is one sign: a bar of its colours, from the lowest value to the highest."""
    ramp = layer.ramp
    if ramp is None:
        return layer.legend
    label = f"{ramp['low']} … {ramp['high']}"
    return [{"label": label, "color": ramp["colors"][0], "shape": "polygon", "ramp": ramp["colors"]}]
