"""The layers of a planning map as one reader sees them: rows, looks, dates and filters, ready to be drawn."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.errors import NotFound
from layers.drawing.pictured import DrawnRaster
from layers.drawing.reading import DrawnLayer
from layers.drawing.sketches import Sketch
from layers.map_layers import base_sources
from layers.ogcapi.collections import Collection
from layers.ogcapi.filters import condition_from
from layers.ogcapi.systems import crs84
from layers.rasters.offered import raster_layer_for
from layers.sources import FeatureSource, source_for
from layers.styles.named import style_named
from municipality.roles import AnyUser
from planning.maps.content import MapContent, ShownLayer
from planning.maps.facts import has_past, layers_at_first


@dataclass
class Chosen:
    """`layers` from the undermost; `notes` are sentences that the reader of the map should know."""

    layers: list[DrawnLayer | DrawnRaster] = field(default_factory=list)
    base: list[FeatureSource] = field(default_factory=list)
    sketches: list[Sketch] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def vectors(self) -> list[DrawnLayer]:
        return [layer for layer in self.layers if isinstance(layer, DrawnLayer)]


def chosen_layers(user: AnyUser, content: MapContent, *, with_base: bool = True) -> Chosen:
    """What of a map this reader may see; what not is left out without a word. Raises BeforeHistory, and what a filter
    that cannot be read raises."""
    found = Chosen(sketches=[Sketch(one.geometry, one.color, one.text) for one in content.drawings])
    shown = content.layers if content.layers is not None else layers_at_first(user)
    for one in shown:
        layer = _drawn(user, one, content, found.notes)
        if layer is not None:
            found.layers.append(layer)
    if with_base:
        taken = {layer.source.slug for layer in found.vectors}
        found.base = [source for source in base_sources() if source.slug not in taken]
    return found


def _drawn(
    user: AnyUser, shown: ShownLayer, content: MapContent, notes: list[str]
) -> DrawnLayer | DrawnRaster | None:
    raster = raster_layer_for(user, shown.slug)
    if raster is not None:
        return DrawnRaster(raster, shown.opacity)
    try:
        source = source_for(user, shown.slug)
    except NotFound:
        return None
    rows = _filtered(_then(source, content, notes), source, shown.filter)
    style, legend = source.style, source.legend
    if shown.style:
        try:
            named = style_named(user, source, shown.style)
            style, legend = named.fragments, named.legend
        except NotFound:  # A look that is no more, or reads what this reader is not told.
            pass
    return DrawnLayer(source, rows, style, shown.opacity, legend)


def _then(source: FeatureSource, content: MapContent, notes: list[str]) -> "QuerySet[Any]":
    moments = content.moments
    if moments.is_now:
        return source.rows
    if source.download is None or source.download.as_of is None or not has_past(source):
        notes.append(_("“%(title)s” keeps no past and is shown as it is now.") % {"title": _title(source)})
        return source.rows
    return source.download.as_of(moments)


def _filtered(rows: "QuerySet[Any]", source: FeatureSource, text: str) -> "QuerySet[Any]":
    return rows.filter(condition_from(Collection(source), text, "cql2-text", crs84())) if text else rows


def _title(source: FeatureSource) -> str:
    return str(capfirst(str(source.title)))


def credits_of(chosen: Chosen) -> list[tuple[str, str, str]]:
    """Who the data is from, where that is known: titles, source, licence, each pair of the last two once."""
    told: dict[tuple[str, str], list[str]] = {}
    for source in [*_sources(chosen.layers), *chosen.base]:
        facts = source.download
        owner = (facts.source if facts else "") or source.attribution
        licence = facts.licence if facts else ""
        if owner or licence:
            told.setdefault((owner, licence), []).append(_title(source))
    return [(", ".join(titles), owner, licence) for (owner, licence), titles in told.items()]


def _sources(layers: Iterable[DrawnLayer | DrawnRaster]) -> list[FeatureSource]:
    return [layer.source for layer in layers if isinstance(layer, DrawnLayer)]
