"""A page of the table: rows in an order, cells as the reader writes numbers and days."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import F, OrderBy, TextField, Value
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from layers.exports.fields import Kind
from layers.ogcapi.errors import bad_value
from layers.ogcapi.fields import OgcField
from layers.ogcapi.sql import Sql
from planning.maps.pages import page_of
from planning.table.chosen import Chosen
from planning.table.errors import TooFar

PAGE = 50
MOST_ROWS = 10_000
MOST_CORNERS = 400
LONGEST_CELL = 300
SHAPE = (
    "CASE WHEN ST_NPoints({0}) <= {1} THEN ST_AsGeoJSON(ST_Transform({0}, 4326), 6) "
    "ELSE ST_AsGeoJSON(ST_Transform(ST_Envelope({0}), 4326), 6) END"
)


@dataclass(frozen=True)
class Order:
    """`sort` is the name of a field, blank for the order in which rows are kept; `start` counts rows from 0."""

    sort: str = ""
    down: bool = False
    start: int = 0

    @classmethod
    def parse(cls, given: Mapping[str, str]) -> "Order":
        """Of `sort`, `down=1` and `start`. Raises BadValue, TooFar."""
        text = given.get("start", "").strip() or "0"
        if not (text.isascii() and text.isdigit()):
            raise bad_value("start", text, _("Write a whole number from 0."))
        if len(text) > 9 or int(text) >= MOST_ROWS:
            raise TooFar(most=MOST_ROWS)
        return cls(given.get("sort", ""), given.get("down", "") == "1", int(text))


@dataclass(frozen=True)
class Row:
    """`values` by name as they are, `cells` as people read them; `shape` is GeoJSON in degrees, the box around it where
    it has many corners, blank where there is none."""

    id: Any
    key: str
    values: dict[str, Any]
    cells: list[tuple[str, bool]]
    shape: str
    page: str

    def written(self) -> dict[str, Any]:
        shape = json.loads(self.shape) if self.shape else None
        return {"id": self.id, "key": self.key, "values": self.values, "shape": shape, "page": self.page}


@dataclass(frozen=True)
class Listing:
    columns: list[OgcField]
    rows: list[Row]
    has_more: bool


def columns_from(chosen: Chosen, names: list[str]) -> list[OgcField]:
    """The fields with these names in that order; all of them when none is named. Raises NoSuchColumn."""
    return [chosen.field(name) for name in dict.fromkeys(names)] or list(chosen.fields.values())


def listing(chosen: Chosen, columns: list[OgcField], order: Order, most: int = PAGE) -> Listing:
    """At most `most` rows from `order.start`. To be asked in `bounded()`."""
    most = min(most, MOST_ROWS - order.start)
    found = list(_rows(chosen, columns, order, most + 1))
    return Listing(columns, found[:most], len(found) > most)


def _rows(chosen: Chosen, columns: list[OgcField], order: Order, most: int) -> Iterator[Row]:
    source = chosen.collection.source
    values = {f"table_{number}": field.value() for number, field in enumerate(columns)}
    shape = Sql(SHAPE, F(source.web_geometry), Value(MOST_CORNERS), output=TextField(null=True))
    rows = chosen.rows.annotate(**values, table_key=F(source.key), table_shape=shape)
    if order.sort:
        rows = rows.annotate(table_order=chosen.field(order.sort).value())
    asked = rows.order_by(*_ordering(order)).values("pk", "table_key", "table_shape", *values)
    for row in asked[order.start : order.start + most]:
        told = {field.name: _plain(row[alias], field) for field, alias in zip(columns, values, strict=True)}
        yield Row(
            id=row["pk"],
            key=str(row["table_key"]),
            values=told,
            cells=[
                (cell(row[alias], field), field.is_number)
                for field, alias in zip(columns, values, strict=True)
            ],
            shape=row["table_shape"] or "",
            page=_page(chosen, row),
        )


def _page(chosen: Chosen, row: dict[str, Any]) -> str:
    page = page_of(chosen.collection.source, row["pk"], str(row["table_key"]))
    return page and page + chosen.moments.query


def _ordering(order: Order) -> list[OrderBy | str]:
    """What holds nothing comes last, whichever way."""
    if not order.sort:
        return ["pk"]
    return [OrderBy(F("table_order"), descending=order.down, nulls_last=True), "pk"]


def _plain(value: Any, field: OgcField) -> Any:
    """As JSON has it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    if field.is_number and isinstance(value, float) and value.is_integer():
        return int(value)
    return value if isinstance(value, int | float | str | bool | list | dict | None) else str(value)


def cell(value: Any, field: OgcField) -> str:
    """As people read it; blank where there is nothing."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value, "SHORT_DATE_FORMAT")
    if field.is_number:
        return str(number_format(_plain(value, field), force_grouping=False))
    if field.kind == Kind.JSON:
        return json.dumps(value, ensure_ascii=False)[:LONGEST_CELL]
    return str(value)[:LONGEST_CELL]
