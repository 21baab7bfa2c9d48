"""Comparing values: by code point for texts, by number, by time; what cannot be compared is said."""

from typing import Any

from django.db.models import BooleanField
from django.utils.translation import gettext as _

from layers.exports.fields import Kind
from layers.ogcapi.filters.terms import Context, Term, as_time, truth
from layers.ogcapi.sql import Sql

EQUALITY = ("=", "<>")
OPERATORS = (*EQUALITY, "<", "<=", ">", ">=")


def compare(context: Context, operator: str, left: Term, right: Term) -> Sql:
    """`left operator right`; NULL where either is nothing."""
    if left.is_time or right.is_time:
        left, right = (as_time(context, operator, term) for term in (left, right))
    elif left.kind != right.kind:
        kinds = {"left": left.kind, "right": right.kind}
        raise context.wrong(operator, _("%(left)s is compared with %(right)s") % kinds)
    if left.kind == Kind.JSON:
        raise context.wrong(operator, _("lists are compared by the functions that begin with A_"))
    if left.kind == Kind.TEXT and operator not in EQUALITY:
        return truth(f'({{0}} COLLATE "C" {operator} {{1}} COLLATE "C")', left.sql, right.sql)
    return found_by_index(truth(f"({{0}} {operator} {{1}})", left.sql, right.sql), left, right)


def is_one_of(context: Context, value: Term, choices: list[Term]) -> Sql:
    """`value` equals one of `choices`."""
    if any(term.kind != Kind.TEXT for term in (value, *choices)):
        same = [compare(context, "=", value, choice) for choice in choices]
        return truth(f"({' OR '.join(f'{{{number}}}' for number in range(len(same)))})", *same)
    slots = ", ".join(f"{{{number}}}" for number in range(1, len(choices) + 1))
    return found_by_index(truth(f"({{0}} IN ({slots}))", value.sql, *(one.sql for one in choices)), value)


def found_by_index(condition: Sql, *terms: Term) -> Sql:
    """The condition, with what lets the planner look it up, where one of the terms is what rows are called by."""
    index = next((term.by_index for term in terms if term.by_index is not None), None)
    return condition if index is None else Sql("({0} AND {1})", condition, index, output=BooleanField())


def like(context: Context, left: Term, right: Term) -> Sql:
    if left.kind != Kind.TEXT or right.kind != Kind.TEXT:
        raise context.wrong("like", _("only texts are like a pattern"))
    if _ends_with_escape(right.given):
        raise context.wrong("like", _("the pattern ends with a backslash"))
    return truth("({0} LIKE {1})", left.sql, right.sql)


def _ends_with_escape(pattern: Any) -> bool:
    text = str(pattern or "")
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1
