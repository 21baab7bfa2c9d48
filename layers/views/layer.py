"""`/layers/<slug>/`: what a layer says, said on a day, or was believed to say, and what was ever done to it."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from core.errors import NotFound
from layers.facts import label_of, told_of
from layers.models import Feature, Layer, Revision
from layers.moments import AsOf
from layers.views.feature import title_of
from layers.visibility import View, view_of
from municipality.models import Role
from municipality.roles import rights_of

A_PAGE = 25
COLUMNS = 3
REVISIONS = 20


@dataclass(frozen=True)
class Row:
    """A feature in the table: its name and the first fields; `summary` tells them where there is no room."""

    feature: Feature
    title: str
    address: str
    cells: list[str]

    @property
    def summary(self) -> str:
        return " · ".join(cell for cell in self.cells if cell)


@require_safe
def layer(request: HttpRequest, slug: str) -> HttpResponse:
    """`valid` and `known` are days or moments: what held then, as it was known then. Raises BadMoment,
    BeforeHistory."""
    found = Layer.objects.visible_to(request.user).filter(slug=slug).first()
    if found is None:
        raise NotFound()
    moments = AsOf.parse(request.GET.get("valid", ""), request.GET.get("known", ""))
    told = Feature.objects.visible_to(request.user).of_layer(found.pk)
    features = (told.current() if moments.is_now else told.told(found, moments)).order_by("key")
    page = Paginator(features.defer("geom", "geom_web"), A_PAGE).get_page(request.GET.get("page"))
    view = view_of(found, request.user)
    names = _columns(view)
    revisions = Revision.objects.visible_to(request.user).of_layer(found.pk).select_related("actor")
    context = {
        "layer": found,
        "moments": moments,
        "page": page,
        "labels": [label_of(name, found.field_schema) for name in names],
        "rows": _rows(view, page, names, moments),
        "revisions": revisions[:REVISIONS],
        "more_revisions": max(0, revisions.count() - REVISIONS),
        "shows_who": rights_of(request.user).is_staff,
        "makes_styles": rights_of(request.user).has(Role.PLANNER, Role.ADMINISTRATOR),
        # Counts and reasons may be about what this reader is not told.
        "shows_what": view.is_whole,
    }
    return render(request, "layers/layer.html", context)


def _columns(view: View) -> list[str]:
    """The first fields that are not the title or the key already."""
    title, key = view.layer.title_field, view.layer.key_field
    return [name for name in view.schema.get("properties", {}) if name not in {title, f"{title}_en", key}][
        :COLUMNS
    ]


def _rows(view: View, page: "Page[Any]", names: list[str], moments: AsOf) -> list[Row]:
    rows, layer = [], view.layer
    for feature in page.object_list:
        feature.layer = layer
        feature.properties = view.properties(feature.properties)
        cells = [told_of(feature.properties, name, layer.field_schema) for name in names]
        address = reverse("layers:feature", args=(layer.slug, feature.pk)) + moments.query
        rows.append(Row(feature, title_of(feature), address, cells))
    return rows
