"""Figures of what was chosen: how many, how much ground, a number added up, and the same by class; one statement.

Areas and lengths are those of layers.measures: plane, in the storage CRS.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, FloatField, TextField, Value

from core.statements import statement
from layers.ogcapi.sql import Sql
from planning.table.chosen import Chosen

MOST_CLASSES = 40
LONGEST_CLASS = 200
AREA = "CASE WHEN ST_Dimension({0}) = 2 THEN ST_Area({0}) END"
LENGTH = "CASE WHEN ST_Dimension({0}) = 1 THEN ST_Length({0}) END"


@dataclass(frozen=True)
class Figures:
    """Square metres and metres; None where no row is a surface, or a line. `numbers` is how many rows hold a number;
    the rest is None where none does. `name` is the class, None for rows that hold none."""

    count: int = 0
    area: float | None = None
    length: float | None = None
    numbers: int = 0
    sum: float | None = None
    mean: float | None = None
    smallest: float | None = None
    largest: float | None = None
    name: str | None = None

    def written(self) -> dict[str, Any]:
        return vars(self).copy()


@dataclass(frozen=True)
class Told:
    """`classes` from the most frequent; `others` are the rows that are in none of them."""

    whole: Figures
    classes: list[Figures]
    others: int


def figures(chosen: Chosen, number: str = "", by: str = "") -> Told:
    """Of the field of numbers `number`, by classes of the field `by`; either may be blank. To be asked in
    `bounded()`. Raises NoSuchColumn, NoNumbers."""
    found = list(_asked(chosen, number, by))
    whole = found[0][1] if found else Figures()
    classes = [one for is_whole, one in found if not is_whole] if by else []
    return Told(whole, classes, whole.count - sum(one.count for one in classes) if by else 0)


def _asked(chosen: Chosen, number: str, by: str) -> Iterator[tuple[bool, Figures]]:
    field = chosen.numbers(number)
    shape = F(chosen.collection.source.geometry)
    rows = chosen.rows.order_by().annotate(
        table_class=_text(chosen.field(by).value()) if by else Value(None, output_field=TextField()),
        table_area=Sql(AREA, shape, output=FloatField(null=True)),
        table_length=Sql(LENGTH, shape, output=FloatField(null=True)),
        table_number=field.value() if field else Value(None, output_field=FloatField()),
    )
    asked = rows.values_list("table_class", "table_area", "table_length", "table_number")
    try:
        sql, params = asked.query.sql_with_params()
    except EmptyResultSet:
        return
    with connection.cursor() as cursor:
        cursor.execute(statement("planning", "table_figures").format(rows=sql, most=MOST_CLASSES), params)
        for is_whole, name, *values in cursor.fetchall():
            yield is_whole, _figures(name, values)


def _figures(name: str | None, values: list[Any]) -> Figures:
    count, area, length, numbers, total, mean, smallest, largest = values
    name = name and name[:LONGEST_CLASS]
    return Figures(count, area, length, numbers, total, mean, smallest, largest, name)


def _text(value: Any) -> Sql:
    return Sql("CAST({0} AS text)", value, output=TextField(null=True))
