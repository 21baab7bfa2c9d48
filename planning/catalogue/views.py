"""`/plan/`: every layer and raster that the reader may see, by theme, and the way in to all that planners do."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from layers.models import Theme
from planning.catalogue.entries import ORDER, Entry, entries_for
from planning.catalogue.search import LONGEST, found
from planning.catalogue.ways import ways_for
from planning.models import PlanningMap

MAPS = 6
ICONS = {
    Theme.LAND_USE: "color-swatch",
    Theme.PLAN: "ruler-measure",
    Theme.CADASTRE: "border-all",
    Theme.PROPERTY: "building-bank",
    Theme.ENVIRONMENT: "leaf",
    Theme.NETWORKS: "topology-star",
    Theme.ASSETS: "bulb",
    Theme.ISSUES: "alert-triangle",
    Theme.AREAS: "polygon",
    Theme.BASE: "map",
}


@dataclass(frozen=True)
class Group:
    """A theme with what the reader sees of it."""

    theme: Theme
    entries: list[Entry]

    @property
    def title(self) -> str:
        return str(capfirst(self.theme.label))

    @property
    def icon(self) -> str:
        return ICONS[self.theme]


@require_safe
def catalogue(request: HttpRequest) -> HttpResponse:
    """`q` narrows to what holds all its words, `theme` to one theme; a theme that is none narrows nothing."""
    typed = request.GET.get("q", "").strip()[:LONGEST]
    theme = request.GET.get("theme", "")
    entries = entries_for(request.user)
    groups = _groups(entries)
    matching = found(entries, typed)
    asked = theme if theme in Theme.values else ""
    shown = [entry for entry in matching if entry.theme == asked] if asked else matching
    is_narrowed = bool(typed or asked)
    context = {
        "typed": typed,
        "theme": asked,
        "themes": groups,
        "groups": _groups(shown),
        "shown": len(shown),
        "elsewhere": len(matching) - len(shown),
        "is_narrowed": is_narrowed,
        "ways": [] if is_narrowed else ways_for(request.user),
        "maps": [] if is_narrowed else PlanningMap.objects.visible_to(request.user)[:MAPS],
        "longest": LONGEST,
    }
    return render(request, "planning/catalogue/catalogue.html", context)


def _groups(entries: list[Entry]) -> list[Group]:
    groups = [Group(theme, [entry for entry in entries if entry.theme == theme]) for theme in ORDER]
    return [group for group in groups if group.entries]
