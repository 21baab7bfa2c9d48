"""`/rasters/<slug>/value?lon=&lat=`: what the raster says at a place, in the reader's language."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from core.geo import LonLat
from layers.rasters.value import value_at
from layers.rasters.views.asked import raster_for


@require_safe
def value(request: HttpRequest, slug: str) -> JsonResponse:
    raster = raster_for(request.user, slug)
    place = LonLat.parse(request.GET.get("lon"), request.GET.get("lat"))
    return JsonResponse(value_at(raster, place), headers={"Cache-Control": "private, no-cache"})
