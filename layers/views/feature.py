"""`/layers/<slug>/<id>/`: one state of one feature, with the other states of the same thing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.errors import NotFound
from core.languages import entry_in_reader_language
from layers.facts import facts_of
from layers.measures import measures_of
from layers.models import Feature
from layers.search.hits import Hit


@require_safe
def feature(request: HttpRequest, slug: str, feature_id: int) -> HttpResponse:
    """The page of a feature, or with `?card=1` the card that the map shows."""
    visible = Feature.objects.visible_to(request.user).select_related("layer")
    found = visible.filter(layer__slug=slug, pk=feature_id).first()
    if found is None:
        raise NotFound()
    context = {
        "feature": found,
        "layer": found.layer,
        "title": title_of(found),
        "facts": facts_of(found.properties, found.layer.field_schema),
        "measures": measures_of(found.geom),
        "states": Feature.objects.states_of(found),
        "is_known": found.recorded.upper is None,
        "map_path": _map_path(found),
    }
    template = "layers/_feature_card.html" if "card" in request.GET else "layers/feature.html"
    return render(request, template, context)


def title_of(feature: Feature) -> str:
    """What the layer's title field says, in the reader's language; else the key."""
    return entry_in_reader_language(feature.properties, feature.layer.title_field) or feature.key


def _map_path(feature: Feature) -> str:
    if feature.geom is None:
        return ""
    page = reverse("layers:feature", args=(feature.layer.slug, feature.pk))
    zoom = max(feature.layer.min_zoom, 17)
    return Hit.at(feature.geom.point_on_surface, title="", context="", kind="", zoom=zoom, url=page).map_path
