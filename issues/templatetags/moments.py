"""Times and distances as a person says them: “today 14:05”, “120 m”."""

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

KILOMETRE = 1000


@register.filter
def moment(at: datetime | None) -> SafeString | str:
    """A <time> that reads “today 14:05”, “yesterday 09:30” or a date, with the full date on hover."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="minutes"),
        date_format(local, "DATETIME_FORMAT"),
        _said(local),
    )


@register.filter
def day(at: datetime | None) -> SafeString | str:
    """A <time> that reads “today”, “tomorrow” or a date: for promises, whose hour nobody keeps in mind."""
    if at is None:
        return ""
    local = timezone.localtime(at)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.date().isoformat(),
        date_format(local, "DATETIME_FORMAT"),
        _near_day(local) or date_format(local, "l, j E Y" if _is_far(local) else "l, j E"),
    )


@register.filter
def metres(distance: float | None) -> str:
    """“7 m”, “120 m” or “1.2 km” in the reader's number format."""
    if distance is None:
        return ""
    if distance >= KILOMETRE:
        return _("%(number)s km") % {"number": number_format(distance / KILOMETRE, 1)}
    exact = distance < 20
    return _("%(number)s m") % {"number": number_format(round(distance) if exact else round(distance, -1), 0)}


def _said(local: datetime) -> str:
    clock = date_format(local, "H:i")
    near = _near_day(local)
    if near:
        return f"{near} {clock}"
    return date_format(local, "j M Y" if _is_far(local) else "j M, H:i")


def _near_day(local: datetime) -> str:
    today = timezone.localdate()
    names = {
        today - timedelta(days=1): _("yesterday"),
        today: _("today"),
        today + timedelta(days=1): _("tomorrow"),
    }
    return names.get(local.date(), "")


def _is_far(local: datetime) -> bool:
    return local.year != timezone.localdate().year
