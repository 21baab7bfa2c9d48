"""Styles of a layer for the map's script: which there are, and one of them whole."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from core.languages import entry_in_reader_language
from layers.models import Theme
from layers.sources import FeatureSource, source_for
from layers.style_fragments import fragments_styled
from layers.styles.named import NamedStyle, style_named, styles_of
from layers.tile_sets import BASE

Document = dict[str, Any]


@require_safe
def styles(request: HttpRequest, slug: str) -> JsonResponse:
    source = source_for(request.user, slug)
    told = [
        {
            "slug": style.slug,
            "title": style.title,
            "is_first": style.is_first,
            "address": reverse("layers:style-json", args=(slug, style.slug)),
        }
        for style in styles_of(request.user, source)
    ]
    return _private({"layer": slug, "styles": told})


@require_safe
def style(request: HttpRequest, slug: str, style: str) -> JsonResponse:
    source = source_for(request.user, slug)
    found = style_named(request.user, source, style)
    theme = "dark" if request.GET.get("theme") == "dark" else "light"
    return _private({"slug": found.slug, "title": found.title, **drawn(source, found, theme)})


def drawn(source: FeatureSource, style: NamedStyle, theme: str) -> Document:
    """The fragments as complete layers that read the vector source that `/map/style.json` has for the layer, and the
    legend as the reader reads it."""
    in_base = source.theme == Theme.BASE and source.is_public
    tiles, group = (BASE, "base") if in_base else (source.slug, source.theme)
    layers = fragments_styled(
        source, style.fragments, tile_source=tiles, theme=theme, group=group, is_shown=True
    )
    return {"fragments": list(layers), "legend": [legend_entry(entry) for entry in style.legend]}


def legend_entry(entry: dict[str, Any]) -> dict[str, Any]:
    shown = {key: value for key, value in entry.items() if key != "label_en"}
    return {**shown, "label": capfirst(entry_in_reader_language(entry, "label"))}


def _private(document: Document) -> JsonResponse:
    return JsonResponse(document, headers={"Cache-Control": "private, no-cache"})
