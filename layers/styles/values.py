"""Values in expressions, compared and turned as MapLibre does."""

import math
from typing import Any

from layers.styles.colors import Color, color_of
from layers.styles.expressions import Undrawable


def as_text(value: Any) -> str:
    """As JavaScript writes it: 2.0 is "2", nothing is blank."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def number_from(value: Any) -> float | None:
    if value is None or isinstance(value, bool):
        return float(bool(value))
    if isinstance(value, int | float):
        return float(value)
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def color_from(value: Any) -> Color | None:
    if isinstance(value, Color):
        return value
    return color_of(value) if isinstance(value, str) else None


def truth(value: Any) -> bool:
    """Raises Undrawable for what is neither true nor false."""
    if not isinstance(value, bool):
        raise Undrawable
    return value


def equal(one: Any, two: Any) -> bool:
    """Without turning: "1" is not 1, and nothing is equal to nothing."""
    if isinstance(one, bool) or isinstance(two, bool):
        return one is two
    if isinstance(one, int | float) and isinstance(two, int | float):
        return float(one) == float(two)
    return type(one) is type(two) and bool(one == two)


def ordered(one: Any, two: Any) -> int:
    """Below, at or above zero, for two numbers or two texts. Raises Undrawable otherwise."""
    numbers = all(isinstance(value, int | float) and not isinstance(value, bool) for value in (one, two))
    if not numbers and not (isinstance(one, str) and isinstance(two, str)):
        raise Undrawable
    return int(one > two) - int(one < two)
