"""What a filter may name: a JSON Schema of the fields and the geometry of a collection."""

from typing import Any

from django.utils.translation import gettext as _

from layers.exports.fields import Kind
from layers.models import GeometryKind
from layers.ogcapi.collections import Collection
from layers.ogcapi.fields import OgcField

TYPES = {Kind.WHOLE: "integer", Kind.NUMBER: "number", Kind.TRUTH: "boolean", Kind.JSON: "array"}
TIMES = {Kind.DAY: "date", Kind.MOMENT: "date-time"}
SHAPES = {
    GeometryKind.POINT: "geometry-point-or-multipoint",
    GeometryKind.LINE: "geometry-linestring-or-multilinestring",
    GeometryKind.POLYGON: "geometry-polygon-or-multipolygon",
}


def schema_of(field: OgcField) -> dict[str, Any]:
    """What the values of a field are, as far as OpenAPI 3.0 and JSON Schema say it alike."""
    told: dict[str, Any] = {"title": field.title, "type": TYPES.get(field.kind, "string")}
    if field.kind == Kind.JSON:
        told["items"] = {}
    return told | ({"format": TIMES[field.kind]} if field.kind in TIMES else {})


def queryables(collection: Collection, address: str) -> dict[str, Any]:
    """`address` is that of this very document."""
    geometry = SHAPES.get(GeometryKind(collection.source.geometry_kind), "geometry-any")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address,
        "type": "object",
        "title": collection.title,
        "properties": {
            collection.source.geometry: {
                "title": _("geometry"),
                "format": geometry,
                "x-ogc-role": "primary-geometry",
            },
            **{name: schema_of(field) for name, field in collection.queried.items()},
        },
        "additionalProperties": False,
    }
