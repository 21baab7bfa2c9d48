"""`/rasters/<slug>/profile?line=lon,lat;lon,lat`: heights along a line, as a page part, JSON, CSV or SVG.

A long line comes in a POST, with the same names; nothing is kept of it.
"""

import csv
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from core.errors import NotFound
from layers.rasters.chart import chart_of
from layers.rasters.legend import with_unit
from layers.rasters.profile import Profile, Sample, line_from, points_from, profile_of
from layers.rasters.views.asked import raster_for

FORMATS = ("html", "json", "csv", "svg")


@csrf_exempt  # it only reads
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest, slug: str) -> HttpResponse:
    asked = request.POST if request.method == "POST" else request.GET
    raster = raster_for(request.user, slug)
    format = asked.get("format", "json")
    if format not in FORMATS:
        raise NotFound()
    text = asked.get("line", "")
    made = profile_of(raster, line_from(text), points_from(asked.get("points", "")))
    response = _answer(request, made, format, text)
    response.headers["Cache-Control"] = "private, no-cache"
    return response


def _answer(request: HttpRequest, profile: Profile, format: str, line: str) -> HttpResponse:
    if format == "json":
        return JsonResponse(_document(profile))
    if format == "csv":
        return _csv(profile)
    context = profile_context(profile, line)
    if format == "svg":
        response = render(request, "layers/rasters/profile.svg", context, content_type="image/svg+xml")
        return _named(response, profile, "svg")
    return render(request, "layers/rasters/_profile.html", context)


def profile_context(profile: Profile, line: str) -> dict[str, Any]:
    """What the templates of a profile need; `line` as it was asked."""
    path = reverse("layers:raster-profile", args=(profile.raster.slug,))
    return {
        "profile": profile,
        "raster": profile.raster,
        "chart": chart_of(profile),
        "facts": _facts(profile),
        "samples": [_along(sample, profile.raster.unit) for sample in profile.samples],
        "csv_path": f"{path}?{urlencode({'line': line, 'format': 'csv'})}",
        "svg_path": f"{path}?{urlencode({'line': line, 'format': 'svg'})}",
    }


def _along(sample: Sample, unit: str) -> dict[str, Any]:
    """A sample as the chart tells it when somebody points at it."""
    value = _("no value here") if sample.value is None else with_unit(sample.value, unit, 1)
    return {
        "metres": round(sample.metres, 2),
        "lon": round(sample.lon, 7),
        "lat": round(sample.lat, 7),
        "text": _("after %(distance)s: %(value)s")
        % {"distance": with_unit(sample.metres, "m", 0), "value": value},
    }


def _document(profile: Profile) -> dict[str, Any]:
    return {
        "slug": profile.raster.slug,
        "title": str(profile.raster),
        "unit": profile.raster.unit,
        "length_metres": round(profile.length_metres, 3),
        "low": profile.low,
        "high": profile.high,
        "ascent": round(profile.ascent, 3),
        "descent": round(profile.descent, 3),
        "steepest_percent": None if profile.steepest is None else round(100 * profile.steepest, 2),
        "samples": [
            {
                "metres": round(sample.metres, 3),
                "lon": round(sample.lon, 7),
                "lat": round(sample.lat, 7),
                "value": None if sample.value is None else round(sample.value, 3),
            }
            for sample in profile.samples
        ],
    }


def _facts(profile: Profile) -> list[tuple[str, str]]:
    unit = profile.raster.unit
    facts = [(_("Length"), with_unit(profile.length_metres, "m", 0))]
    if profile.low is None or profile.high is None:
        return facts
    facts += [
        (_("Lowest"), with_unit(profile.low, unit, 1)),
        (_("Highest"), with_unit(profile.high, unit, 1)),
    ]
    facts += [(_("Up"), with_unit(profile.ascent, unit, 1)), (_("Down"), with_unit(profile.descent, unit, 1))]
    if profile.steepest is not None:
        facts.append((_("Steepest"), with_unit(100 * profile.steepest, "%", 0)))
    return facts


def _csv(profile: Profile) -> HttpResponse:
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    writer = csv.writer(response)
    writer.writerow(("metres", "lon", "lat", f"value_{profile.raster.unit}".rstrip("_")))
    for sample in profile.samples:
        value = "" if sample.value is None else f"{sample.value:.3f}"
        writer.writerow((f"{sample.metres:.3f}", f"{sample.lon:.7f}", f"{sample.lat:.7f}", value))
    return _named(response, profile, "csv")


def _named(response: HttpResponse, profile: Profile, extension: str) -> HttpResponse:
    response.headers["Content-Disposition"] = (
        f'attachment; filename="{profile.raster.slug}-profile.{extension}"'
    )
    return response
