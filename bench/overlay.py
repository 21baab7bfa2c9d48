"""Land use by neighbourhood over 300,000 parcels: in the database, and by geopandas with everything in memory.

The neighbourhoods share winding borders that cut plots. Both give the area of each of 12 land uses in each of 64
neighbourhoods; the figures are compared before any time is told.
"""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from bench.report import Row, interleaved
from core.statements import statement
from layers.actions import create_layer
from layers.models import Layer
from planning.overlay.order import Order
from planning.overlay.reckon import overlay, sides_of
from planning.overlay.results import Overlay

PARCELS, PARCEL_METRES = 550, 25.0
HOODS, USES = 8, 12
PLACE: dict[str, Any] = {"west": 300_000.0, "south": 4_220_000.0}
ROUNDS = 3
ORDER = Order(what="bench-plots", by="bench-hoods", by_field="name", what_field="use")


def run() -> list[Row]:
    _town()
    plots, hoods = _frame("bench-plots", "use"), _frame("bench-hoods", "name")
    _require_same(ours(), theirs(plots, hoods))
    ours_seconds, theirs_seconds = interleaved([ours, lambda: theirs(plots, hoods)], ROUNDS)
    name = f"land use by neighbourhood, {PARCELS**2:,} parcels × {HOODS**2} neighbourhoods"
    note = "same areas to 1e-9; geopandas has all in memory already"
    return [
        Row(name, ours_seconds, 5.0, "bound of 5 s", "ours under 5 s"),
        Row(name, ours_seconds, theirs_seconds, "geopandas.overlay", "told, no goal", note=note),
    ]


def ours() -> Overlay:
    return overlay(*sides_of(ORDER, AnonymousUser()))


def theirs(plots: Any, hoods: Any) -> dict[tuple[str, str], float]:
    import geopandas

    met = geopandas.overlay(plots, hoods, how="intersection", keep_geom_type=True)
    areas: Any = met.geometry.area.groupby([met["name"], met["use"]]).sum()
    return {(name, use): float(area) for (name, use), area in areas.items()}


def _require_same(found: Overlay, expected: dict[tuple[str, str], float]) -> None:
    cells = {names: cell.amount for names, cell in found.cells.items()}
    worst = max(abs(cells[names] - area) / area for names, area in expected.items())
    if cells.keys() != expected.keys() or worst > 1e-9:
        raise RuntimeError(f"our areas are not those of geopandas: they differ by {worst:g}")


def _town() -> None:
    plots, hoods = _layer("bench-plots", "use"), _layer("bench-hoods", "name")
    side = PARCELS * PARCEL_METRES / HOODS
    _fill(plots, "parcels", count=PARCELS, side=PARCEL_METRES)
    _fill(hoods, "neighbourhoods", count=HOODS, side=side, bend=30.0)
    with connection.cursor() as cursor:
        use = "properties || jsonb_build_object('use', 'use ' || id %% %s)"
        cursor.execute(f"UPDATE layers_feature SET properties = {use} WHERE layer_id = %s", [USES, plots.pk])
        cursor.execute("VACUUM FULL ANALYZE layers_feature")


def _layer(slug: str, field: str) -> Layer:
    schema = {"type": "object", "properties": {field: {"type": "string"}}}
    return create_layer(slug=slug, title=slug, theme="land_use", geometry_kind="polygon", field_schema=schema)


def _fill(layer: Layer, name: str, **values: float) -> None:
    since = datetime(2024, 1, 1, tzinfo=UTC)
    common = {**PLACE, "layer": layer.pk, "srid": settings.STORAGE_SRID, "now": since}
    with connection.cursor() as cursor:
        cursor.execute(statement("bench", name), {**common, **values})


def _frame(slug: str, field: str) -> Any:
    import geopandas
    import shapely

    layer = Layer.objects.get(slug=slug)
    with connection.cursor() as cursor:
        sql = (
            "SELECT properties ->> %s, ST_AsBinary(geom) FROM layers_feature WHERE layer_id = %s ORDER BY id"
        )
        cursor.execute(sql, [field, layer.pk])
        rows = cursor.fetchall()
    shapes = shapely.from_wkb([bytes(wkb) for _name, wkb in rows])
    return geopandas.GeoDataFrame({field: [name for name, _wkb in rows]}, geometry=shapes)
