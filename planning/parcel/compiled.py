"""Rows of many sources as one SQL statement: the querysets that the sources give, compiled and joined by UNION ALL."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib.gis.db.backends.postgis.adapter import PostGISAdapter
from django.contrib.gis.geos import GEOSGeometry
from django.contrib.postgres.fields import DateTimeRangeField
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, F, FloatField, IntegerField, JSONField, QuerySet, TextField, Value
from django.db.models.functions import Cast, JSONObject

from core.statements import statement
from layers.ogcapi.fields import expression
from layers.ogcapi.sql import Sql, bounded
from planning.parcel.parts import Part

COLUMNS = (
    "part_slot",
    "part_pk",
    "part_key",
    "part_told",
    "part_held",
    "part_measured",
    "part_margin",
    "part_shape",
)
Rows = QuerySet[Any]


def asked(
    slot: int, part: Part, rows: Rows, *, held: bool = False, measured: bool = True, margin: float = 0.0
) -> Rows:
    """The rows of a source with the columns that the statements read. `held`: the source keeps its past, so that each
    row says when it held."""
    source = part.source
    never = Cast(Value(None), DateTimeRangeField())
    named: Rows = rows.order_by().annotate(
        part_slot=Value(slot, output_field=IntegerField()),
        part_pk=Cast(F("pk"), TextField()),
        part_key=Cast(F(source.key), TextField()),
        part_told=_told(part),
        part_held=F("valid") if held else never,
        part_measured=Value(measured, output_field=BooleanField()),
        part_margin=Value(margin, output_field=FloatField()),
        part_shape=F(source.geometry),
    )
    return named


def answered(name: str, questions: Iterable[Rows], plot: GEOSGeometry, **more: Any) -> list[tuple[Any, ...]]:
    """The rows of planning/sql/<name>.sql over all questions; nothing when none of them can have any. Raises
    TooCostly, ShapesUnclear."""
    texts: list[str] = []
    params: list[Any] = []
    for question in questions:
        try:
            sql, own = question.values_list(*COLUMNS).query.sql_with_params()
        except EmptyResultSet:
            continue
        texts.append(f"({sql})")
        params += own
    if not texts:
        return []
    text = statement("planning", name).format(rows="\nUNION ALL\n".join(texts), plot="%s", **more)
    with bounded(), connection.cursor() as cursor:
        values: list[Any] = [*params, PostGISAdapter(plot)]
        cursor.execute(text, values)
        return list(cursor.fetchall())


def each(parts: Iterable[Part], ask: Callable[[int, Part], Rows | None]) -> list[Rows]:
    """What `ask` answers for each part and its number, where it asks anything."""
    return [question for slot, part in enumerate(parts) if (question := ask(slot, part)) is not None]


def _told(part: Part) -> Any:
    """All that the reader may know of a row, as one JSON object; fields that are hidden are not in it."""
    facts = part.facts
    columns = {name: expression(value) for name, value in facts.properties.items()}
    if not facts.json_properties:
        return JSONObject(**columns)
    json = F(facts.json_properties)
    if not columns:
        return Cast(json, JSONField())
    return Sql("({0} || {1})", json, JSONObject(**columns), output=JSONField())
