"""The tree of a filter becomes one condition in SQL; values are parameters, names come from the collection alone."""

from collections.abc import Mapping
from typing import Any

from django.db.models import F, Value
from django.utils.translation import gettext as _

from layers.exports.fields import Kind
from layers.ogcapi.collections import Collection
from layers.ogcapi.filters import arrays, spatial, temporal
from layers.ogcapi.filters.comparisons import OPERATORS, compare, is_one_of, like
from layers.ogcapi.filters.errors import UnknownFunction
from layers.ogcapi.filters.functions import called, function_named
from layers.ogcapi.filters.reading import position_of, tree_of
from layers.ogcapi.filters.terms import Context, Expression, Shape, Term, literal, term_of_field, truth
from layers.ogcapi.sql import Sql
from layers.ogcapi.systems import Crs

JUNCTIONS = {"and": " AND ", "or": " OR "}


def condition_from(collection: Collection, text: str, language: str, crs: Crs) -> Sql:
    """Raises a BadFilter that says what is wrong and where."""
    context = Context(text, collection.queried, collection.source.geometry, crs)
    return Compiler(context).predicate(tree_of(text, language))


class Compiler:
    """One filter. `predicate` makes what is true or false, `term` a value."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def predicate(self, node: Any) -> Sql:
        if isinstance(node, bool):
            return truth("{0}", Value(node))
        if isinstance(node, dict) and "op" in node:
            return self._operation(str(node["op"]), node.get("args") or [])
        term = self.term(node, "filter")
        if term.kind != Kind.TRUTH:
            raise self.context.wrong("filter", _("it is a value, and nothing that is true or false"))
        return truth("{0}", term.sql)

    def _operation(self, name: str, args: list[Any]) -> Sql:
        low = name.lower()
        if low in JUNCTIONS or low == "not":
            return self._junction(low, args)
        if low in OPERATORS or low in ("between", "in", "isnull", "like"):
            return self._comparison(low, args)
        if low in spatial.RELATIONS or low == spatial.DISJOINT:
            return spatial.relation(self.context, low, [self._shape(name, part) for part in args])
        if low in temporal.RELATIONS:
            return temporal.relation(self.context, name, [self._period(name, part) for part in args])
        if low in arrays.RELATIONS:
            return arrays.relation(self.context, name, [self._list(name, part) for part in args])
        raise self._unknown(name)

    def _junction(self, name: str, args: list[Any]) -> Sql:
        if not args or (name == "not" and len(args) != 1):
            raise self.context.wrong(name, _("it takes conditions"))
        conditions = [self.predicate(part) for part in args]
        slots = [f"{{{number}}}" for number in range(len(conditions))]
        text = f"NOT {slots[0]}" if name == "not" else JUNCTIONS[name].join(slots)
        return truth(f"({text})", *conditions)

    def _comparison(self, name: str, args: list[Any]) -> Sql:
        wanted = {"between": 3, "isnull": 1}.get(name, 2)
        if len(args) != wanted:
            raise self.context.wrong(name, _("it takes %(count)s values") % {"count": wanted})
        if name == "isnull":
            return truth("({0} IS NULL)", self._anything(args[0]))
        if name == "in":
            return self._in(args[0], args[1])
        terms = [self.term(part, name) for part in args]
        if name == "like":
            return like(self.context, terms[0], terms[1])
        if name == "between":
            lower = compare(self.context, ">=", terms[0], terms[1])
            return truth("({0} AND {1})", lower, compare(self.context, "<=", terms[0], terms[2]))
        return compare(self.context, name, terms[0], terms[1])

    def _in(self, value: Any, choices: Any) -> Sql:
        if not isinstance(choices, list) or not choices:
            raise self.context.wrong("in", _("it takes a list of values"))
        term = self.term(value, "in")
        return is_one_of(self.context, term, [self.term(choice, "in") for choice in choices])

    def term(self, node: Any, word: str) -> Term:
        """A field, a literal or what a function makes; `word` is the operation that needs it."""
        if isinstance(node, dict) and "property" in node:
            return term_of_field(self.context.field(str(node["property"])))
        if isinstance(node, dict) and "op" in node:
            return self._value(str(node["op"]), node.get("args") or [])
        if node is None or isinstance(node, list):
            raise self.context.wrong(word, _("it takes single values"))
        return literal(self.context, node)

    def _value(self, name: str, args: list[Any]) -> Term:
        function = function_named(name)
        if function is None:
            return Term(Kind.TRUTH, self._operation(name, args))
        return called(self.context, name, function, [self.term(part, name) for part in args])

    def _anything(self, node: Any) -> Expression:
        """What a row holds, of whichever kind."""
        if self._is_geometry(node):
            return F(self.context.geometry)
        if isinstance(node, Mapping) and "property" in node:
            return self.context.field(str(node["property"])).anything()
        return self.term(node, "isNull").sql

    def _shape(self, name: str, node: Any) -> Shape:
        if self._is_geometry(node):
            return Shape(None)
        shape = spatial.shape_of(self.context, node)
        if shape is not None:
            return shape
        if isinstance(node, Mapping) and "property" in node:
            self.context.field(str(node["property"]))
        if isinstance(node, Mapping) and "op" in node:
            raise self._unknown(str(node["op"]))
        raise self.context.wrong(
            name, _("it takes geometries, such as the field %(name)s") % {"name": self.context.geometry}
        )

    def _is_geometry(self, node: Any) -> bool:
        return isinstance(node, Mapping) and node.get("property") == self.context.geometry

    def _period(self, name: str, node: Any) -> temporal.Period:
        if isinstance(node, Mapping) and isinstance(node.get("interval"), list):
            return temporal.interval(self.context, node["interval"], lambda part: self.term(part, "interval"))
        return temporal.period_of(self.context, name, self.term(node, name))

    def _list(self, name: str, node: Any) -> Expression:
        term = None if isinstance(node, list) else self.term(node, name)
        return arrays.list_of(self.context, name, node, term)

    def _unknown(self, name: str) -> UnknownFunction:
        return UnknownFunction(word=name[:40], column=position_of(name, self.context.text))
