"""The promised date as a clock in words: “overdue by 2 days”, “due tomorrow”."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from issues.models import Issue
from issues.states import TICKING


def due_words(issue: Issue, now: datetime | None = None) -> str:
    """Empty when the case has ended or promises no date; days are counted on the municipality's calendar."""
    if not issue.is_open or issue.due_at is None:
        return ""
    if issue.state not in TICKING:
        return _("the clock stands still")
    now = now or timezone.now()
    if issue.due_at < now:
        return _late(now - issue.due_at)
    days = _days_until(issue.due_at, now)
    if days == 0:
        return _("due today")
    if days == 1:
        return _("due tomorrow")
    return ngettext("due in %(days)d day", "due in %(days)d days", days) % {"days": days}


def due_level(issue: Issue, now: datetime | None = None) -> str:
    """late, soon (today or tomorrow), calm, or empty: how loudly the clock speaks."""
    if issue.state not in TICKING or issue.due_at is None:
        return ""
    now = now or timezone.now()
    if issue.due_at < now:
        return "late"
    return "soon" if _days_until(issue.due_at, now) <= 1 else "calm"


def _late(by: timedelta) -> str:
    if by.days:
        return ngettext("overdue by %(days)d day", "overdue by %(days)d days", by.days) % {"days": by.days}
    hours = by.seconds // 3600
    if hours:
        return ngettext("overdue by %(hours)d hour", "overdue by %(hours)d hours", hours) % {"hours": hours}
    return _("overdue since a moment ago")


def _days_until(due: datetime, now: datetime) -> int:
    return (timezone.localtime(due).date() - timezone.localtime(now).date()).days
