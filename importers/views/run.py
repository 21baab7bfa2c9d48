"""One import: its evidence, what can be decided, how far the work is, what came of it."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from importers.rights import importers_only, run_of
from importers.shown.stage import nobody_came, stage_of
from importers.views.run_parts import is_back, run_context

EMPTY = {"type": "FeatureCollection", "features": []}


@importers_only
@never_cache
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """`?mapping=` fills the table of fields from a mapping that was kept by name."""
    context = run_context(request, run_of(request, pk), mapping=request.GET.get("mapping", ""))
    return render(request, "importers/run.html", context)


@importers_only
@never_cache
@require_safe
def progress(request: HttpRequest, pk: int) -> JsonResponse:
    """What the page asks for every second while somebody is at work: {"code", "word", "percent", "at_work"}."""
    found = run_of(request, pk)
    stage = stage_of(found, is_back=is_back(found))
    return JsonResponse(
        {
            "code": stage.code,
            "word": str(stage.word),
            "percent": round(100 * found.progress),
            "at_work": stage.at_work,
            "nobody_came": nobody_came(found),
        }
    )


@importers_only
@never_cache
@require_safe
def sample(request: HttpRequest, pk: int) -> JsonResponse:
    """The rows of the check's sample, GeoJSON in CRS84."""
    found = run_of(request, pk).evidence.get("sample") or EMPTY
    return JsonResponse(found, content_type="application/geo+json")
