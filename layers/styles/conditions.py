"""Filters of fragments: expressions, and the older form `["==", "kind", "park"]`."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from layers.styles.expressions import Scene, Undrawable, compiled
from layers.styles.problems import BadStyle, shown
from layers.styles.values import equal, ordered, truth

Condition = Callable[[Scene], bool]
Test = Callable[[Any, Any], bool]

COMPARED: dict[str, Test] = {
    "==": equal,
    "!=": lambda one, two: not equal(one, two),
    "<": lambda one, two: ordered(one, two) < 0,
    "<=": lambda one, two: ordered(one, two) <= 0,
    ">": lambda one, two: ordered(one, two) > 0,
    ">=": lambda one, two: ordered(one, two) >= 0,
}
OLD_ONLY = ("!in", "!has", "none")


def condition(given: Any, place: str) -> Condition:
    """What a fragment's filter asks; None is always true. Raises BadStyle."""
    if given is None or given is True:
        return lambda scene: True
    asked = _of_expression(given, place) if is_expression(given) else _of_old_form(given, place)

    def ask(scene: Scene) -> bool:
        try:
            return asked(scene)
        except Undrawable:
            return False

    return ask


def is_expression(given: Any) -> bool:
    """Whether MapLibre would read the filter as an expression, by its own rule."""
    if isinstance(given, bool):
        return True
    if not isinstance(given, list) or not given or given[0] in OLD_ONLY:
        return False
    name = given[0]
    if name in ("all", "any"):
        return all(is_expression(part) for part in given[1:])
    if name in COMPARED:
        return len(given) != 3 or isinstance(given[1], list) or isinstance(given[2], list)
    if name == "in":
        return len(given) >= 3 and (not isinstance(given[1], str) or isinstance(given[2], list))
    if name == "has":
        return len(given) >= 2 and given[1] not in ("$id", "$type")
    return True


def _of_expression(given: Any, place: str) -> Condition:
    asked = compiled(given, place)
    return lambda scene: truth(asked(scene))


def _of_old_form(given: Any, place: str) -> Condition:
    if not isinstance(given, list) or not given or not isinstance(given[0], str):
        raise BadStyle(place, _("A filter is a list that begins with the name of a test."))
    name, rest = given[0], given[1:]
    if name in ("all", "any", "none"):
        return _joined(name, [condition(part, f"{place}[{at}]") for at, part in enumerate(rest, start=1)])
    if not rest or not isinstance(rest[0], str):
        raise BadStyle(place, _("A filter of the older form names a field."))
    field = rest[0]
    if name in COMPARED and len(rest) == 2:
        return lambda scene: COMPARED[name](_value(scene, field), rest[1])
    if name in ("in", "!in"):
        return _negated(_among(field, rest[1:]), name == "!in")
    if name in ("has", "!has"):
        return _negated(lambda scene: _value(scene, field) is not None, name == "!has")
    raise BadStyle(place, _("There is no filter called “%s” here.") % shown(name))


def _joined(name: str, tests: Sequence[Condition]) -> Condition:
    if name == "all":
        return lambda scene: all(test(scene) for test in tests)
    return _negated(lambda scene: any(test(scene) for test in tests), name == "none")


def _negated(test: Condition, wanted: bool) -> Condition:
    return (lambda scene: not test(scene)) if wanted else test


def _among(field: str, values: Sequence[Any]) -> Condition:
    return lambda scene: any(equal(_value(scene, field), value) for value in values)


def _value(scene: Scene, field: str) -> Any:
    return scene.geometry if field == "$type" else scene.properties.get(field)
