"""The operators of MapLibre expressions that looks are made of: a table of how each is compiled."""

import math
from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from layers.styles.colors import Color
from layers.styles.expressions import Ask, Operator, Scene, Undrawable, compiled, constant, counted, parts
from layers.styles.problems import BadStyle
from layers.styles.ramps import interpolate, step
from layers.styles.values import as_text, color_from, equal, number_from, ordered, truth


def _literal(arguments: Sequence[Any], place: str) -> Ask:
    counted(arguments, place, 1, 1)
    return constant(arguments[0])


def _get(arguments: Sequence[Any], place: str) -> Ask:
    counted(arguments, place, 1, 1)
    (name,) = parts(arguments, place)
    return lambda scene: scene.properties.get(as_text(name(scene)))


def _has(arguments: Sequence[Any], place: str) -> Ask:
    counted(arguments, place, 1, 1)
    (name,) = parts(arguments, place)
    return lambda scene: scene.properties.get(as_text(name(scene))) is not None


def _in(arguments: Sequence[Any], place: str) -> Ask:
    counted(arguments, place, 2, 2)
    wanted, holder = parts(arguments, place)

    def ask(scene: Scene) -> bool:
        value, among = wanted(scene), holder(scene)
        if isinstance(among, str):
            return as_text(value) in among
        if isinstance(among, list):
            return any(equal(value, item) for item in among)
        raise Undrawable

    return ask


def _case(arguments: Sequence[Any], place: str) -> Ask:
    counted(arguments, place, 3)
    asked = parts(arguments, place)
    if len(asked) % 2 == 0:
        raise BadStyle(place, _("A “case” ends with what holds otherwise."))
    pairs = list(zip(asked[:-1:2], asked[1::2], strict=True))

    def ask(scene: Scene) -> Any:
        chosen = next((result for test, result in pairs if truth(test(scene))), asked[-1])
        return chosen(scene)

    return ask


def _match(arguments: Sequence[Any], place: str) -> Ask:
    counted(arguments, place, 2)
    if len(arguments) % 2:
        raise BadStyle(place, _("A “match” ends with what holds otherwise."))
    value, other = compiled(arguments[0], f"{place}[1]"), compiled(arguments[-1], f"{place}[-1]")
    table: dict[Any, Ask] = {}
    for index in range(1, len(arguments) - 1, 2):
        result = compiled(arguments[index + 1], f"{place}[{index + 2}]")
        for label in _labels(arguments[index], f"{place}[{index + 1}]"):
            table.setdefault(label, result)

    def ask(scene: Scene) -> Any:
        found = value(scene)
        known = isinstance(found, str | int | float) and not isinstance(found, bool)
        return (table.get(found, other) if known else other)(scene)

    return ask


def _labels(given: Any, place: str) -> list[str | float]:
    labels = given if isinstance(given, list) else [given]
    if not all(isinstance(label, str | int | float) and not isinstance(label, bool) for label in labels):
        raise BadStyle(place, _("A “match” compares with texts and numbers."))
    return labels


def _coalesce(arguments: Sequence[Any], place: str) -> Ask:
    counted(arguments, place, 1)
    asked = parts(arguments, place)
    return lambda scene: next((value for part in asked if (value := part(scene)) is not None), None)


def _all(arguments: Sequence[Any], place: str) -> Ask:
    asked = parts(arguments, place)
    return lambda scene: all(truth(part(scene)) for part in asked)


def _any(arguments: Sequence[Any], place: str) -> Ask:
    asked = parts(arguments, place)
    return lambda scene: any(truth(part(scene)) for part in asked)


def _to_number(arguments: Sequence[Any], place: str) -> Ask:
    counted(arguments, place, 1)
    asked = parts(arguments, place)

    def ask(scene: Scene) -> float:
        found = (number_from(part(scene)) for part in asked)
        number = next((value for value in found if value is not None), None)
        if number is None:
            raise Undrawable
        return number

    return ask


def _to_color(arguments: Sequence[Any], place: str) -> Ask:
    counted(arguments, place, 1)
    asked = parts(arguments, place)
    return lambda scene: next((value for part in asked if color_from(value := part(scene))), None)


def _only(*kinds: type) -> Operator:
    """An assertion: the first argument that is of the kind."""

    def compile_assertion(arguments: Sequence[Any], place: str) -> Ask:
        counted(arguments, place, 1)
        asked = parts(arguments, place)

        def ask(scene: Scene) -> Any:
            for part in asked:
                value = part(scene)
                if isinstance(value, kinds) and (bool in kinds or not isinstance(value, bool)):
                    return value
            raise Undrawable

        return ask

    return compile_assertion


def _format(arguments: Sequence[Any], place: str) -> Ask:
    """The texts of a formatted label; how parts of it are set is left aside."""
    asked = [
        compiled(value, f"{place}[{index}]")
        for index, value in enumerate(arguments, start=1)
        if not isinstance(value, dict)
    ]
    return lambda scene: "".join(as_text(part(scene)) for part in asked)


def _applied(function: Callable[..., Any], least: int, most: int | None = None) -> Operator:
    """An operator that is a function of the values of its arguments."""

    def compile_function(arguments: Sequence[Any], place: str) -> Ask:
        counted(arguments, place, least, most)
        asked = parts(arguments, place)

        def ask(scene: Scene) -> Any:
            try:
                return function(*(part(scene) for part in asked))
            except (TypeError, ValueError, ArithmeticError, LookupError) as error:
                raise Undrawable from error

        return ask

    return compile_function


def _of_numbers(function: Callable[..., float], least: int, most: int | None = None) -> Operator:
    def checked(*values: Any) -> float:
        if any(isinstance(value, bool) or not isinstance(value, int | float) for value in values):
            raise Undrawable
        result = function(*values)
        if isinstance(result, complex):
            raise Undrawable
        return result

    return _applied(checked, least, most)


def _at(index: float, items: Sequence[Any]) -> Any:
    if index < 0:
        raise Undrawable
    return items[int(index)]


def _power(base: float, exponent: float) -> float:
    return math.pow(base, exponent)


def _rounded(value: float) -> float:
    return math.floor(abs(value) + 0.5) * (1 if value >= 0 else -1)


OPERATORS: dict[str, Operator] = {
    "literal": _literal,
    "get": _get,
    "has": _has,
    "in": _in,
    "at": _applied(_at, 2, 2),
    "length": _applied(len, 1, 1),
    "slice": _applied(
        lambda items, start, end=None: items[int(start) : None if end is None else int(end)], 2, 3
    ),
    "case": _case,
    "match": _match,
    "coalesce": _coalesce,
    "all": _all,
    "any": _any,
    "!": _applied(lambda value: not truth(value), 1, 1),
    "==": _applied(equal, 2, 2),
    "!=": _applied(lambda one, two: not equal(one, two), 2, 2),
    "<": _applied(lambda one, two: ordered(one, two) < 0, 2, 2),
    "<=": _applied(lambda one, two: ordered(one, two) <= 0, 2, 2),
    ">": _applied(lambda one, two: ordered(one, two) > 0, 2, 2),
    ">=": _applied(lambda one, two: ordered(one, two) >= 0, 2, 2),
    "step": step,
    "interpolate": interpolate,
    "concat": _applied(lambda *values: "".join(as_text(value) for value in values), 1),
    "upcase": _applied(lambda text: as_text(text).upper(), 1, 1),
    "downcase": _applied(lambda text: as_text(text).lower(), 1, 1),
    "to-string": _applied(as_text, 1, 1),
    "to-number": _to_number,
    "to-boolean": _applied(bool, 1, 1),
    "to-color": _to_color,
    "string": _only(str),
    "number": _only(int, float),
    "boolean": _only(bool),
    "format": _format,
    "image": _applied(as_text, 1, 1),
    "geometry-type": lambda arguments, place: lambda scene: scene.geometry,
    "zoom": lambda arguments, place: lambda scene: scene.zoom,
    "rgb": _applied(Color, 3, 3),
    "rgba": _applied(Color, 4, 4),
    "+": _of_numbers(lambda *values: math.fsum(values), 1),
    "*": _of_numbers(lambda *values: math.prod(values), 1),
    "-": _of_numbers(lambda one, two=None: -one if two is None else one - two, 1, 2),
    "/": _of_numbers(lambda one, two: one / two, 2, 2),
    "%": _of_numbers(math.fmod, 2, 2),
    "^": _of_numbers(_power, 2, 2),
    "min": _of_numbers(lambda *values: min(values), 1),
    "max": _of_numbers(lambda *values: max(values), 1),
    "abs": _of_numbers(abs, 1, 1),
    "ceil": _of_numbers(math.ceil, 1, 1),
    "floor": _of_numbers(math.floor, 1, 1),
    "round": _of_numbers(_rounded, 1, 1),
    "sqrt": _of_numbers(math.sqrt, 1, 1),
    "ln": _of_numbers(math.log, 1, 1),
    "log10": _of_numbers(math.log10, 1, 1),
}
