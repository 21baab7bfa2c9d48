"""A saved map as one reader may see it. What is left out is not told: neither that it is there, nor how much."""

from dataclasses import replace

from core.errors import NotFound, PortalError
from layers.models import LayerStyle
from layers.ogcapi.collections import Collection
from layers.ogcapi.filters import condition_from
from layers.ogcapi.filters.reading import TEXT
from layers.ogcapi.systems import crs84
from layers.rasters.offered import offered_rasters
from layers.sources import offered_sources, source_for
from municipality.roles import AnyUser
from planning.maps.content import MapContent, ShownLayer

# Tools whose memory holds nothing but places, so that it may be shown to whoever opens the map.
OPEN_TOOLS = ("here", "measure")


def as_told(user: AnyUser, content: MapContent, *, is_author: bool) -> MapContent:
    """Without layers that the reader may not see, without those whose filter asks what the reader is not told, without
    looks that show it; and, but for who may change the map, without what tools keep that may name any of it."""
    visible = {source.slug for source in offered_sources(user)}
    visible |= {layer.slug for layer in offered_rasters(user)}
    shown = content.without(content.slugs() - visible)
    refused = {layer.slug for layer in shown.layers or () if not _may_ask(user, layer)}
    shown = shown.without(refused)
    tools = shown.tools if is_author else {n: kept for n, kept in shown.tools.items() if n in OPEN_TOOLS}
    if shown.layers is None:
        return replace(shown, tools=tools)
    layers = tuple(_with_open_look(user, layer) for layer in shown.layers)
    return replace(shown, layers=layers, tools=tools)


def _may_ask(user: AnyUser, layer: ShownLayer) -> bool:
    if not layer.filter:
        return True
    try:
        condition_from(Collection(source_for(user, layer.slug)), layer.filter, TEXT, crs84())
    except (PortalError, NotFound):
        return False
    return True


def _with_open_look(user: AnyUser, layer: ShownLayer) -> ShownLayer:
    looks = LayerStyle.objects.visible_to(user).filter(layer__slug=layer.slug, slug=layer.style)
    return layer if not layer.style or looks.exists() else replace(layer, style="")
