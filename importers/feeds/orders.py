"""What the order of a feed may say: what a page would ask, as plain words and numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from importers.feeds.errors import BadOrder
from importers.sources import ReadOptions
from importers.storable import storable

OPTIONS = tuple(option.name for option in fields(ReadOptions))
NAMES = ("options", "swap_axes", "set_aside", "allow_removals", "key", "title", "theme", "valid_from", "owner",
         "create_type", "icon", "code", "name", "name_en", "parent_level", "home", "unit")  # fmt: skip


def refuse_bad_order(order: Mapping[str, Any]) -> None:
    """Raise BadOrder for a name that means nothing, and for a value that is more than a word."""
    _refuse_unknown({name: value for name, value in order.items() if name != "options"}, NAMES)
    options = order.get("options", {})
    if not isinstance(options, Mapping):
        raise BadOrder(name="options", known=", ".join(OPTIONS))
    _refuse_unknown(options, OPTIONS)


def _refuse_unknown(given: Mapping[str, Any], known: Sequence[str]) -> None:
    for name, value in given.items():
        is_plain = value is None or isinstance(value, str | bool | int)
        if name not in known or not is_plain or storable(value) != value:
            raise BadOrder(name=name, known=", ".join(known))
