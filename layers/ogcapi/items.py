"""Items as GeoJSON: the rows of a page become text in the database, and one document here."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.db.models.functions import AsWKB
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.expressions import Combinable

from layers.editing.tags import tag_of
from layers.models import Feature
from layers.ogcapi.answers import dumped
from layers.ogcapi.collections import Collection
from layers.ogcapi.errors import NoItem
from layers.ogcapi.fields import expression
from layers.ogcapi.question import Question
from layers.ogcapi.shapes import geojson_of
from layers.ogcapi.sql import Sql, bounded

COUNTED = 100_000  # Rows that are counted at most; of more, `numberMatched` says nothing.
PREFIX = "ogc_"
Row = tuple[Any, ...]


@dataclass(frozen=True)
class Page:
    """`features` are texts of GeoJSON features. `last` is where the next page goes on, None when there is none;
    `matched` how many there are on all pages, None when they are too many to count."""

    features: list[str]
    last: int | None
    matched: int | None


def page_of(question: Question) -> Page:
    """Raises TooCostly."""
    with bounded():
        rows, matched = _looked_for(question) if question.is_narrow else (question.page(), None)
        found = list(_values(question.collection, rows))
        if matched is None:
            matched = _count(question, found)
    told, more = found[: question.limit], len(found) > question.limit
    return Page(_features(question, told), told[-1][0] if more else None, matched)


def _looked_for(question: Question) -> tuple["QuerySet[Any]", int | None]:
    """The rows of the page and one more when another follows, and how many there are on all pages: the conditions are
    asked once, for ids, unless more rows meet them than are counted."""
    ids = list(question.rows().order_by().values_list("pk", flat=True)[: COUNTED + 1])
    if len(ids) > COUNTED:
        return question.page(), None
    later = sorted(pk for pk in ids if pk > question.after)[: question.limit + 1]
    return question.rows_then().filter(pk__in=later).order_by("pk"), len(ids)


def _count(question: Question, found: list[Row]) -> int | None:
    if len(found) <= question.limit and not question.after:
        return len(found)
    counted = question.rows()[: COUNTED + 1].count()
    return counted if counted <= COUNTED else None


@dataclass(frozen=True)
class Item:
    """The text of a feature; `tag` is its entity tag without quotes, blank for what no layer keeps."""

    text: str
    tag: str


def item_of(question: Question, key: str) -> Item:
    """One feature, with the tag of the very state that is told. Raises NoItem."""
    collection = question.collection
    with bounded():
        rows = collection.source.with_keys(question.rows(), key)[:1]
        found = list(_values(collection, rows))
    if not found:
        raise NoItem(given=key[:60])
    return Item(_features(question, found)[0], _tag(collection, found[0]))


def _tag(collection: Collection, row: Row) -> str:
    if collection.source.rows.model is not Feature:
        return ""
    _pk, key, shape, told, *_columns = row
    return tag_of(
        key, None if shape is None else bytes(shape), json.loads(told or "{}"), collection.facts.key_name
    )


def _values(collection: Collection, rows: "QuerySet[Any]") -> "QuerySet[Any, Row]":
    """pk, key, geometry as WKB, JSON properties as text (or None), then the columns."""
    source, facts = collection.source, collection.facts
    columns = {
        f"{PREFIX}{number}": expression(value) for number, value in enumerate(facts.properties.values())
    }
    texts: dict[str, Combinable] = {
        f"{PREFIX}key": F(source.key),
        f"{PREFIX}shape": AsWKB(source.geometry),
        f"{PREFIX}json": _json(collection),
    }
    named: QuerySet[Any, Row] = rows.annotate(**texts, **columns).values_list("pk", *texts, *columns)
    return named


def _json(collection: Collection) -> Combinable:
    """The JSON properties without what a column says, with the key where they do not tell it themselves."""
    facts = collection.facts
    if not facts.json_properties:
        return Value(None, output_field=TextField())
    text, parts = "{0}", [F(facts.json_properties), Value(list(facts.properties))]
    if facts.properties:
        text = "({0} - CAST({1} AS text[]))"
    if facts.key_name and facts.key_name not in facts.properties:
        text = f"(jsonb_build_object(CAST({{2}} AS text), {{3}}) || {text})"
        parts += [Value(facts.key_name), F(collection.source.key)]
    return Sql(f"CAST({text} AS text)", *parts, output=TextField())


def _features(question: Question, rows: list[Row]) -> list[str]:
    wkb = [bytes(row[2]) if row[2] is not None else None for row in rows]
    shapes = geojson_of(wkb, question.crs)
    return [_feature(question.collection, row, shape) for row, shape in zip(rows, shapes, strict=True)]


def _feature(collection: Collection, row: Row, shape: str | None) -> str:
    _pk, key, _shape, told, *values = row
    columns = "{}"
    if values:
        columns = dumped(dict(zip(collection.facts.properties, map(_told, values), strict=True)))
    properties = _joined(columns, told or "{}")
    return (
        f'{{"type":"Feature","id":{dumped(str(key))},"geometry":{shape or "null"},"properties":{properties}}}'
    )


def _told(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _joined(first: str, second: str) -> str:
    """Two JSON objects without a name in common as one, without reading either."""
    if first == "{}" or second == "{}":
        return second if first == "{}" else first
    return f"{first[:-1]},{second[1:]}"
