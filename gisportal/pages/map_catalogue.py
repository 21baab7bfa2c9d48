"""The tree of layers as the reader sees it: by theme, with titles and legends in the reader's language."""

from typing import Any

from django.http import HttpRequest
from django.utils.text import capfirst

from core.languages import entry_in_reader_language
from gisportal.pages.map_rasters import raster_entry
from gisportal.pages.map_sources import MapContent, tile_address
from layers.models import Theme
from layers.sources import FeatureSource

# What people look for first comes first; the base map is no choice and stays out.
ORDER = (
    Theme.ISSUES,
    Theme.ASSETS,
    Theme.LAND_USE,
    Theme.PLAN,
    Theme.CADASTRE,
    Theme.PROPERTY,
    Theme.ENVIRONMENT,
    Theme.NETWORKS,
    Theme.AREAS,
    Theme.BASE,
)


def catalogue_groups(request: HttpRequest, content: MapContent) -> list[dict[str, Any]]:
    """Themes that hold something for this reader: {"theme", "title", "layers": [entry]}."""
    groups = []
    for theme in ORDER:
        sources = [source for source in content.overlays if source.theme == theme]
        sources.sort(key=lambda source: (source.position, source.slug))
        rasters = [raster_entry(request, layer) for layer in content.rasters if layer.theme == theme]
        if sources or rasters:
            layers = [*(_entry(request, source) for source in sources), *rasters]
            groups.append({"theme": theme.value, "title": capfirst(theme.label), "layers": layers})
    return groups


def _entry(request: HttpRequest, source: FeatureSource) -> dict[str, Any]:
    return {
        "slug": source.slug,
        "title": capfirst(str(source.title)),
        "geometry_kind": source.geometry_kind,
        "is_public": source.is_public,
        "is_shown": source.shown_at_first,
        "min_zoom": source.min_zoom,
        "max_zoom": source.max_zoom,
        "legend": [_legend(entry) for entry in source.legend],
        "attribution": source.attribution,
        "page": source.page,
        "tiles": tile_address(request, source.slug, source.revision, source.view),
    }


def _legend(entry: dict[str, Any]) -> dict[str, Any]:
    shown = {key: value for key, value in entry.items() if key != "label_en"}
    return {**shown, "label": capfirst(entry_in_reader_language(entry, "label"))}
