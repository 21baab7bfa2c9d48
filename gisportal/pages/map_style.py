"""`/map/style.json` and `/map/catalogue.json`: what the map shows, for this reader, and how it looks.

The style has no `glyphs`: MapLibre draws labels from the page's own fonts. Layers lie in this order: ground and
lines of the base map, rasters, surfaces and lines above them, labels of the base map, the other labels and points,
issues.
"""

import hashlib
import json
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.html import conditional_escape
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.geo import to_lonlat
from gisportal.pages.map_catalogue import catalogue_groups
from gisportal.pages.map_rasters import raster_layers, raster_sources
from gisportal.pages.map_sources import MapContent, map_content, tile_address, tile_zooms
from layers.models import Theme
from layers.sources import FeatureSource
from layers.style_fragments import styled_layers
from municipality.models import Area

LAND = {"light": "#f4efe6", "dark": "#1d2125"}
LABELS_AND_POINTS = ("symbol", "circle")
GREECE: dict[str, Any] = {"center": [23.8, 38.3], "zoom": 6}
Layers = list[dict[str, Any]]


@require_safe
def style(request: HttpRequest) -> HttpResponseBase:
    theme = "dark" if request.GET.get("theme") == "dark" else "light"
    content = map_content(request.user)
    document = {
        "version": 8,
        "name": "GISPortal",
        **_view(),
        "sources": _sources(request, content),
        "layers": _layers(content, theme),
    }
    return _json(request, document)


@require_safe
def catalogue(request: HttpRequest) -> HttpResponseBase:
    content = map_content(request.user)
    return _json(request, {"title": _("Map layers"), "groups": catalogue_groups(request, content)})


def _view() -> dict[str, Any]:
    """Where the map opens: the municipality, whole, in metadata.gisportal.bounds (degrees: w, s, e, n)."""
    home = Area.objects.home()
    if home is None:
        return {**GREECE, "metadata": {"gisportal": {"bounds": None}}}
    west, south, east, north = to_lonlat(home.boundary).extent
    bounds = [round(value, 6) for value in (west, south, east, north)]
    center = [round((west + east) / 2, 6), round((south + north) / 2, 6)]
    return {"center": center, "zoom": 11, "metadata": {"gisportal": {"bounds": bounds}}}


def _sources(request: HttpRequest, content: MapContent) -> dict[str, Any]:
    base = content.base
    found = {}
    if base.sources:
        found[base.slug] = _source(tile_address(request, base.slug, base.revision), base.sources)
    for source in content.overlays:
        tiles = tile_address(request, source.slug, source.revision, source.view)
        found[source.slug] = _source(tiles, (source,))
    return found | raster_sources(request, content.rasters)


def _source(tiles: str, sources: tuple[FeatureSource, ...]) -> dict[str, Any]:
    smallest, largest = tile_zooms(sources)
    owners = dict.fromkeys(source.attribution for source in sources if source.attribution)
    return {
        "type": "vector",
        "tiles": [tiles],
        "minzoom": smallest,
        "maxzoom": largest,
        # MapLibre shows this as HTML.
        "attribution": ", ".join(conditional_escape(owner) for owner in owners),
    }


def _layers(content: MapContent, theme: str) -> Layers:
    base = [layer for source in content.base.sources for layer in _styled(source, content.base.slug, theme)]
    over: Layers = []
    issues: Layers = []
    for source in content.overlays:
        (issues if source.theme == Theme.ISSUES else over).extend(_styled(source, source.slug, theme))
    ground = {"id": "land", "type": "background", "paint": {"background-color": LAND[theme]}}
    pictures = raster_layers(content.rasters)
    return [ground, *_flat(base), *pictures, *_flat(over), *_labels(base), *_raised(over), *issues]


def _styled(source: FeatureSource, tile_source: str, theme: str) -> Layers:
    in_base = tile_source != source.slug
    group = "base" if in_base else source.theme
    shown = in_base or source.shown_at_first
    return list(styled_layers(source, tile_source=tile_source, theme=theme, group=group, is_shown=shown))


def _flat(layers: Layers) -> Layers:
    return [layer for layer in layers if layer["type"] not in LABELS_AND_POINTS]


def _labels(layers: Layers) -> Layers:
    """What appears at deeper zooms lies lower, because labels give way to those above: a house number to the
    name of its street."""
    return sorted(_raised(layers), key=lambda layer: -float(layer["minzoom"]))


def _raised(layers: Layers) -> Layers:
    return [layer for layer in layers if layer["type"] in LABELS_AND_POINTS]


def _json(request: HttpRequest, document: dict[str, Any]) -> HttpResponseBase:
    """What one reader sees: the browser keeps it and asks each time whether it still holds."""
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":"), default=str).encode()
    etag = f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    response = HttpResponse(body, content_type="application/json", headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response
