"""Which properties of its features a style reads, so that tiles seen from afar carry nothing else."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from layers.style_fragments import OWN_KEYS

READS = ("get", "has", "!has")
COMPARES = ("==", "!=", "<", "<=", ">", ">=", "in", "!in")
TOKEN = re.compile(r"{([^{}]+)}")
# What the map calls a feature by when somebody clicks it.
NAMES = ("name", "name_en", "title", "code", "number")


def style_properties(style: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    """Everything the fragments read, labels too, in order of the alphabet."""
    return tuple(sorted({name for fragment in style for name in _read_by(fragment)}))


def class_properties(style: Iterable[dict[str, Any]]) -> tuple[str, ...]:
    """What decides the look of a surface: features equal in these look alike. Labels do not count."""
    return style_properties(fragment for fragment in style if fragment.get("type") != "symbol")


def _read_by(fragment: dict[str, Any]) -> Iterator[str]:
    for key, value in fragment.items():
        if key not in OWN_KEYS:
            yield from _read_in(value)
    yield from _compared_in(fragment.get("filter"))


def _read_in(value: Any) -> Iterator[str]:
    """Names in expressions `["get", name]`, functions `{"property": name, …}` and texts “{name}”, at any depth."""
    if isinstance(value, str):
        yield from TOKEN.findall(value)
    if isinstance(value, dict):
        if isinstance(value.get("property"), str):
            yield value["property"]
        parts = list(value.values())
    else:
        parts = value if isinstance(value, list) else []
        if len(parts) >= 2 and parts[0] in READS and isinstance(parts[1], str):
            yield parts[1]
    for part in parts:
        yield from _read_in(part)


def _compared_in(value: Any) -> Iterator[str]:
    """Names in filters of the older form, `["==", name, value]`."""
    if not isinstance(value, list) or not value:
        return
    if value[0] in COMPARES and len(value) > 1 and isinstance(value[1], str) and not value[1].startswith("$"):
        yield value[1]
    for part in value[1:]:
        yield from _compared_in(part)
