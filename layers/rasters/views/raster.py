"""`/rasters/<slug>/`: what a raster is, how it looks on a map, what it says at a point and along a line."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from layers.exports.systems import systems
from layers.rasters.clip import MOST_PIXELS
from layers.rasters.legend import with_unit
from layers.rasters.offered import layers_of
from layers.rasters.opening import path_of
from layers.rasters.profile import USUAL_POINTS, line_from, profile_of
from layers.rasters.spec import Kind, spec_of
from layers.rasters.survey import survey_of
from layers.rasters.views.asked import raster_for
from layers.rasters.views.profile import profile_context


@require_safe
def raster(request: HttpRequest, slug: str) -> HttpResponse:
    """`line` (lon,lat;lon,lat…) asks for the profile along it."""
    found = raster_for(request.user, slug)
    survey, spec = survey_of(found), spec_of(found)
    line = request.GET.get("line", "")
    has_profile = spec.kind in (Kind.ELEVATION, Kind.VALUES)
    drawn = profile_context(profile_of(found, line_from(line), USUAL_POINTS), line) if line else {}
    context = {
        **drawn,
        "line": line,
        "raster": found,
        "survey": survey,
        "cell": with_unit(round(survey.resolution_metres, 2), "m"),
        "spec": spec,
        "layers": list(layers_of(found)),
        "bytes": path_of(found).stat().st_size,
        "bounds": " ".join(f"{value:.6f}" for value in survey.bounds_lonlat()),
        "box": ",".join(f"{value:.6f}" for value in survey.bounds_lonlat()),
        "has_profile": has_profile,
        "systems": sorted(systems().values(), key=lambda system: system.srid != settings.STORAGE_SRID),
        "most_megapixels": MOST_PIXELS // 1_000_000,
    }
    return render(request, "layers/rasters/raster.html", context)
