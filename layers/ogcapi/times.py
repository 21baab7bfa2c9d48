"""The parameter `datetime`: an instant, or an interval closed at both ends and perhaps open-ended."""

import re
from dataclasses import dataclass
from datetime import datetime, time

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext_lazy as _

from layers.ogcapi.errors import bad_value

OPEN = ("", "..")
HINT = _("Write a moment such as 2024-03-01T12:00:00Z, or an interval such as 2024-01-01T00:00:00Z/.. .")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})")


@dataclass(frozen=True)
class Instant:
    at: datetime


@dataclass(frozen=True)
class Interval:
    """Both ends are in; None is open."""

    start: datetime | None
    end: datetime | None


def parse_time(parameter: str, text: str) -> Instant | Interval:
    """Raises BadValue. A day of the municipality's clock is the end of that day as an instant, as on the pages of the
    portal, and a whole day in an interval."""
    first, slash, second = text.partition("/")
    if not slash:
        return Instant(_moment(parameter, text, text, time.max))
    start, end = (
        None if part in OPEN else _moment(parameter, text, part, edge)
        for part, edge in ((first, time.min), (second, time.max))
    )
    if (start is None and end is None and first == second == "") or (start and end and start > end):
        raise bad_value(parameter, text, HINT)
    return Interval(start, end)


def parse_instant(parameter: str, text: str) -> datetime:
    return _moment(parameter, text, text, time.max)


def _moment(parameter: str, whole: str, text: str, edge: time) -> datetime:
    try:
        found = _day(text, edge) if DAY.fullmatch(text) else _instant(text)
    except (ValueError, OverflowError) as error:
        raise bad_value(parameter, whole, HINT) from error
    if found is None:
        raise bad_value(parameter, whole, HINT)
    return found


def _day(text: str, edge: time) -> datetime | None:
    day = parse_date(text)
    return None if day is None else timezone.make_aware(datetime.combine(day, edge))


def _instant(text: str) -> datetime | None:
    """A space stands where a plus was not escaped."""
    spelt = text.replace(" ", "+").upper()
    return parse_datetime(spelt) if MOMENT.fullmatch(spelt) else None
