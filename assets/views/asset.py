"""`/assets/<type>/<code>/`: one asset, its facts, and the open reports about it."""

from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assets.models import Asset
from core.errors import NotFound
from layers.facts import facts_of
from layers.measures import measures_of
from layers.search.hits import Hit


@require_safe
def asset(request: HttpRequest, type: str, code: str) -> HttpResponse:
    """The page of an asset, or with `?card=1` the card that the map shows."""
    visible = Asset.objects.visible_to(request.user).select_related("type", "owner", "feeds_from__type")
    found = visible.of_type(type).filter(code=code).first()
    if found is None:
        raise NotFound()
    context = {
        "asset": found,
        "facts": facts_of(found.properties, found.type.field_schema),
        "measures": measures_of(found.location),
        "pillar": visible.filter(feeds=found).first(),
        # What everybody may know of, whoever reads: the desk has its own list.
        "issues": found.issues.visible_to(AnonymousUser()).open().select_related("category")[:20],
        "report_path": f"{reverse('issues:report')}?{urlencode({'asset': f'{type}:{code}'})}",
        "map_path": _map_path(found),
    }
    template = "assets/_asset_card.html" if "card" in request.GET else "assets/asset.html"
    return render(request, template, context)


def _map_path(asset: Asset) -> str:
    page = reverse("assets:asset", args=(asset.type.slug, asset.code))
    point = asset.location.point_on_surface
    return Hit.at(point, title="", context="", kind="", zoom=19, url=page).map_path
