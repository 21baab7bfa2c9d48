"""The desk: the queue beside its map, and a case that opens without leaving the list."""

from django.contrib.gis.geos import Polygon
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.errors import BadCoordinates
from core.geo import CRS84, LonLat, to_storage
from issues.casefile import open_case
from issues.desk_queue import features
from issues.desk_rights import desk_only, desk_user
from issues.forms.desk_queue import QueueForm
from issues.views.desk_parts import answer, case_context, queue_context


@desk_only
@never_cache
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The queue; only its list when htmx asks for that."""
    return answer(request, "queue", "issues/desk/_queue.html", queue_context(request))


@desk_only
@never_cache
@require_safe
def desk_issue(request: HttpRequest, number: str) -> HttpResponse:
    """One case: beside the list, or alone when htmx asks for that."""
    case = open_case(desk_user(request), number)
    return answer(request, "case", "issues/desk/_case.html", case_context(request, case))


@desk_only
@never_cache
@require_safe
def desk_map(request: HttpRequest) -> JsonResponse:
    """The filtered queue as GeoJSON in CRS84, bounded in number; `?bbox=west,south,east,north` in degrees."""
    user = desk_user(request)
    filters = QueueForm(user, request.GET).filters()
    found = features(user, filters, _bbox(request.GET.get("bbox", "")))
    return JsonResponse(found, content_type="application/geo+json")


def _bbox(text: str) -> Polygon | None:
    """A box given in degrees, as a polygon in the storage CRS; BadCoordinates when it is none."""
    if not text:
        return None
    parts = text.split(",")
    if len(parts) != 4:
        raise BadCoordinates()
    west_south, east_north = LonLat.parse(*parts[:2]), LonLat.parse(*parts[2:])
    box = Polygon.from_bbox((west_south.lon, west_south.lat, east_north.lon, east_north.lat))
    box.srid = CRS84
    return to_storage(box)
