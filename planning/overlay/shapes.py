"""The surfaces of an overlay, those of a class joined to one shape."""

from dataclasses import dataclass

from django.db import connection

from core.statements import statement
from planning.overlay.sides import Side


@dataclass(frozen=True)
class Surface:
    """`ewkb` in the storage CRS, `geojson` in CRS84; always a multipolygon."""

    name: str | None
    ewkb: bytes
    geojson: str


def surfaces_of(by: Side) -> list[Surface]:
    rows, params = by.sql()
    with connection.cursor() as cursor:
        cursor.execute(statement("planning", "overlay_shapes").format(rows=rows), params)
        return [Surface(name, bytes(ewkb), geojson) for name, ewkb, geojson in cursor.fetchall()]
