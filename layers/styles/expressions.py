"""MapLibre expressions, compiled once and asked for every feature.

An expression that MapLibre would fail on while drawing raises `Undrawable` when asked, and the property's own default
is drawn, as in the browser. What is not an expression at all is refused when it is compiled, with its place.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from layers.styles.problems import BadStyle, shown

DEEPEST = 60


@dataclass(frozen=True)
class Scene:
    """What an expression is asked about; `geometry` is Point, LineString or Polygon."""

    properties: Mapping[str, Any]
    geometry: str
    zoom: float


Ask = Callable[[Scene], Any]
#: Compiles the arguments of an operator; the place is where it stands in the style.
Operator = Callable[[Sequence[Any], str], Ask]


class Undrawable(Exception):
    """The expression has no value for this feature."""


def compiled(value: Any, place: str = "") -> Ask:
    """The question that `value`, a constant or an expression, asks of a feature. Raises BadStyle."""
    if place.count("[") > DEEPEST:
        raise BadStyle(place, _("The expression is nested too deeply."))
    if isinstance(value, dict):
        raise BadStyle(place, _("Functions of the older form are not read here. Write an expression."))
    if not isinstance(value, list):
        return constant(value)
    if not value or not isinstance(value[0], str):
        raise BadStyle(place, _("An expression begins with the name of an operator."))
    return operator(value[0], place)(value[1:], place)


def operator(name: str, place: str) -> Operator:
    from layers.styles.operators import OPERATORS

    found = OPERATORS.get(name)
    if found is None:
        raise BadStyle(place, _("There is no expression called “%s” here.") % shown(name))
    return found


def constant(value: Any) -> Ask:
    return lambda scene: value


def parts(arguments: Sequence[Any], place: str) -> list[Ask]:
    return [compiled(value, f"{place}[{index}]") for index, value in enumerate(arguments, start=1)]


def counted(arguments: Sequence[Any], place: str, least: int, most: int | None = None) -> None:
    """Refuse too few or too many; `most` None: without end."""
    if len(arguments) < least or (most is not None and len(arguments) > most):
        raise BadStyle(place, _("This expression has the wrong number of arguments."))
