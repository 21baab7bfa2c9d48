"""`/plan/codes/`: the code lists, since when each code holds, and what it followed or was followed by."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from core.errors import NotFound
from layers.models import CodeList, Layer
from layers.visibility import view_of


@require_safe
def code_lists(request: HttpRequest) -> HttpResponse:
    lists = CodeList.objects.visible_to(request.user).annotate(size=Count("codes"))
    return render(request, "planning/catalogue/codes.html", {"lists": lists})


@require_safe
def code_list(request: HttpRequest, slug: str) -> HttpResponse:
    found = CodeList.objects.visible_to(request.user).filter(slug=slug).first()
    if found is None:
        raise NotFound()
    codes = found.codes.prefetch_related("follows__code_list", "followed_by__code_list")
    layers = [layer for layer in Layer.objects.visible_to(request.user) if _tells(layer, slug, request)]
    return render(
        request, "planning/catalogue/code_list.html", {"list": found, "codes": codes, "layers": layers}
    )


def _tells(layer: Layer, slug: str, request: HttpRequest) -> bool:
    """Whether a field that this reader is told is written in these codes."""
    if slug not in str(layer.field_schema):
        return False
    fields = view_of(layer, request.user).schema.get("properties", {}).values()
    return any(isinstance(entry, dict) and entry.get("codes") == slug for entry in fields)
