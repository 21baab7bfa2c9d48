"""What the pages of layers answer when the asked past cannot be told."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from core.errors import NotFound, PortalError


class BadMoment(PortalError):
    code = "bad_moment"
    sentence = _("“%(given)s” is no day. Write it as year-month-day, such as 2024-03-01.")


class BeforeHistory(NotFound):
    code = "before_history"
    sentence = _(
        "Nothing was known of “%(layer)s” on that day: the portal knows it since %(since)s. Choose a later day."
    )


class NothingRecorded(NotFound):
    code = "nothing_recorded"
    sentence = _("Nothing has ever been known of “%(layer)s”: nobody has filled it yet.")


class NotThereThen(NotFound):
    code = "not_there_then"
    sentence = _("“%(title)s” was not there on that day, as far as was known. Choose another day.")


class UnknownVisibility(PortalError):
    code = "unknown_visibility"
    sentence = _("The field “%(field)s” cannot be shown to “%(given)s”. Choose one of: %(choices)s.")


class KeyIsTold(PortalError):
    code = "key_is_told"
    sentence = _(
        "The field “%(field)s” cannot be hidden: it is the key, which stands in the address of every feature. Hide the "
        "whole layer, or take another field as the key."
    )


def before_history(layer: object, since: datetime | None) -> NotFound:
    """Nothing was known yet; `since` is when the first was recorded, None when nothing ever was."""
    if since is None:
        return NothingRecorded(layer=layer)
    return BeforeHistory(layer=layer, since=date_format(localtime(since), "DATE_FORMAT"))
