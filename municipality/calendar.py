"""The working calendar: on which day and hour a promise of so many working days falls."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from municipality.models import Holiday, OfficeHours

USUAL_CLOSING = time(15, 30)
LONGEST_PROMISE = 750


@dataclass(frozen=True)
class WorkingCalendar:
    """Closing time by weekday (0 is Monday) and the holidays; without rows, Monday to Friday to 15:30."""

    closing: dict[int, time]
    holidays: frozenset[date]

    @classmethod
    def load(cls) -> "WorkingCalendar":
        closing = dict(OfficeHours.objects.values_list("weekday", "closes"))
        return cls(
            closing or dict.fromkeys(range(5), USUAL_CLOSING),
            frozenset(Holiday.objects.values_list("date", flat=True)),
        )

    def works_on(self, day: date) -> bool:
        return day.weekday() in self.closing and day not in self.holidays

    def due(self, start: datetime, working_days: int) -> datetime:
        """Closing time of the `working_days`-th working day after the day of `start` (local time)."""
        zone = timezone.get_current_timezone()
        day, left = timezone.localtime(start, zone).date(), working_days
        for _ in range(LONGEST_PROMISE):
            if left <= 0 and self.works_on(day):
                break
            day += timedelta(days=1)
            left -= self.works_on(day)
        return datetime.combine(day, self.closing.get(day.weekday(), USUAL_CLOSING), tzinfo=zone)
