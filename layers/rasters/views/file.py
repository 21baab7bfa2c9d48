"""`/rasters/<slug>/file`: the whole raster, a cloud-optimised GeoTIFF, whole or in ranges as QGIS and GDAL read it."""

import re
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from layers.models import Raster
from layers.rasters.opening import path_of
from layers.rasters.views.asked import raster_of

CONTENT_TYPE = "image/tiff; application=geotiff; profile=cloud-optimized"
RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})$")
LONGEST_RANGE = 32 << 20


@require_safe
def file(request: HttpRequest, slug: str) -> HttpResponseBase:
    raster, is_public = raster_of(request, slug)
    path = path_of(raster)
    response = _ranged(request, raster, path) or _whole(request, raster, path)
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = _etag(raster)
    response.headers["Cache-Control"] = "public, max-age=300" if is_public else "private, no-store"
    return response


def _whole(request: HttpRequest, raster: Raster, path: Path) -> HttpResponseBase:
    unchanged = get_conditional_response(request, etag=_etag(raster))
    if unchanged is not None:
        return unchanged
    return FileResponse(
        path.open("rb"), as_attachment=True, filename=f"{raster.slug}.tif", content_type=CONTENT_TYPE
    )


def _ranged(request: HttpRequest, raster: Raster, path: Path) -> HttpResponse | None:
    """206 with one range, 416 for one outside the file; None when none is asked, or one of another revision."""
    asked = RANGE.match(request.headers.get("Range", "").strip())
    same = request.headers.get("If-Range", _etag(raster)) == _etag(raster)
    if asked is None or not any(asked.groups()) or not same:
        return None
    size = path.stat().st_size
    first, last = _bounds(asked, size)
    if first >= size or last < first:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    last = min(last, first + LONGEST_RANGE - 1)
    with path.open("rb") as opened:
        opened.seek(first)
        content = opened.read(last - first + 1)
    headers = {"Content-Range": f"bytes {first}-{last}/{size}"}
    return HttpResponse(content, status=206, content_type=CONTENT_TYPE, headers=headers)


def _bounds(asked: "re.Match[str]", size: int) -> tuple[int, int]:
    """First and last byte; “-500” are the last 500."""
    first, last = asked.groups()
    if not first:
        return max(0, size - int(last)), size - 1
    return int(first), min(int(last) if last else size - 1, size - 1)


def _etag(raster: Raster) -> str:
    return f'"{raster.slug}-{raster.revision}"'
