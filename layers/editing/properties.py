"""Properties held against a layer's schema: what is wrong is said of the field, as the reader calls it."""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import SchemaError, ValidationError

from core.languages import entry_in_reader_language
from layers.editing.errors import Problem
from layers.models import Code

MOST_NAMED = 12
MOST_CODES = 5_000
Schema = Mapping[str, Any]


def title_of(name: str, entry: Schema) -> str:
    return entry_in_reader_language(entry, "title") or name


def problems_of(schema: Schema, wanted: Mapping[str, Any], before: Mapping[str, Any]) -> list[Problem]:
    """What does not fit. What stood so before is nobody's fault now: only what changes is asked."""
    declared: Mapping[str, Any] = schema.get("properties", {})
    found = [*_missing(schema, declared, wanted, before)]
    for name, value in wanted.items():
        if name in before and _same(before[name], value):
            continue
        found.extend(_field_problems(declared, name, value))
    return found


def _same(one: Any, other: Any) -> bool:
    """As JSON says it: there true is not 1."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _missing(
    schema: Schema, declared: Schema, wanted: Mapping[str, Any], before: Mapping[str, Any]
) -> Iterator[Problem]:
    new = not before
    for name in schema.get("required", ()):
        if name in declared and name not in wanted and (new or name in before):
            title = title_of(name, declared[name])
            yield Problem(name, _("“%(field)s” must be filled.") % {"field": title})


def _field_problems(declared: Schema, name: str, value: Any) -> Iterator[Problem]:
    if declared and name not in declared:
        known = ", ".join(list(declared)[:MOST_NAMED])
        told = {"field": name[:60], "known": known}
        yield Problem(name, _("“%(field)s” is no field of this layer; it has: %(known)s.") % told)
        return
    entry = declared.get(name, {})
    title = title_of(name, entry)
    try:
        wrong = next(Draft202012Validator(dict(entry)).iter_errors(value), None)
    except (SchemaError, re.error):
        return  # A schema that is none itself binds nobody.
    sentence = _sentence(wrong, title, value) if wrong is not None else _unfit(entry, title, value)
    if sentence:
        yield Problem(name, sentence)


TYPES: dict[str, Callable[[], str]] = {
    "string": lambda: _("“%(field)s” takes a text, not “%(given)s”."),
    "integer": lambda: _("“%(field)s” takes a whole number, not “%(given)s”."),
    "number": lambda: _("“%(field)s” takes a number, not “%(given)s”."),
    "boolean": lambda: _("“%(field)s” takes true or false, not “%(given)s”."),
    "array": lambda: _("“%(field)s” takes a list, not “%(given)s”."),
}
RULES: dict[str, Callable[[], str]] = {
    "enum": lambda: _("“%(field)s” takes one of: %(rule)s; not “%(given)s”."),
    "const": lambda: _("“%(field)s” is always “%(rule)s”, not “%(given)s”."),
    "minimum": lambda: _("“%(field)s” is at least %(rule)s, not “%(given)s”."),
    "exclusiveMinimum": lambda: _("“%(field)s” is more than %(rule)s, not “%(given)s”."),
    "maximum": lambda: _("“%(field)s” is at most %(rule)s, not “%(given)s”."),
    "exclusiveMaximum": lambda: _("“%(field)s” is less than %(rule)s, not “%(given)s”."),
    "multipleOf": lambda: _("“%(field)s” is a multiple of %(rule)s, not “%(given)s”."),
    "minLength": lambda: _("“%(field)s” has at least %(rule)s letters."),
    "maxLength": lambda: _("“%(field)s” has at most %(rule)s letters."),
    "pattern": lambda: _("“%(field)s” is not written as it must be (%(rule)s): “%(given)s”."),
}


def _sentence(wrong: ValidationError, title: str, value: Any) -> str:
    rule: Any = wrong.validator_value
    told = {"field": title, "given": _short(value), "rule": _short(rule)}
    if wrong.validator == "pattern" and isinstance(wrong.schema, Mapping) and wrong.schema.get("examples"):
        told["rule"] = _short(wrong.schema["examples"])
        return _("“%(field)s” is written like %(rule)s, not “%(given)s”.") % told
    if wrong.validator == "type":
        named = [rule] if isinstance(rule, str) else [str(one) for one in rule if one != "null"]
        return TYPES.get(named[0] if named else "", lambda: _("“%(field)s” takes no “%(given)s”."))() % told
    return RULES.get(str(wrong.validator), lambda: _("“%(field)s” takes no “%(given)s”."))() % told


def _unfit(entry: Schema, title: str, value: Any) -> str:
    """What JSON Schema leaves to others: days, moments and code lists. Blank when nothing is wrong."""
    told = {"field": title, "given": _short(value)}
    if isinstance(value, str) and not _is_written_as(str(entry.get("format", "")), value):
        return _("“%(field)s” takes a day such as 2024-03-01, not “%(given)s”.") % told
    codes = _codes(entry)
    if codes and value is not None and str(value) not in codes:
        told["rule"] = ", ".join(codes[:MOST_NAMED])
        return RULES["enum"]() % told
    return ""


def _is_written_as(kind: str, text: str) -> bool:
    try:
        if kind == "date":
            return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text)) and bool(date.fromisoformat(text))
        if kind == "date-time":
            return parse_datetime(text) is not None
    except ValueError:
        return False
    return True


def _codes(entry: Schema) -> list[str]:
    """The codes of the list that the field names, also those that hold no more: old plans use them."""
    slug = entry.get("codes")
    if not isinstance(slug, str) or not slug:
        return []
    rows = Code.objects.filter(code_list__slug=slug)
    return list(rows.order_by("position", "code").values_list("code", flat=True)[:MOST_CODES])


def _short(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value[:MOST_NAMED]))[:120]
    return str(value)[:80]


def merged(seen: Mapping[str, Any], patch: Mapping[str, Any]) -> dict[str, Any]:
    """A JSON merge patch (RFC 7396) of properties: null takes away, objects are merged, all else is replaced."""
    found = dict(seen)
    for name, value in patch.items():
        if value is None:
            found.pop(name, None)
        elif isinstance(value, Mapping):
            inner = found.get(name)
            found[name] = merged(inner if isinstance(inner, Mapping) else {}, value)
        else:
            found[name] = value
    return found


def filled(properties: Mapping[str, Any]) -> dict[str, Any]:
    """Without the empty ones: programs send null for a field that has no value."""
    return {name: value for name, value in properties.items() if value is not None}
