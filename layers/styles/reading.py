"""Reading JSON strictly: each value has a place, and what is wrong is told with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from layers.styles.colors import color_of
from layers.styles.problems import BadStyle, shown


@dataclass(frozen=True)
class Part:
    """A JSON value and where it stands, such as `cases[2].symbol`."""

    value: Any
    place: str

    def wrong(self, reason: str | Promise) -> BadStyle:
        return BadStyle(self.place, reason)

    def of(self, name: str) -> "Part":
        """A member of an object; its value is None where it is left out. Raises BadStyle."""
        if not isinstance(self.value, dict):
            raise self.wrong(_("This is an object of names and values."))
        return Part(self.value.get(name), f"{self.place}.{name}" if self.place else name)

    def items(self, most: int) -> Iterator["Part"]:
        given = [] if self.value is None else self.value
        if not isinstance(given, list):
            raise self.wrong(_("This is a list."))
        if len(given) > most:
            raise self.wrong(_("There are too many: at most %(most)s are drawn.") % {"most": most})
        for index, value in enumerate(given):
            yield Part(value, f"{self.place}[{index}]")

    def only(self, *names: str) -> None:
        """Refuse what is not known here, for it would be lost."""
        if not isinstance(self.value, dict):
            raise self.wrong(_("This is an object of names and values."))
        for name in self.value:
            if name not in names:
                raise BadStyle(f"{self.place}.{shown(name)}".lstrip("."), _("This name is not known here."))

    def text(self, default: str = "", longest: int = 200) -> str:
        if self.value is None:
            return default
        if not isinstance(self.value, str) or len(self.value) > longest or "\x00" in self.value:
            raise self.wrong(_("Write a text of at most %(most)s letters.") % {"most": longest})
        return self.value

    def choice(self, choices: tuple[str, ...], default: str = "") -> str:
        value = self.text(default)
        if value not in choices:
            raise self.wrong(
                _("“%(given)s” is none of: %(choices)s.")
                % {"given": shown(value), "choices": ", ".join(choices)}
            )
        return value

    def number(self, default: float, least: float, most: float) -> float:
        value = default if self.value is None else self.value
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            raise self.wrong(
                _("Give a number from %(least)s to %(most)s.") % {"least": f"{least:g}", "most": f"{most:g}"}
            )
        return value

    def color(self, default: str, *, may_be_blank: bool = False) -> str:
        """As `#rrggbb`."""
        value = self.text(default)
        if may_be_blank and not value:
            return ""
        color = color_of(value)
        if color is None:
            raise self.wrong(_("“%s” is no colour.") % shown(value))
        return color.hex
