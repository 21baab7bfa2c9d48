"""`/rasters/<slug>/clip?bbox=west,south,east,north&crs=2100`: a piece of the raster as a GeoTIFF in a zip."""

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.limits import check_rate
from layers.rasters.clip import box_from, clip_of, system_from
from layers.rasters.package import clip_file
from layers.rasters.views.asked import raster_for

CLIPS_PER_HOUR = 60


@require_safe
@never_cache
def clip(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The box is in degrees. Strangers may fetch so many an hour."""
    raster = raster_for(request.user, slug)
    asked = clip_of(raster, box_from(request.GET.get("bbox", "")), system_from(request.GET.get("crs", "")))
    headers = {"Content-Disposition": f'attachment; filename="{slug}-{asked.system.name}.zip"'}
    if request.method == "HEAD":
        return HttpResponse(content_type="application/zip", headers=headers)
    if not request.user.is_authenticated:
        check_rate(request, "export", CLIPS_PER_HOUR)
    content = clip_file(asked, request.get_full_path())
    return FileResponse(content, content_type="application/zip", headers=headers)
