"""`/search/?q=`: places and codes, as JSON for the search box and as a page for everybody."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from core.geo import LonLat
from core.http import wants_json
from layers.search import search as find


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`q` what was typed; `lon` and `lat`, when both are given, the place near which people look."""
    typed = request.GET.get("q", "")
    hits = find(request.user, typed, _near(request))
    if wants_json(request):
        response: HttpResponse = JsonResponse({"results": [hit.as_json() for hit in hits]})
    else:
        response = render(request, "layers/search.html", {"typed": typed, "hits": hits})
    patch_vary_headers(response, ["Accept"])
    return response


def _near(request: HttpRequest) -> LonLat | None:
    lon, lat = request.GET.get("lon"), request.GET.get("lat")
    return LonLat.parse(lon, lat) if lon and lat else None
