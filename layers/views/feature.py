"""`/layers/<slug>/<id>/`: one state of one feature, with the other states of the same thing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.errors import NotFound
from core.languages import entry_in_reader_language
from layers.comparison import compared
from layers.errors import NotThereThen
from layers.facts import facts_of
from layers.measures import measures_of
from layers.models import Feature
from layers.moments import AsOf
from layers.past import past_of
from layers.querysets import FeatureQuerySet
from layers.search.hits import Hit
from layers.visibility import view_of


@require_safe
def feature(request: HttpRequest, slug: str, feature_id: int) -> HttpResponse:
    """The page of a feature, or with `?card=1` the card that the map shows. `valid` and `known` ask for the state of
    the same thing that held then, as it was known then; `compare` names another state to stand beside it."""
    visible = Feature.objects.visible_to(request.user)
    found = visible.select_related("layer").filter(layer__slug=slug, pk=feature_id).first()
    if found is None:
        raise NotFound()
    view = view_of(found.layer, request.user)
    found.properties = view.properties(found.properties)
    moments = AsOf.parse(request.GET.get("valid", ""), request.GET.get("known", ""))
    if not moments.is_now:
        found = _state_then(found, moments, visible)
        found.properties = view.properties(found.properties)
    context: dict[str, Any] = {
        "feature": found,
        "layer": found.layer,
        "title": title_of(found),
        "facts": facts_of(found.properties, found.layer.field_schema),
        "measures": measures_of(found.geom),
        "moments": moments,
    }
    if "card" in request.GET:
        return render(request, "layers/_feature_card.html", context)
    past = past_of(found, request.user)
    other = past.other(request.GET.get("compare", ""))
    context |= {"past": past, "other": other, "map_path": _map_path(found)}
    context["is_known"] = found.recorded.upper is None
    if other is not None:
        first, second = sorted((other, found), key=past.order)
        context |= {"states_compared": (first, second), "pairs": compared(first, second)}
    return render(request, "layers/feature.html", context)


def title_of(feature: Feature) -> str:
    """What the layer's title field says, in the reader's language; else the key."""
    return entry_in_reader_language(feature.properties, feature.layer.title_field) or feature.key


def _state_then(feature: Feature, moments: AsOf, visible: FeatureQuerySet) -> Feature:
    states = visible.filter(layer_id=feature.layer_id, key=feature.key)
    then = states.select_related("layer").told(feature.layer, moments).first()
    if then is None:
        raise NotThereThen(title=title_of(feature))
    return then


def _map_path(feature: Feature) -> str:
    if feature.geom is None:
        return ""
    page = reverse("layers:feature", args=(feature.layer.slug, feature.pk))
    zoom = max(feature.layer.min_zoom, 17)
    return Hit.at(feature.geom.point_on_surface, title="", context="", kind="", zoom=zoom, url=page).map_path
