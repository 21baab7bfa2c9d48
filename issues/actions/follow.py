"""Following somebody else's report: by mail, after the address was confirmed, or by one tap."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from issues.actions.history import record
from issues.models import Follower, Issue
from issues.models.issue import EventKind
from issues.outbox import queue_confirmation


@transaction.atomic
def follow_issue(*, issue: Issue, email: str, language: str) -> Follower:
    """Ask an address whether it wants the news of an issue. Asking twice sends no second mail;
    the answer is the same whether the address already follows or not."""
    follower, is_new = Follower.objects.get_or_create(
        issue=issue, email__iexact=email, defaults={"email": email, "language": language}
    )
    if is_new:
        queue_confirmation(follower)
    return follower


@transaction.atomic
def confirm_follower(*, follower: Follower) -> Follower:
    if follower.confirmed_at is None:
        follower.confirmed_at = timezone.now()
        follower.save(update_fields=["confirmed_at"])
        record(issue=follower.issue, kind=EventKind.FOLLOWED)
    return follower


@transaction.atomic
def unfollow(*, follower: Follower) -> None:
    """Forget the address."""
    follower.delete()


@transaction.atomic
def say_same_here(*, issue: Issue) -> None:
    """Count one more person who sees the problem."""
    Issue.objects.filter(pk=issue.pk).update(same_here=F("same_here") + 1)
