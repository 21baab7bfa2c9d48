"""`/rasters/<slug>/legend`: what the colours of every look mean, in the reader's language."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from layers.rasters.offered import RasterLayer, layers_of
from layers.rasters.views.asked import raster_for


@require_safe
def legend(request: HttpRequest, slug: str) -> JsonResponse:
    raster = raster_for(request.user, slug)
    answer = {
        "slug": raster.slug,
        "title": str(raster),
        "unit": raster.unit,
        "looks": [_look(layer) for layer in layers_of(raster)],
    }
    return JsonResponse(answer, headers={"Cache-Control": "private, no-cache"})


def _look(layer: RasterLayer) -> dict[str, Any]:
    return {
        "look": layer.look.name,
        "title": layer.title,
        "legend": layer.legend,
        "ramp": layer.ramp,
        "tiles": layer.tiles_path,
        "max_zoom": layer.max_zoom,
        "bounds": layer.bounds,
    }
