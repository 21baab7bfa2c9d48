"""Functions of lists, read as sets: what a row holds that is no list is in no relation."""

import json
from typing import Any

from django.db.models import JSONField, Value
from django.utils.translation import gettext as _

from layers.exports.fields import Kind
from layers.ogcapi.filters.terms import Context, Expression, Term, truth
from layers.ogcapi.sql import Sql

RELATIONS = {
    "a_equals": "{0} @> {1} AND {0} <@ {1}",
    "a_contains": "{0} @> {1}",
    "a_containedby": "{0} <@ {1}",
    "a_overlaps": "EXISTS (SELECT 1 FROM jsonb_array_elements({0}) AS one WHERE {1} @> jsonb_build_array(one))",
}
LISTS = "jsonb_typeof({0}) = 'array' AND jsonb_typeof({1}) = 'array'"


def relation(context: Context, name: str, lists: list[Expression]) -> Sql:
    if len(lists) != 2:
        raise context.wrong(name, _("it takes two lists"))
    return truth(f"CASE WHEN {LISTS} THEN {RELATIONS[name.lower()]} END", *lists)


def list_of(context: Context, name: str, part: Any, term: Term | None) -> Expression:
    """A list of values as they stand, or a field that holds lists."""
    if isinstance(part, list):
        if not all(isinstance(value, str | int | float | bool) for value in part):
            raise context.wrong(name, _("its lists hold texts, numbers and truths"))
        return Sql("CAST({0} AS jsonb)", Value(json.dumps(part)), output=JSONField())
    if term is None or term.kind != Kind.JSON:
        raise context.wrong(name, _("it takes lists"))
    return term.sql
