"""Promises in working days: weekends and holidays do not count, the day ends when the office closes."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from municipality.calendar import WorkingCalendar

ATHENS = ZoneInfo("Europe/Athens")
CALENDAR = WorkingCalendar(dict.fromkeys(range(5), time(15)), frozenset({date(2026, 4, 13)}))


def at(day: int, hour: int = 10) -> datetime:
    return datetime(2026, 4, day, hour, tzinfo=ATHENS)


def test_two_working_days_from_a_tuesday() -> None:
    assert CALENDAR.due(at(14), 2) == at(16, 15)


def test_weekend_and_easter_monday_do_not_count() -> None:
    assert CALENDAR.due(at(9), 2) == at(14, 15)  # Thursday → Friday, (Sat, Sun, Easter Monday), Tuesday


def test_nothing_promised_before_the_next_working_day() -> None:
    assert CALENDAR.due(at(11), 0) == at(14, 15)


def test_late_evening_counts_from_its_own_local_day() -> None:
    assert CALENDAR.due(datetime(2026, 4, 14, 21, 30, tzinfo=ZoneInfo("UTC")), 1) == at(16, 15)


def test_without_opening_hours_the_usual_week_holds(db: None) -> None:
    assert WorkingCalendar.load().due(at(9), 1) == at(10, 15).replace(minute=30)
