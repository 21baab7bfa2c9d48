"""What is wrong with a style, and where in it."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.errors import PortalError


class BadStyle(PortalError):
    """`place` is a path such as `[2].paint.line-color`; `reason` a sentence."""

    code = "bad_style"
    sentence = _("At %(place)s: %(reason)s")

    def __init__(self, place: str, reason: str | Promise) -> None:
        super().__init__(place=place or "style", reason=reason)
        self.place, self.reason = place, reason


def shown(value: Any) -> str:
    """A value in a sentence: short, whatever it holds."""
    text = str(value)
    return text if len(text) <= 60 else text[:57] + "…"
