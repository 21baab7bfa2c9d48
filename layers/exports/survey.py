"""Everything that has to be known before the first row is written: fields, kinds of shapes, number of rows."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import compress
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import CharField, Count, F, Func, QuerySet
from django.db.models.expressions import BaseExpression
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from core.statements import quoted, statement
from layers.exports.fields import Field, Found, Kind, kind_of, kind_of_found
from layers.exports.order import ExportOrder, box_in_storage
from layers.sources import Download, FeatureSource

LANGUAGES = ("el", "en")
PREFIX = "export_"
KEY = "export_key"
JSON_KINDS = (Kind.TEXT, Kind.NUMBER, Kind.TRUTH, Kind.JSON)
DIMENSIONS = {"POINT": "point", "LINESTRING": "line", "POLYGON": "polygon"}


@dataclass(frozen=True)
class Survey:
    """`shapes` counts the rows by type of geometry, as PostGIS names them; None for rows without one. `key` is the
    position among `fields` of the field that knows the rows again, None where there is none."""

    fields: list[Field]
    shapes: dict[str | None, int]
    key: int | None

    @property
    def rows(self) -> int:
        return sum(self.shapes.values())

    @property
    def kinds(self) -> set[str]:
        """Which of point, line, polygon and mixed are there; mixed stands for collections."""
        names = (name.removeprefix("MULTI") for name in self.shapes if name)
        return {DIMENSIONS.get(name, "mixed") for name in names}


def facts_of(source: FeatureSource) -> Download:
    """What files of the source hold; as the tiles where the source says no more."""
    if source.download is not None:
        return source.download
    return Download(properties=source.properties, json_properties=source.json_properties)


def rows_of(order: ExportOrder) -> "QuerySet[Any]":
    """The source's rows, narrowed as the order says."""
    rows, download = order.source.rows, facts_of(order.source)
    if order.moments is not None and download.as_of is not None:
        rows = download.as_of(order.moments)
    if order.box is not None:
        rows = rows.filter(**{f"{order.source.geometry}__intersects": box_in_storage(order.box)})
    return rows


def columns_of(source: FeatureSource) -> dict[str, BaseExpression | F]:
    """The annotations that give the fields which are no JSON properties, and the key."""
    given = facts_of(source).properties
    columns = {f"{PREFIX}{number}": _expression(value) for number, value in enumerate(given.values())}
    return columns | {KEY: F(source.key)}


def survey(order: ExportOrder) -> Survey:
    """Look at the rows of the order, in two statements."""
    source, rows = order.source, rows_of(order)
    fields = [*_columns(source, rows), *_json_fields(source, rows)]
    fields = _with_key(fields, facts_of(source))
    name = facts_of(source).key_name
    key = next((number for number, field in enumerate(fields) if name and field.name == name), None)
    return Survey(fields, _shapes(source, rows), key)


def _with_key(fields: list[Field], download: Download) -> list[Field]:
    """The key first; as a field of its own where the rows do not tell it among their properties."""
    name = download.key_name
    if not name:
        return fields
    known = [field for field in fields if field.name == name]
    titles = _titles(download.titles.get(name, _("key")))
    return [*(known or [Field(name, Kind.TEXT, titles, KEY)]), *(f for f in fields if f.name != name)]


def _columns(source: FeatureSource, rows: "QuerySet[Any]") -> Iterator[Field]:
    download, columns = facts_of(source), columns_of(source)
    annotations = rows.annotate(**columns).query.annotations
    for number, name in enumerate(download.properties):
        column = f"{PREFIX}{number}"
        kind = kind_of(annotations[column].output_field)
        yield Field(name, kind, _titles(download.titles.get(name, name)), column)


def _json_fields(source: FeatureSource, rows: "QuerySet[Any]") -> list[Field]:
    """The JSON properties, those of the schema first; a name that a column has too is the column's."""
    download = facts_of(source)
    if not download.json_properties:
        return []
    found = {one.name: one for one in _found(rows, download.json_properties)}
    declared: Mapping[str, Mapping[str, Any]] = download.schema.get("properties", {})
    names = [*(name for name in declared if name in found), *(name for name in found if name not in declared)]
    return [
        Field(
            name,
            kind_of_found(found[name]),
            _schema_titles(declared.get(name, {}), name),
            "",
            found[name].bytes,
        )
        for name in names
        if name not in download.properties
    ]


def _found(rows: "QuerySet[Any]", column: str) -> list[Found]:
    try:
        sql, params = rows.order_by().values(column).query.sql_with_params()
    except EmptyResultSet:
        return []
    text = statement("layers", "survey_properties").format(rows=sql, column=quoted(column))
    with connection.cursor() as cursor:
        cursor.execute(text, params)
        return [_as_found(*row) for row in cursor.fetchall()]


def _as_found(name: str, *facts: Any) -> Found:
    *present, is_whole, size = facts
    return Found(name, frozenset(compress(JSON_KINDS, present)), bool(is_whole), size or 0)


def _shapes(source: FeatureSource, rows: "QuerySet[Any]") -> dict[str | None, int]:
    kind = Func(F(source.geometry), function="GeometryType", output_field=CharField(null=True))
    counted = (
        rows.order_by().annotate(export_shape=kind).values("export_shape").annotate(export_rows=Count("pk"))
    )
    shapes: Counter[str | None] = Counter()
    for row in counted.order_by():
        name = row["export_shape"]
        shapes[name or None] += row["export_rows"]
    return dict(shapes)


def _expression(value: str | BaseExpression) -> BaseExpression | F:
    return F(value) if isinstance(value, str) else value


def _titles(title: object) -> dict[str, str]:
    titles = {}
    for language in LANGUAGES:
        with translation.override(language):
            titles[language] = str(title)
    return titles


def _schema_titles(entry: Mapping[str, Any], name: str) -> dict[str, str]:
    own = str(entry.get("title") or name)
    return {"el": own, "en": str(entry.get("title_en") or own)}
