"""`step` and `interpolate`: values along numbers, most often along the zoom."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext_lazy as _

from layers.styles.expressions import Ask, Scene, Undrawable, compiled, counted
from layers.styles.problems import BadStyle
from layers.styles.values import color_from

Stops = tuple[list[float], list[Ask]]


def step(arguments: Sequence[Any], place: str) -> Ask:
    counted(arguments, place, 2)
    if len(arguments) % 2:
        raise BadStyle(place, _("A “step” needs a value for every stop."))
    along, first = compiled(arguments[0], f"{place}[1]"), compiled(arguments[1], f"{place}[2]")
    inputs, outputs = _stops(arguments[2:], place)
    values = [first, *outputs]
    return lambda scene: values[bisect_right(inputs, _number(along, scene))](scene)


def interpolate(arguments: Sequence[Any], place: str) -> Ask:
    counted(arguments, place, 4)
    if len(arguments) % 2:
        raise BadStyle(place, _("An “interpolate” needs a value for every stop."))
    base, along = _base(arguments[0], place), compiled(arguments[1], f"{place}[2]")
    inputs, outputs = _stops(arguments[2:], place)

    def ask(scene: Scene) -> Any:
        at = _number(along, scene)
        after = bisect_right(inputs, at)
        if after == 0 or after == len(inputs):
            return outputs[max(after - 1, 0)](scene)
        share = _share(base, at, inputs[after - 1], inputs[after])
        return _between(outputs[after - 1](scene), outputs[after](scene), share)

    return ask


def _stops(given: Sequence[Any], place: str) -> Stops:
    inputs = list(given[::2])
    if not all(isinstance(value, int | float) and not isinstance(value, bool) for value in inputs):
        raise BadStyle(place, _("The stops of a ramp are numbers."))
    if any(one >= two for one, two in pairwise(inputs)):
        raise BadStyle(place, _("The stops of a ramp must rise."))
    return inputs, [compiled(value, f"{place}[{index}]") for index, value in enumerate(given[1::2])]


def _base(kind: Any, place: str) -> float:
    if kind == ["linear"]:
        return 1.0
    well_formed = isinstance(kind, list) and len(kind) == 2 and kind[0] == "exponential"
    if not well_formed or not isinstance(kind[1], int | float) or not 0 < kind[1] < 100:
        raise BadStyle(place, _("A ramp is linear or exponential."))
    return float(kind[1])


def _number(along: Ask, scene: Scene) -> float:
    value = along(scene)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise Undrawable
    return float(value)


def _share(base: float, at: float, low: float, high: float) -> float:
    if base == 1.0:
        return (at - low) / (high - low)
    return float((base ** (at - low) - 1) / (base ** (high - low) - 1))


def _between(low: Any, high: Any, share: float) -> Any:
    if isinstance(low, int | float) and isinstance(high, int | float):
        return low + (high - low) * share
    if isinstance(low, list) and isinstance(high, list) and len(low) == len(high):
        return [_between(one, two, share) for one, two in zip(low, high, strict=True)]
    one, two = color_from(low), color_from(high)
    if one is None or two is None:
        raise Undrawable
    return one.mixed(two, share)
