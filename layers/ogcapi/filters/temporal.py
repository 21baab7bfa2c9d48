"""Temporal functions: every value is a period closed at both ends; a moment begins and ends at once, a day lasts."""

from typing import Any

from django.db.models import DateTimeField, Value
from django.utils.translation import gettext as _

from layers.ogcapi.filters.terms import Context, Expression, Term, as_time, day, moment, truth
from layers.ogcapi.sql import Sql

# {0} and {1} are the start and end of the first period, {2} and {3} of the second.
RELATIONS = {
    "t_after": "{0} > {3}",
    "t_before": "{1} < {2}",
    "t_contains": "{0} < {2} AND {1} > {3}",
    "t_disjoint": "NOT ({0} <= {3} AND {1} >= {2})",
    "t_during": "{0} > {2} AND {1} < {3}",
    "t_equals": "{0} = {2} AND {1} = {3}",
    "t_finishedby": "{0} < {2} AND {1} = {3}",
    "t_finishes": "{0} > {2} AND {1} = {3}",
    "t_intersects": "{0} <= {3} AND {1} >= {2}",
    "t_meets": "{1} = {2}",
    "t_metby": "{0} = {3}",
    "t_overlappedby": "{0} > {2} AND {0} < {3} AND {1} > {3}",
    "t_overlaps": "{0} < {2} AND {1} > {2} AND {1} < {3}",
    "t_startedby": "{0} = {2} AND {1} > {3}",
    "t_starts": "{0} = {2} AND {1} < {3}",
}
Period = tuple[Expression, Expression]


def relation(context: Context, name: str, periods: list[Period]) -> Sql:
    if len(periods) != 2:
        raise context.wrong(name, _("it takes two times"))
    (start, end), (other_start, other_end) = periods
    return truth(f"({RELATIONS[name.lower()]})", start, end, other_start, other_end)


def period_of(context: Context, name: str, term: Term) -> Period:
    time = as_time(context, name, term)
    return time.sql, time.end or time.sql


def interval(context: Context, ends: list[Any], term_of: Any) -> Period:
    """The ends of {"interval": […]}: texts, `..` for open, or fields."""
    if len(ends) != 2:
        raise context.wrong("interval", _("it has a start and an end"))
    start, end = (_edge(context, part, term_of) for part in ends)
    return (
        start.sql if start else _endless("-infinity"),
        (end.end or end.sql) if end else _endless("infinity"),
    )


def _edge(context: Context, part: Any, term_of: Any) -> Term | None:
    if part == "..":
        return None
    if isinstance(part, str):
        return day(context, part) if len(part) == len("2024-03-01") else moment(context, part)
    return as_time(context, "interval", term_of(part))


def _endless(word: str) -> Sql:
    return Sql("CAST({0} AS timestamptz)", Value(word), output=DateTimeField())
