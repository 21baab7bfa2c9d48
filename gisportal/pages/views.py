"""The home map with its parts, the pages about the portal itself, and the sign of life."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gisportal.pages.issues_nearby import Wanted, as_geojson, nearest, top_categories, where_life_is


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    wanted = Wanted.parse(request.GET)
    context = {
        "wanted": wanted,
        "categories": top_categories(request.user),
        "issues": nearest(request.user, wanted),
        "opens_on": " ".join(map(str, where_life_is(request.user) or ())),
    }
    return render(request, "pages/home.html", context)


@require_safe
def nearby(request: HttpRequest) -> HttpResponse:
    """The list of the home page as a part: nearest to `lon`, `lat`."""
    wanted = Wanted.parse(request.GET)
    context = {"wanted": wanted, "issues": nearest(request.user, wanted)}
    return render(request, "pages/_nearby.html", context)


@require_safe
def issues_geojson(request: HttpRequest) -> HttpResponse:
    """The wanted issues as points, with the properties that the map's tiles have."""
    wanted = Wanted.parse(request.GET)
    return JsonResponse(as_geojson(request.user, wanted), content_type="application/geo+json")


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/about.html")


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html", {"retention_days": settings.REPORTER_RETENTION_DAYS})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html")


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """“ok” when the database answers; anything else is a failure, and says so with its status."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")
