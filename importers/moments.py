"""Since when a file holds in the world: a day or a moment as a person writes it, within reason."""

from datetime import datetime
from typing import ClassVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from importers.errors import ImportRefused

#: What is outside cannot be read again: Python ends at the years 1 and 9999, whatever the time zone adds.
FIRST_YEAR, LAST_YEAR = 1000, 3000


class BadSince(ImportRefused):
    code: ClassVar[str] = "bad_since"
    sentence = _(
        "“%(given)s” is no day since when something can hold. Write it as year-month-day, such as 2024-03-01, "
        "between the years 1000 and 3000."
    )


def moment_since(written: str) -> datetime | None:
    """An ISO date or moment, of the municipality's clock where it names no other; None for blank. Raises BadSince."""
    if not written:
        return None
    try:
        moment = datetime.fromisoformat(written)
    except ValueError as error:
        raise BadSince(given=written[:40]) from error
    refuse_unreal(moment)
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def refuse_unreal(moment: datetime | None) -> None:
    """Raise BadSince for a moment that no page could show any more."""
    if moment is not None and not FIRST_YEAR <= moment.year < LAST_YEAR:
        raise BadSince(given=moment.date().isoformat())
