"""Time ranges of the two clocks: when a fact holds, and when the database knew it."""

from datetime import datetime

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange  # type: ignore[import-untyped]
from django.utils import timezone


def from_now_on(start: datetime | None = None) -> DateTimeTZRange:
    """[start or now, ∞)."""
    return DateTimeTZRange(start or timezone.now(), None, "[)")
