"""Conditions of rules in CQL2, as MapLibre expressions and as OGC filters for SLD.

Only what both can say: comparisons of a field with a value, between, in, like, is null, and, or, not.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.errors import PortalError
from layers.exports.fields import Kind
from layers.ogcapi.filters.reading import TEXT, parts, tree_of
from layers.styles.problems import BadStyle, shown

Kinds = Mapping[str, Kind]
Expression = list[Any]
COMPARISONS = {"=": "==", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
NUMBERS = (Kind.NUMBER, Kind.WHOLE)


@dataclass(frozen=True)
class Test:
    """One condition: `name` is a key of COMPARISONS, or and, or, not, in, like, null; `parts` are further conditions
    of the first three, `values` the values compared with."""

    name: str
    field: str = ""
    values: tuple[Any, ...] = ()
    parts: tuple["Test", ...] = ()
    kind: Kind = Kind.TEXT


def test_of(text: str, kinds: Kinds, place: str) -> Test:
    """The condition, read and checked against the fields. Raises BadStyle with the place and what is wrong."""
    try:
        tree = tree_of(text, TEXT)
    except PortalError as error:
        raise BadStyle(place, str(error)) from error
    return _Reader(kinds, place).test(tree)


@dataclass(frozen=True)
class _Reader:
    kinds: Kinds
    place: str

    def test(self, node: Any) -> Test:
        if not isinstance(node, dict) or "op" not in node:
            raise BadStyle(self.place, _("Compare a field with a value, such as far > 0.8."))
        name, args = str(node["op"]).lower(), list(node.get("args") or [])
        if name in ("and", "or", "not"):
            return Test(name, parts=tuple(self.test(part) for part in args))
        if name in COMPARISONS and len(args) == 2:
            return self._comparison(name, *args)
        if name == "between" and len(args) == 3:
            low, high = self._test(">=", args[0], args[1]), self._test("<=", args[0], args[2])
            return Test("and", parts=(low, high))
        if name == "in" and len(args) == 2 and isinstance(args[1], list):
            return self._test("in", args[0], *args[1])
        if name == "isnull" and len(args) == 1:
            return self._test("null", args[0])
        if name == "like" and len(args) == 2:
            return self._like(*args)
        raise BadStyle(self.place, _("“%s” cannot be used in the rules of a look.") % shown(name))

    def _comparison(self, name: str, one: Any, two: Any) -> Test:
        if _is_field(two) and not _is_field(one):
            one, two, name = two, one, TURNED.get(name, name)
        return self._test(name, one, two)

    def _like(self, field: Any, pattern: Any) -> Test:
        inner = str(pattern).strip("%")
        if not inner or any(sign in inner for sign in "%_\\"):
            raise BadStyle(self.place, _("Here “like” knows 'text%', '%text' and '%text%'."))
        test = self._test("like", field, pattern)
        if test.kind in NUMBERS:
            raise BadStyle(self.place, _("“like” compares texts."))
        return test

    def _test(self, name: str, field: Any, *values: Any) -> Test:
        if not _is_field(field):
            raise BadStyle(self.place, _("Compare a field with a value, such as far > 0.8."))
        called = str(field["property"])
        kind = self.kinds.get(called)
        if kind is None:
            raise BadStyle(self.place, _("There is no field “%s”.") % shown(called))
        return Test(name, called, tuple(self._value(value, called, kind) for value in values), kind=kind)

    def _value(self, given: Any, field: str, kind: Kind) -> Any:
        value = given.get("date") or given.get("timestamp") if isinstance(given, dict) else given
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        wanted = bool if kind == Kind.TRUTH else str
        if not (is_number if kind in NUMBERS else isinstance(value, wanted)):
            raise BadStyle(
                self.place,
                _("The field “%(field)s” cannot be compared with “%(value)s”.")
                % {"field": shown(field), "value": shown(given)},
            )
        return value


def _is_field(node: Any) -> bool:
    return isinstance(node, dict) and isinstance(node.get("property"), str)


def not_true(test: Test) -> Test:
    """What holds where the condition is false or, because a field holds nothing, neither true nor false."""
    if test.name in ("and", "or"):
        return Test("or" if test.name == "and" else "and", parts=tuple(not_true(part) for part in test.parts))
    if test.name == "not":
        return _not_false(test.parts[0])
    denied = Test("not", parts=(test,))
    return denied if test.name == "null" else Test("or", parts=(Test("null", test.field), denied))


def _not_false(test: Test) -> Test:
    if test.name in ("and", "or"):
        return Test(test.name, parts=tuple(_not_false(part) for part in test.parts))
    if test.name == "not":
        return not_true(test.parts[0])
    return test if test.name == "null" else Test("or", parts=(Test("null", test.field), test))


def fields_named(text: str) -> set[str]:
    """The fields of a condition, whether there are such or not; none where it cannot be read."""
    try:
        found = parts(tree_of(text, TEXT))
    except PortalError:
        return set()
    return {str(part["property"]) for part in found if _is_field(part)}


def expression_of(test: Test) -> Expression:
    """The condition for the browser; false, as in SQL, where a compared field holds nothing."""
    if test.name in ("and", "or"):
        joined = [expression_of(part) for part in test.parts]
        return ["all" if test.name == "and" else "any", *joined]
    if test.name == "not":
        return ["!", expression_of(_not_false(test.parts[0]))]
    if test.name == "null":
        return ["!", _has(test.field)]
    return ["all", _has(test.field), _asked(test)]


def _asked(test: Test) -> Expression:
    if test.name == "in":
        return ["in", _read(test), ["literal", list(test.values)]]
    if test.name == "like":
        return _alike(["to-string", ["get", test.field]], str(test.values[0]))
    return [COMPARISONS[test.name], _read(test), test.values[0]]


def _alike(text: Expression, pattern: str) -> Expression:
    inner = pattern.strip("%")
    if pattern.startswith("%") and pattern.endswith("%"):
        return ["in", inner, text]
    if pattern.startswith("%"):
        return ["==", ["slice", text, ["max", 0, ["-", ["length", text], _letters(inner)]]], inner]
    if pattern.endswith("%"):
        return ["==", ["slice", text, 0, _letters(inner)], inner]
    return ["==", text, inner]


def _letters(text: str) -> int:
    """As JavaScript counts them."""
    return len(text.encode("utf-16-le")) // 2


def _has(field: str) -> Expression:
    return ["has", field]


def _read(test: Test) -> Expression:
    """The field as its kind; the fallback is nothing that is ever compared with."""
    if test.kind in NUMBERS:
        return ["to-number", ["get", test.field]]
    return ["get", test.field] if test.kind == Kind.TRUTH else ["to-string", ["get", test.field]]
