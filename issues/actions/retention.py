"""Personal data ends on its date."""

from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from issues.models import Follower, Notification, Reporter

MAIL_KEPT_DAYS = 30
UNCONFIRMED_KEPT_DAYS = 7


@transaction.atomic
def forget_people(*, today: date) -> int:
    """Delete reporters past their date, unconfirmed followers after a week, followers as old as the retention
    period, and mails long settled, sent or not. Returns how many people were forgotten."""
    now = timezone.now()
    reporters, _ = Reporter.objects.past_retention(today).delete()
    stale = Follower.objects.filter(
        confirmed_at=None, created_at__lt=now - timedelta(days=UNCONFIRMED_KEPT_DAYS)
    )
    old = Follower.objects.filter(created_at__lt=now - timedelta(days=settings.REPORTER_RETENTION_DAYS))
    followers = stale.delete()[0] + old.delete()[0]
    old_mails = Notification.objects.filter(created_at__lt=now - timedelta(days=MAIL_KEPT_DAYS))
    old_mails.exclude(state__in=("pending", "sending")).delete()
    return reporters + followers
