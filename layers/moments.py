"""The two clocks in an address or on a command line: `valid`, when it held, and `known`, when we knew it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from urllib.parse import urlencode

from django.utils import timezone

from layers.errors import BadMoment

DAY_LENGTH = len("2024-03-01")


@dataclass(frozen=True)
class AsOf:
    """What held at `valid` as it was known at `known` (None: as known now). `asked` is what stood in the address."""

    valid: datetime
    known: datetime | None
    asked: dict[str, str]

    @classmethod
    def parse(cls, valid: str, known: str) -> "AsOf":
        """Read days (2024-03-01) or moments; blank means now. Only a `known` asks what was believed on that day of
        that day. Raises BadMoment."""
        asked = {"valid": valid.strip(), "known": known.strip()}
        moment = moment_of(asked["known"])
        held = moment_of(asked["valid"]) or moment or timezone.now()
        return cls(held, moment, {name: text for name, text in asked.items() if text})

    @property
    def is_now(self) -> bool:
        return not self.asked

    @property
    def query(self) -> str:
        """For links that keep the day: "?valid=…", or nothing."""
        return f"?{urlencode(self.asked)}" if self.asked else ""


def moment_of(text: str) -> datetime | None:
    """A moment, or the last instant of a day of the municipality's clock, so that what began on the day is in and what
    ended on it is out. None for blank. Raises BadMoment."""
    if not text:
        return None
    try:
        if len(text) == DAY_LENGTH:
            return timezone.make_aware(datetime.combine(date.fromisoformat(text), time.max))
        moment = datetime.fromisoformat(text.replace(" ", "+"))
        return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
    except (ValueError, OverflowError) as error:
        raise BadMoment(given=text[:40]) from error
