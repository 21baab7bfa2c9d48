"""What is asked of the items of a collection: parsed and checked, then the rows that answer."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import BooleanField, QuerySet, Value
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from layers.exports.fields import Kind
from layers.moments import AsOf
from layers.ogcapi.answers import Asked
from layers.ogcapi.boxes import Box, parse_box, touching
from layers.ogcapi.collections import Collection
from layers.ogcapi.errors import bad_value
from layers.ogcapi.fields import OgcField
from layers.ogcapi.filters import LANGUAGES, condition_from
from layers.ogcapi.sql import Sql
from layers.ogcapi.systems import Crs, crs84, crs_named
from layers.ogcapi.times import Instant, Interval, parse_instant, parse_time

LIMIT, MOST = 100, 10_000
TRUTHS = {"true": True, "false": False, "1": True, "0": False}  # GDAL writes numbers
PAGING = ("limit", "bbox", "datetime", "crs", "bbox-crs", "filter", "filter-lang", "filter-crs", "after")
PAST = ("known",)
ITEM = ("datetime", "crs")


@dataclass(frozen=True)
class Question:
    """`after` is the row that the page before ended with; `conditions` are SQL that is true for what is wanted."""

    collection: Collection
    crs: Crs
    limit: int = LIMIT
    after: int = 0
    box: Box | None = None
    time: Instant | Interval | None = None
    known: datetime | None = None
    conditions: list[Sql] = field(default_factory=list)

    @property
    def is_now(self) -> bool:
        return self.time is None and self.known is None

    @property
    def is_narrow(self) -> bool:
        """Less is asked for than all there is."""
        return self.box is not None or bool(self.conditions)

    def rows(self) -> "QuerySet[Any]":
        """Everything that is asked for, on whichever page."""
        rows = self.rows_then()
        if self.box is not None:
            rows = rows.filter(touching(self.collection.source, self.box))
        return rows.filter(*self.conditions).order_by("pk")

    def page(self) -> "QuerySet[Any]":
        """The rows of this page, and one more when another follows."""
        return self.rows().filter(pk__gt=self.after)[: self.limit + 1]

    def rows_then(self) -> "QuerySet[Any]":
        """Everything there is at the asked time. Without a past everything holds at any time."""
        facts = self.collection.facts
        if isinstance(self.time, Interval) and facts.during is not None:
            return facts.during(self.time.start, self.time.end, self.known)
        held = self.time.at if isinstance(self.time, Instant) else self.known
        if facts.as_of is None or held is None:
            return self.collection.source.rows
        return facts.as_of(AsOf(held, self.known, {"valid": held.isoformat()}))


def parameters_of(collection: Collection) -> list[str]:
    """Every parameter of the items; a field that is called as one of ours is reached by `filter` only."""
    own = [*PAGING, *(PAST if collection.has_past else ())]
    return [*own, *(field.name for field in equality_fields(collection))]


def item_parameters_of(collection: Collection) -> list[str]:
    return [*ITEM, *(PAST if collection.has_past else ())]


def equality_fields(collection: Collection) -> list[OgcField]:
    """Fields that an address may ask for by `name=value`."""
    taken = {"f", *PAGING, *PAST, collection.source.geometry}
    return [one for one in collection.fields.values() if one.kind != Kind.JSON and one.name not in taken]


def question_from(asked: Asked, collection: Collection) -> Question:
    """Raises BadValue, UnknownParameter, RepeatedParameter."""
    given = asked.parameters(parameters_of(collection))
    box_crs = crs_named("bbox-crs", given["bbox-crs"]) if "bbox-crs" in given else crs84()
    equal = [
        equality(field, given[field.name]) for field in equality_fields(collection) if field.name in given
    ]
    return Question(
        collection,
        crs=_crs(given),
        limit=_limit(given.get("limit", "")) if "limit" in given else LIMIT,
        after=_after(given["after"]) if "after" in given else 0,
        box=parse_box(given["bbox"], box_crs) if "bbox" in given else None,
        time=parse_time("datetime", given["datetime"]) if "datetime" in given else None,
        known=_known(given),
        conditions=[*equal, *_filters(given, collection)],
    )


def item_question_from(asked: Asked, collection: Collection) -> Question:
    """What may be asked of one item: its system and, where the past is kept, its time."""
    given = asked.parameters(item_parameters_of(collection))
    time = Instant(parse_instant("datetime", given["datetime"])) if "datetime" in given else None
    return Question(collection, crs=_crs(given), time=time, known=_known(given))


def _filters(given: dict[str, str], collection: Collection) -> Iterator[Sql]:
    language = given.get("filter-lang", LANGUAGES[0])
    if language not in LANGUAGES:
        hint = _("Choose one of: %(choices)s.") % {"choices": ", ".join(LANGUAGES)}
        raise bad_value("filter-lang", language, hint)
    crs = crs_named("filter-crs", given["filter-crs"]) if "filter-crs" in given else crs84()
    if "filter" in given:
        yield condition_from(collection, given["filter"], language, crs)


def equality(field: OgcField, text: str) -> Sql:
    same = Sql("({0} = {1})", field.value(), Value(_value(field, text)), output=BooleanField())
    return (
        same if field.by_index is None else Sql("({0} AND {1})", same, field.by_index, output=BooleanField())
    )


def _value(field: OgcField, text: str) -> Any:
    """The text as a value of the field's kind. Raises BadValue."""
    try:
        if field.is_number:
            return float(text)
        if field.kind == Kind.TRUTH:
            return TRUTHS[text.lower()]
        if not field.is_text and field.kind == Kind.MOMENT:
            return parse_instant(field.name, text)
        if not field.is_text and field.kind == Kind.DAY:
            return parse_date(text) or _refuse(field, text)
    except (ValueError, KeyError):
        _refuse(field, text)
    return text


def _refuse(field: OgcField, text: str) -> Any:
    raise bad_value(field.name, text, _("Its values are of another kind; see /queryables of the collection."))


def _crs(given: dict[str, str]) -> Crs:
    return crs_named("crs", given["crs"]) if "crs" in given else crs84()


def _known(given: dict[str, str]) -> datetime | None:
    return parse_instant("known", given["known"]) if "known" in given else None


def _limit(text: str) -> int:
    """More than the most is the most."""
    if not (text.isascii() and text.isdigit()) or int(text[:12]) < 1:
        raise bad_value("limit", text, _("Write a whole number from 1."))
    return min(int(text[:12]), MOST)


def _after(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise bad_value("after", text, _("Follow the link “next” of the page before."))
    return int(text)
