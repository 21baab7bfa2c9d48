"""Reads parts of a JSON document that anybody may have written: each is what it should be, or named in a refusal."""

import math
import re
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from planning.maps.errors import BadMap

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,100}")
COLOR = re.compile(r"#[0-9a-fA-F]{6}")


class Part:
    """An object of the document; `place` is the way to it, such as “layers[2]”."""

    def __init__(self, value: Any, place: str = "") -> None:
        if not isinstance(value, Mapping):
            raise BadMap(place=place or "{}", reason=_("It is no object with names and values."))
        self.value, self.place = value, place

    def at(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name

    def only(self, *names: str) -> None:
        """Refuse names that nobody knows, so that a typing error is not silently left out."""
        for name in self.value:
            if name not in names:
                raise BadMap(place=self.at(str(name)[:40]), reason=_("Nobody knows this name here."))

    def refuse(self, name: str, reason: str) -> BadMap:
        return BadMap(place=self.at(name), reason=reason)

    def number(self, name: str, lowest: float, highest: float, default: float) -> float:
        value = self.value.get(name, default)
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not math.isfinite(value) or not lowest <= value <= highest:
            bounds = {"lowest": f"{lowest:g}", "highest": f"{highest:g}"}
            raise self.refuse(name, _("It must be a number from %(lowest)s to %(highest)s.") % bounds)
        return float(value)

    def text(self, name: str, longest: int) -> str:
        value = self.value.get(name, "")
        if not isinstance(value, str) or "\0" in value:
            raise self.refuse(name, _("It must be a text."))
        if len(value) > longest:
            raise self.refuse(name, _("It is longer than %(longest)s letters.") % {"longest": longest})
        return value

    def slug(self, name: str, *, may_be_blank: bool = True) -> str:
        value = self.text(name, 100)
        if not (SLUG.fullmatch(value) or (may_be_blank and not value)):
            raise self.refuse(name, _("It must be the short name of a layer or look."))
        return value

    def color(self, name: str, default: str) -> str:
        value = self.text(name, 7) or default
        if not COLOR.fullmatch(value):
            raise self.refuse(name, _("It must be a colour such as #0054ba."))
        return value

    def flag(self, name: str) -> bool:
        value = self.value.get(name, False)
        if not isinstance(value, bool):
            raise self.refuse(name, _("It must be true or false."))
        return value

    def part(self, name: str) -> "Part":
        return Part(self.value[name], self.at(name))

    def parts(self, name: str, most: int) -> list["Part"]:
        return [Part(one, f"{self.at(name)}[{n}]") for n, one in enumerate(self.items(name, most))]

    def items(self, name: str, most: int) -> list[Any]:
        value = self.value.get(name, [])
        if not isinstance(value, list):
            raise self.refuse(name, _("It must be a list."))
        if len(value) > most:
            raise self.refuse(name, _("It has more than %(most)s entries.") % {"most": most})
        return value
