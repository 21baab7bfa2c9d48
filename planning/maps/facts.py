"""What the page of the planner's map needs to know of each layer, beyond the catalogue of the home map."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from layers.models import Theme
from layers.sources import FeatureSource, offered_sources
from municipality.roles import AnyUser
from planning.maps.content import ShownLayer

# A new planning map opens with the first layer of each of these.
PLANNED = (Theme.LAND_USE, Theme.PLAN, Theme.CADASTRE)


def layer_facts(request: HttpRequest) -> dict[str, dict[str, Any]]:
    """By slug, of what the reader may see."""
    sources = list(offered_sources(request.user))
    first = shown_at_first(sources)
    return {source.slug: _facts(request, source) | {"is_first": source.slug in first} for source in sources}


def layers_at_first(user: AnyUser) -> tuple[ShownLayer, ...]:
    """Of a new map, the lowest first."""
    sources = list(offered_sources(user))
    themes = [theme.value for theme in Theme]
    first = shown_at_first(sources)
    chosen = [source for source in sources if source.slug in first]
    chosen.sort(key=lambda source: (themes.index(source.theme), -source.position, source.slug))
    return tuple(ShownLayer(source.slug) for source in chosen)


def shown_at_first(sources: list[FeatureSource]) -> set[str]:
    """What is on a new planning map; where there is nothing of the kind, what the home map shows."""
    themes: dict[str, str] = {}
    for source in sorted(sources, key=lambda one: (one.position, one.slug)):
        themes.setdefault(source.theme, source.slug)
    planned = {themes[theme] for theme in PLANNED if theme in themes}
    return planned or {source.slug for source in sources if source.shown_at_first}


def _facts(request: HttpRequest, source: FeatureSource) -> dict[str, Any]:
    path = reverse("layers:asked-tile", args=(source.slug, 0, 0, 0)).removesuffix("0/0/0.mvt")
    return {
        # Whole, because the map asks for tiles from a worker.
        "asked": request.build_absolute_uri(path) + "{z}/{x}/{y}.mvt",
        "has_past": has_past(source),
        "looks": reverse("layers:styles-json", args=(source.slug,)),
        "data": f"{reverse('layers:downloads')}#{source.slug}",
        "ogc": request.build_absolute_uri(reverse("layers:ogc:collection", args=(source.slug,))),
    }


def has_past(source: FeatureSource) -> bool:
    return source.download is not None and source.download.as_of is not None
