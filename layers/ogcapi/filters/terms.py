"""The values in a filter: fields, literals, and what functions make of them, each with its kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from django.db.models import BooleanField, DateTimeField, F, FloatField, JSONField, Q, TextField, Value
from django.db.models.expressions import BaseExpression
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from layers.exports.fields import Kind
from layers.ogcapi.errors import BadValue
from layers.ogcapi.fields import OgcField
from layers.ogcapi.filters.errors import UnknownField, WrongArguments
from layers.ogcapi.filters.reading import position_of
from layers.ogcapi.sql import Sql
from layers.ogcapi.systems import Crs
from layers.ogcapi.times import parse_instant

Expression = F | BaseExpression
OUTPUTS: Mapping[Kind, Callable[[], Any]] = {
    Kind.TEXT: TextField,
    Kind.NUMBER: FloatField,
    Kind.TRUTH: BooleanField,
    Kind.DAY: DateTimeField,
    Kind.MOMENT: DateTimeField,
    Kind.JSON: JSONField,
}
DAY = "^(?!0000)[0-9][0-9][0-9][0-9]-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
CLOCK = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?"
ZONE = "([Zz]|[+-](0[0-9]|1[0-4]):?[0-5][0-9])"
MOMENT = f"{DAY}([T ]{CLOCK}{ZONE}?)?$"
ZONED = f"[T ]{CLOCK}{ZONE}$"
# A day that its month does not have must not reach the cast, which would refuse the whole question.
AS_MOMENT = """CASE WHEN {0} ~ {1} THEN
    CASE WHEN substr({0}, 9, 2)::integer <= extract(
        day FROM (substr({0}, 1, 7) || '-01')::date + interval '1 month' - interval '1 day') THEN
        CASE WHEN {0} ~ {2} THEN ({0})::timestamptz ELSE ({0})::timestamp AT TIME ZONE {3} END
    END
END"""


@dataclass(frozen=True)
class Context:
    """What the compiler knows: the filter as it was written, the fields, the geometry, the system of its shapes."""

    text: str
    fields: Mapping[str, OgcField]
    geometry: str
    crs: Crs

    def wrong(self, word: str, reason: str) -> WrongArguments:
        return WrongArguments(word=word, column=position_of(word, self.text), reason=reason)

    def field(self, name: str) -> OgcField:
        if name not in self.fields:
            raise UnknownField(word=name[:60], column=position_of(name, self.text))
        return self.fields[name]


@dataclass(frozen=True)
class Term:
    """`sql` is of the kind. A day is its first instant; `end` its last, also for texts that may be days. `given` is
    what a literal says; `by_index` what helps to find a field's value, true for every row."""

    kind: Kind
    sql: Expression
    end: Expression | None = None
    given: Any = None
    by_index: Q | None = None

    @property
    def is_time(self) -> bool:
        return self.kind in (Kind.DAY, Kind.MOMENT)


@dataclass(frozen=True)
class Shape:
    """A geometry: of the rows (`shape` None), or given."""

    shape: BaseGeometry | None


def made(kind: Kind, text: str, *parts: Expression) -> Term:
    return Term(kind, Sql(text, *parts, output=OUTPUTS[kind]()))


def truth(text: str, *parts: Expression) -> Sql:
    return Sql(text, *parts, output=BooleanField())


def term_of_field(field: OgcField) -> Term:
    if field.is_text:
        return Term(Kind.TEXT, field.value(), by_index=field.by_index)
    if field.kind == Kind.DAY:
        return _day_of(field.value())
    kind = Kind.NUMBER if field.is_number else field.kind
    return Term(kind, field.value())


def literal(context: Context, value: Any) -> Term:
    """A text, number, truth, {"date": …} or {"timestamp": …}."""
    if isinstance(value, bool):
        return Term(Kind.TRUTH, Value(value), given=value)
    if isinstance(value, int | float):
        if not abs(value) < float("inf"):
            raise context.wrong(str(value), _("this number is too large"))
        return Term(Kind.NUMBER, Value(value), given=value)
    if isinstance(value, str):
        return Term(Kind.TEXT, Value(value), given=value)
    if isinstance(value, dict) and "date" in value:
        return day(context, str(value["date"]))
    if isinstance(value, dict) and "timestamp" in value:
        return moment(context, str(value["timestamp"]))
    raise context.wrong(str(value)[:40], _("this is no value"))


def day(context: Context, text: str) -> Term:
    try:
        found = parse_date(text)
    except ValueError:
        found = None
    if found is None:
        raise context.wrong(text[:40], _("a date is written as 2024-03-01"))
    first, last = (timezone.make_aware(datetime.combine(found, edge)) for edge in (time.min, time.max))
    return Term(Kind.DAY, Value(first), end=Value(last), given=text)


def moment(context: Context, text: str) -> Term:
    try:
        return Term(Kind.MOMENT, Value(parse_instant("filter", text)), given=text)
    except BadValue as error:
        raise context.wrong(text[:40], _("a moment is written as 2024-03-01T12:00:00Z")) from error


def as_time(context: Context, word: str, term: Term) -> Term:
    """Texts of rows that say a day or a moment become one, others NULL; moments without a zone are of the portal's
    clock."""
    if term.is_time:
        return term
    if term.kind != Kind.TEXT or term.given is not None:
        raise context.wrong(word, _("a date or a moment is needed here"))
    zone = Value(timezone.get_default_timezone_name())
    start = Sql(AS_MOMENT, term.sql, Value(MOMENT), Value(ZONED), zone, output=DateTimeField())
    text = "({0} + CASE WHEN length({1}) = 10 THEN interval '1 day' - interval '1 microsecond' ELSE interval '0' END)"
    return Term(Kind.MOMENT, start, end=Sql(text, start, term.sql, output=DateTimeField()))


def _day_of(sql: Expression) -> Term:
    zone = Value(timezone.get_default_timezone_name())
    start = Sql("(({0})::timestamp AT TIME ZONE {1})", sql, zone, output=DateTimeField())
    end = Sql("({0} + interval '1 day' - interval '1 microsecond')", start, output=DateTimeField())
    return Term(Kind.DAY, start, end=end)
