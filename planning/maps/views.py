"""The planner's map, new or saved, and what its page asks for while it is used."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from core.errors import NotFound
from core.geo import LonLat
from core.http import body_of
from layers.rasters.here import values_here
from municipality.roles import rights_of
from planning.maps import measuring
from planning.maps.content import MapContent, parse
from planning.maps.days import days_of
from planning.maps.errors import BadMap
from planning.maps.facts import layer_facts, layers_at_first
from planning.maps.forms import SaveMapForm
from planning.maps.identify import Looking, features_here
from planning.maps.readers import as_told
from planning.maps.words import content_from
from planning.models import PlanningMap


@require_safe
def plan_map(request: HttpRequest) -> HttpResponse:
    return _page(request, MapContent(), None)


@require_safe
def saved_map(request: HttpRequest, token: str) -> HttpResponse:
    """A saved map, for whoever may open it. Layers that the reader may not see are not on it, and nothing says so."""
    saved = PlanningMap.objects.opened_by_link(request.user).filter(token=token).first()
    if saved is None:
        raise NotFound()
    return _page(request, parse(saved.content), saved)


@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    answer = JsonResponse(layer_facts(request))
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@require_safe
def here(request: HttpRequest) -> HttpResponse:
    """What is at `lon`, `lat` in the layers of the map whose words the address holds; with `part=1` for its panel."""
    content = content_from(request.GET)
    place = LonLat.parse(request.GET.get("lon", ""), request.GET.get("lat", ""))
    layers = content.layers if content.layers is not None else layers_at_first(request.user)
    context = {
        "place": place,
        "grid": place.to_storage(),
        "storage": settings.STORAGE_SRID,
        "moments": content.moments,
        "rasters": values_here(request.user, place, [layer.slug for layer in layers]),
        "found": features_here(request.user, Looking(place, content.zoom), layers, content.moments),
    }
    part = "part" in request.GET
    return render(request, "planning/maps/_here.html" if part else "planning/maps/here.html", context)


@require_safe
def days(request: HttpRequest) -> HttpResponse:
    """On which days the layers in `layers` changed."""
    answer = JsonResponse(days_of(request.user, filter(None, request.GET.get("layers", "").split(","))))
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


@csrf_exempt  # It keeps nothing.
@require_POST
def measure(request: HttpRequest) -> HttpResponse:
    """Length and area of the shape in the body."""
    try:
        document = json.loads(body_of(request))
    except (ValueError, RecursionError) as error:
        raise BadMap(place="{}", reason=_("It is no JSON.")) from error
    return JsonResponse(measuring.measure(document).written())


def _page(request: HttpRequest, content: MapContent, saved: PlanningMap | None) -> HttpResponse:
    changeable = PlanningMap.objects.changeable_by(request.user)
    may_change = saved is not None and changeable.filter(pk=saved.pk).exists()
    shown = as_told(request.user, content, is_author=may_change)
    start: dict[str, Any] = {"content": shown.written() if saved else {}}
    if saved:
        start |= {"token": saved.token, "title": saved.title, "version": saved.version}
    context = {
        "saved": saved,
        "storage": settings.STORAGE_SRID,
        "start": start,
        "form": SaveMapForm.of(saved) if saved else SaveMapForm(auto_id=False),
        "may_save": rights_of(request.user).is_staff,
        "may_change": may_change,
    }
    return render(request, "planning/maps/map.html", context)
