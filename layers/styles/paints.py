"""Properties of fragments as values of their own kind: colours, numbers, texts, dashes."""

import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from layers.styles.colors import Color
from layers.styles.expressions import Ask, Scene, Undrawable, compiled
from layers.styles.problems import BadStyle, shown
from layers.styles.values import as_text, color_from, number_from

TOKEN = re.compile(r"\{([^{}]{1,100})\}")


class Paint:
    """The paint (or layout) of one fragment. Each reader falls back to `default` where there is no value, as MapLibre
    does."""

    def __init__(self, given: Mapping[str, Any], read: Mapping[str, str], place: str) -> None:
        """Compile those of `given` that are in `read` (name → kind). Raises BadStyle."""
        self._asks: dict[str, Ask] = {}
        for name in read:
            if given.get(name) is not None:
                where = f"{place}.{name}"
                _check_constant(given[name], read[name], where)
                self._asks[name] = _compiled(given[name], read[name], where)

    def _value(self, name: str, scene: Scene) -> Any:
        ask = self._asks.get(name)
        try:
            return None if ask is None else ask(scene)
        except Undrawable:
            return None

    def __contains__(self, name: str) -> bool:
        return name in self._asks

    def number(self, name: str, scene: Scene, default: float) -> float:
        value = self._value(name, scene)
        return value if isinstance(value, int | float) and not isinstance(value, bool) else default

    def color(self, name: str, scene: Scene, default: Color) -> Color:
        return color_from(self._value(name, scene)) or default

    def text(self, name: str, scene: Scene) -> str:
        return as_text(self._value(name, scene))

    def numbers(self, name: str, scene: Scene) -> tuple[float, ...]:
        value = self._value(name, scene)
        found = [number_from(part) for part in value] if isinstance(value, list) else []
        return tuple(number for number in found if number is not None)


def _check_constant(value: Any, kind: str, place: str) -> None:
    if isinstance(value, list | dict):
        return
    if kind == "color" and color_from(value) is None:
        raise BadStyle(place, _("“%s” is no colour.") % shown(value))
    if kind == "number" and (isinstance(value, bool) or not isinstance(value, int | float)):
        raise BadStyle(place, _("“%s” is no number.") % shown(value))
    if kind == "numbers":
        raise BadStyle(place, _("Write a list of numbers."))


def _compiled(value: Any, kind: str, place: str) -> Ask:
    if kind == "numbers" and all(number_from(part) is not None for part in value):
        return lambda scene: value
    if kind == "text" and isinstance(value, str) and TOKEN.search(value):
        return lambda scene: TOKEN.sub(lambda match: as_text(scene.properties.get(match[1])), value)
    return compiled(value, place)
