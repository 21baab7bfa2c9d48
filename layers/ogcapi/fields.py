"""The properties of a collection's items: their names, kinds and titles, and the SQL that gives their values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, F, FloatField, JSONField, Q, TextField, Value
from django.db.models.expressions import BaseExpression

from core.languages import entry_in_reader_language
from layers.exports.fields import Kind, kind_of
from layers.exports.survey import facts_of
from layers.ogcapi.sql import Sql
from layers.querysets import IN_AN_INDEX
from layers.sources import FeatureSource

JSON_TYPES = {
    "string": Kind.TEXT,
    "integer": Kind.WHOLE,
    "number": Kind.NUMBER,
    "boolean": Kind.TRUTH,
    "array": Kind.JSON,
    "object": Kind.JSON,
}
FORMATS = {"date": Kind.DAY, "date-time": Kind.MOMENT}


@dataclass(frozen=True)
class OgcField:
    """`column` is the value itself, or the JSON column that holds it as a key when `in_json`. `declared` is what the
    layer's own schema says of it. `by_index` is what lets the planner find a value that the rows are called by; it is
    true for every row."""

    name: str
    kind: Kind
    title: str
    column: F | BaseExpression
    in_json: bool
    declared: Mapping[str, Any]
    by_index: Q | None = None

    @property
    def is_text(self) -> bool:
        """Its values are texts in the database, though they may be meant as days or moments."""
        return self.kind == Kind.TEXT or (self.in_json and self.kind in FORMATS.values())

    @property
    def is_number(self) -> bool:
        return self.kind in (Kind.WHOLE, Kind.NUMBER)

    def anything(self) -> F | BaseExpression:
        """What it holds, of whichever kind: only good for asking whether it holds anything."""
        if not self.in_json:
            return self.column
        return Sql("({0} ->> {1})", self.column, Value(self.name), output=TextField())

    def value(self) -> F | BaseExpression:
        """What it holds, as SQL of its kind; NULL where a row holds something of another kind."""
        if not self.in_json:
            return self.column
        name = Value(self.name)
        if self.is_number:
            text = "CASE WHEN jsonb_typeof({0} -> {1}) = 'number' THEN ({0} ->> {1})::numeric END"
            return Sql(text, self.column, name, output=FloatField())
        if self.kind == Kind.TRUTH:
            text = "CASE WHEN jsonb_typeof({0} -> {1}) = 'boolean' THEN ({0} ->> {1})::boolean END"
            return Sql(text, self.column, name, output=BooleanField())
        if self.kind == Kind.JSON:
            return Sql("({0} -> {1})", self.column, name, output=JSONField())
        return Sql("({0} ->> {1})", self.column, name, output=TextField())


def fields_of(source: FeatureSource) -> list[OgcField]:
    """The key first, then the columns, then what the schema declares; a name that a column has is the column's."""
    found = {field.name: field for field in (*_declared(source), *_columns(source))}
    key = facts_of(source).key_name
    if key and key not in found:
        found[key] = _key_field(source, _title(source, key), {})
    return sorted(found.values(), key=lambda field: field.name != key)


def _columns(source: FeatureSource) -> Iterator[OgcField]:
    given = facts_of(source).properties
    columns = {f"ogc_{number}": expression(value) for number, value in enumerate(given.values())}
    annotations = source.rows.annotate(**columns).query.annotations
    for name, (alias, column) in zip(given, columns.items(), strict=True):
        kind = kind_of(annotations[alias].output_field)
        yield OgcField(name, kind, _title(source, name), column, False, {})


def _declared(source: FeatureSource) -> Iterator[OgcField]:
    facts = facts_of(source)
    if not facts.json_properties:
        return
    for name, entry in facts.schema.get("properties", {}).items():
        title = entry_in_reader_language(entry, "title") or name
        kind = _json_kind(entry)
        if name == facts.key_name and kind == Kind.TEXT:
            yield _key_field(source, title, entry)
        else:
            yield OgcField(name, kind, title, F(facts.json_properties), True, entry)


def _key_field(source: FeatureSource, title: str, entry: Mapping[str, Any]) -> OgcField:
    """What the rows are called by is in a column."""
    by_index = IN_AN_INDEX if hasattr(source.rows, "keyed") else None
    return OgcField(facts_of(source).key_name, Kind.TEXT, title, F(source.key), False, entry, by_index)


def _json_kind(entry: Mapping[str, Any]) -> Kind:
    named = entry.get("type", "string")
    types = {named} if isinstance(named, str) else set(named) - {"null"}
    if types == {"integer", "number"}:
        return Kind.NUMBER
    kind = JSON_TYPES.get(types.pop(), Kind.TEXT) if len(types) == 1 else Kind.TEXT
    return FORMATS.get(str(entry.get("format")), kind) if kind == Kind.TEXT else kind


def _title(source: FeatureSource, name: str) -> str:
    return str(facts_of(source).titles.get(name, name))


def expression(value: str | BaseExpression) -> F | BaseExpression:
    return F(value) if isinstance(value, str) else value
