"""The answer for a plot among 300,000 parcels, 3,000 zones and 75,000 lights: as JSON, as page and on paper.

Every round asks for another plot. A part of them lies in two or four zones; each has its neighbours in the picture.
"""

from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import timezone

from bench.parcels import COUNT, SIDE, SOUTH, WEST, parcels
from bench.report import Row, median_seconds
from core.statements import statement
from layers.actions import create_layer
from layers.models import Feature, Layer
from planning.parcel.views import parcel, parcel_pdf

ROUNDS, PAPERS = 100, 15
ZONE, LIGHT = 250.0, 50.0
BOUND, PAPER_BOUND = 0.150, 1.0
ROLES = {
    "name": "name",
    "far": "floor_area_ratio",
    "coverage": "coverage",
    "least": "least_plot_m2",
    "gazette": "gazette",
}


def run() -> list[Row]:
    layer = parcels()
    zones = _grid(
        "bench-zones", "zones", ZONE, theme="land_use", geometry_kind="polygon", field_schema=_schema()
    )
    lights = _grid("bench-lights", "lights", LIGHT, theme="networks", geometry_kind="point")
    name = f"what applies to a plot of {COUNT * COUNT:,} ({_count(zones):,} zones, {_count(lights):,} lights)"
    answers = [
        Row(
            f"{name}, {what}",
            median_seconds(ask, ROUNDS),
            BOUND,
            "bound of 150 ms",
            "150 ms",
            note=_note(ask),
        )
        for what, ask in (
            ("JSON", _asking(layer, parcel, f="json")),
            ("page with its picture", _asking(layer, parcel)),
        )
    ]
    paper = _asking(layer, parcel_pdf)
    note = _note(paper)
    return [
        *answers,
        Row(f"{name}, PDF", median_seconds(paper, PAPERS), PAPER_BOUND, "bound of 1 s", "1 s", note=note),
    ]


def _asking(layer: Layer, view: Callable[..., HttpResponse], **query: str) -> Callable[[], HttpResponse]:
    keys = _keys(layer)

    def ask() -> HttpResponse:
        request = RequestFactory().get("/", query)
        request.user = AnonymousUser()
        response = view(request, layer.slug, next(keys))
        if response.status_code != 200:
            raise RuntimeError(f"the plot is answered with {response.status_code}")
        return response

    return ask


def _note(ask: Callable[[], HttpResponse]) -> str:
    """Asked once before the clock runs: modules are loaded and fonts are made."""
    return f"{len(ask().content) / 1000:,.0f} kB"


def _keys(layer: Layer) -> Iterator[str]:
    """Plots all over the town, none twice."""
    while True:
        for number in range(COUNT + 1, COUNT * COUNT, 7919):
            yield f"05019{number:07d}"


def _grid(slug: str, name: str, side: float, **fields: Any) -> Layer:
    layer = create_layer(slug=slug, title=name.title(), title_field="name", accuracy_metres=0.5, **fields)
    values: dict[str, Any] = {
        "layer": layer.pk,
        "west": WEST,
        "south": SOUTH,
        "side": side,
        "count": int(COUNT * SIDE / side),
        "srid": settings.STORAGE_SRID,
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement("bench", name), values)
        cursor.execute("VACUUM ANALYZE layers_feature")
    return layer


def _schema() -> dict[str, Any]:
    kinds = {"name": "string", "gazette": "string"}
    fields = {name: {"type": kinds.get(name, "number"), "x-role": role} for name, role in ROLES.items()}
    return {"type": "object", "x-part": "zone", "properties": fields}


def _count(layer: Layer) -> int:
    return Feature.objects.of_layer(layer.pk).count()
