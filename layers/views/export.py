"""`/export/<slug>/`: a source as a file, its rows narrowed as on the screen."""

from typing import Any

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.limits import check_rate
from layers.exports import ExportOrder, Pieces, archive_file, order_from
from layers.sources import FeatureSource, source_for

EXPORTS_PER_HOUR = 60


@require_safe
@never_cache
def export(request: HttpRequest, slug: str) -> HttpResponseBase:
    """`format`, `crs`, `encoding`, `bbox` (degrees), `valid`, `known`; `archive=1` puts CSV and GeoJSON into a zip with
    a README, as the other formats always are."""
    return answer(request, source_for(request.user, slug))


def answer(request: HttpRequest, source: FeatureSource, filters: tuple[str, ...] = ()) -> HttpResponseBase:
    """The file of a source that came from `visible_to`. Strangers may fetch so many an hour."""
    order = order_from(source, request.GET.dict(), filters, request.get_full_path())
    is_archive = not _is_streamed(request, order)
    told: dict[str, Any] = {
        "content_type": "application/zip" if is_archive else order.format.media_type,
        "headers": {"Content-Disposition": f'attachment; filename="{_file_name(order, is_archive)}"'},
    }
    if request.method == "HEAD":
        return HttpResponse(**told)
    if not request.user.is_authenticated:
        check_rate(request, "export", EXPORTS_PER_HOUR)
    return (
        FileResponse(archive_file(order), **told)
        if is_archive
        else StreamingHttpResponse(Pieces(order), **told)
    )


def _is_streamed(request: HttpRequest, order: ExportOrder) -> bool:
    return order.is_streamable and request.GET.get("archive", "") not in {"1", "true", "yes"}


def _file_name(order: ExportOrder, is_archive: bool) -> str:
    return f"{order.stem}.{'zip' if is_archive else order.format.extension}"
