"""Batches as Arrow tables, for GDAL and GeoParquet."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa
from django.utils import timezone

from layers.exports.export import Batch, Export
from layers.exports.fields import Field, Kind
from layers.exports.writers.texts import text_of

TYPES: dict[Kind, pa.DataType] = {
    Kind.TEXT: pa.string(),
    Kind.JSON: pa.string(),
    Kind.WHOLE: pa.int64(),
    Kind.NUMBER: pa.float64(),
    Kind.TRUTH: pa.bool_(),
    Kind.DAY: pa.date32(),
    Kind.MOMENT: pa.timestamp("ms", "UTC"),
}


def shape_name(fields: list[Field]) -> str:
    """A name for the geometry column that no field has."""
    taken = {field.name.casefold() for field in fields}
    names = ("geometry", "geom", "the_geom", "shape")
    free = (name for name in names if name not in taken)
    return next(free, "geometry_" + "_".join(sorted(taken))[:40])


def arrow_schema(export: Export, names: list[str]) -> pa.Schema:
    """The geometry as WKB, then the fields under `names`; lists and objects are marked as JSON for GDAL."""
    fields = export.survey.fields
    shape = pa.field(shape_name(fields), pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"})
    columns = [
        pa.field(name, TYPES[field.kind], metadata=_metadata(field))
        for name, field in zip(names, fields, strict=True)
    ]
    return pa.schema([shape, *columns])


def arrow_batches(export: Export, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    for batch in export.batches():
        yield arrow_batch(export, schema, batch)


def arrow_batch(export: Export, schema: pa.Schema, batch: Batch) -> pa.RecordBatch:
    arrays = [pa.array(batch.wkb, pa.binary())]
    for field, values in zip(export.survey.fields, batch.columns, strict=True):
        arrays.append(pa.array(arrow_values(field.kind, values), TYPES[field.kind]))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def arrow_values(kind: Kind, values: list[Any]) -> list[Any]:
    """The values as Arrow takes them for the kind."""
    if kind in (Kind.TEXT, Kind.JSON):
        return [value if value is None or type(value) is str else text_of(value) for value in values]
    if kind == Kind.MOMENT:
        return [None if value is None else _utc(value) for value in values]
    return values


def _utc(value: datetime) -> datetime:
    return value.astimezone(UTC) if timezone.is_aware(value) else value.replace(tzinfo=UTC)


def _metadata(field: Field) -> dict[str, str] | None:
    return {"GDAL:OGR:subtype": "JSON"} if field.kind == Kind.JSON else None
