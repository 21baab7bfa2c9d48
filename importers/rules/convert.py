"""Texts as numbers and dates: decimal commas, days before months, time zones."""

import re
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from importers.sources.values import number

GROUPS = " .,'’\u00a0\u202f"
ORDERS = {"d/m/y": "dmy", "m/d/y": "mdy", "y/m/d": "ymd"}
CLOCKS = {"unix": 1.0, "unix-ms": 1000.0}
_DAY = re.compile(r"(\d{1,4})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{1,4})(?:[\sT,]+(.+))?")
_TIME = re.compile(
    r"(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap]\.?m\.?|[πμ]\.?μ\.?)?", re.IGNORECASE
)
_AFTERNOON = ("p", "μ")


def number_from(text: str, decimal: str = "", thousands: str = "") -> float:
    """A number; ValueError for anything else. Without `decimal` a single comma or point is one; with it, groups of
    three digits may be set apart by `thousands` (blank: whatever usually does)."""
    if not decimal:
        value = number(text)
        if value is None:
            raise ValueError(text)
        return value
    groups = re.escape((thousands or GROUPS).replace(decimal, ""))
    written = re.fullmatch(
        rf"([+-]?)(\d{{1,3}}(?:[{groups}]\d{{3}})+|\d+)(?:{re.escape(decimal)}(\d*))?", text.strip()
    )
    if written is None or (len(text) > 40):
        raise ValueError(text)
    sign, whole, rest = written.groups()
    return float(f"{sign}{re.sub(r'[^0-9]', '', whole)}.{rest or '0'}")


def whole(value: float) -> int:
    """A number without a fraction; ValueError when there is one."""
    if not float(value).is_integer():
        raise ValueError(value)
    return int(value)


def moment_from(value: Any, form: str, zone: ZoneInfo) -> datetime:
    """A date and time in UTC; ValueError for anything else. `form` is blank for ISO, `d/m/y` (with or without a time),
    `unix`, `unix-ms`, or a format of strptime. Without an offset it is local time in `zone`."""
    if form in CLOCKS:
        return datetime.fromtimestamp(float(value) / CLOCKS[form], UTC)
    text = str(value).strip()
    moment = _in_order(text, ORDERS[form]) if form in ORDERS else _written(text, form)
    return (moment if moment.tzinfo else moment.replace(tzinfo=zone)).astimezone(UTC)


def date_from(value: Any, form: str, zone: ZoneInfo) -> date:
    """A day; ValueError for anything else."""
    if form in CLOCKS:
        return datetime.fromtimestamp(float(value) / CLOCKS[form], zone).date()
    text = str(value).strip()
    return (_in_order(text, ORDERS[form]) if form in ORDERS else _written(text, form)).date()


def _written(text: str, form: str) -> datetime:
    # Without a zone for one line: the caller sets it.
    return datetime.strptime(text, form) if form else datetime.fromisoformat(text)  # noqa: DTZ007


def _in_order(text: str, order: str) -> datetime:
    found = _DAY.fullmatch(text)
    if found is None:
        raise ValueError(text)
    parts = {name: int(found[index]) for index, name in enumerate(order, start=1)}
    year = parts["y"] if parts["y"] > 99 else _full_year(parts["y"])
    hour, minute, second = _clock(found[4]) if found[4] else (0, 0, 0)
    return datetime(year, parts["m"], parts["d"], hour, minute, second)  # noqa: DTZ001 - the caller sets it


def _full_year(short: int) -> int:
    """98 is 1998 and 24 is 2024, as POSIX has it."""
    return short + (2000 if short < 69 else 1900)


def _clock(text: str) -> tuple[int, int, int]:
    found = _TIME.fullmatch(text.strip())
    if found is None:
        raise ValueError(text)
    hour, half = int(found[1]), (found[4] or "").lower()
    if half:
        hour = hour % 12 + (12 if half.startswith(_AFTERNOON) else 0)
    return hour, int(found[2]), int(found[3] or 0)
