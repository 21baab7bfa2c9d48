"""What the report page asks while the pin moves: where it is, which assets stand there, what is reported already."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.geo import LonLat, to_lonlat
from issues.forms.report_place import asset_named
from issues.models import Category
from issues.similar import similar_issues
from issues.templatetags.moments import metres
from issues.views.report_page import MOST_ASSETS, assets_near
from issues.whereabouts import whereabouts

FARTHEST_METRES = 150
MOST_DOTS = 40


@require_safe
@never_cache
def report_where(request: HttpRequest) -> JsonResponse:
    """The address and area of `lon`, `lat`; outside the municipality the sentence that says so."""
    found = whereabouts(_pin(request).to_storage())
    return JsonResponse(
        {
            "address": found.address,
            "area": found.area,
            "inside": found.is_inside,
            "neighbour": found.neighbour,
            "refusal": found.refusal,
        }
    )


@require_safe
@never_cache
def report_assets(request: HttpRequest) -> JsonResponse:
    """Standing assets around `lon`, `lat` (of `category`'s type when given), nearest first."""
    pin = _pin(request).to_storage()
    category = _category(request)
    if category is not None and category.asset_type_id is None:
        return JsonResponse({"assets": []})
    assets = []
    most = MOST_ASSETS if category is not None else MOST_DOTS
    for asset in assets_near(request.user, pin, category, FARTHEST_METRES, most):
        place = to_lonlat(asset.location.point_on_surface)
        assets.append(
            {
                "value": f"{asset.type.slug}:{asset.code}",
                "label": str(asset),
                "distance": metres(asset.distance),  # type: ignore[attr-defined]
                "metres": asset.distance,  # type: ignore[attr-defined]
                "color": asset.type.color,
                "icon": asset.type.icon,
                "lon": place.x,
                "lat": place.y,
            }
        )
    return JsonResponse({"assets": assets})


@require_safe
@never_cache
def report_similar(request: HttpRequest) -> HttpResponse:
    """Cards of open cases that may be the same; an empty answer (204) when there are none."""
    category = _category(request)
    if category is None:
        return HttpResponse(status=204)
    asset = asset_named(request.GET.get("asset", ""), request.user)
    similar = list(
        similar_issues(user=request.user, category=category, location=_pin(request).to_storage(), asset=asset)
    )
    if not similar:
        return HttpResponse(status=204)
    return render(request, "issues/_similar.html", {"similar": similar})


def _pin(request: HttpRequest) -> LonLat:
    return LonLat.parse(request.GET.get("lon"), request.GET.get("lat"))


def _category(request: HttpRequest) -> Category | None:
    return Category.objects.visible_to(request.user).filter(slug=request.GET.get("category", "")).first()
