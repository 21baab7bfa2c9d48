"""Followers, and the mails that the history caused: written by the outbox, and long sent."""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import F, OuterRef, Subquery

from issues.models import Follower, Issue, IssueEvent, Notification
from issues.models.issue import EventKind
from issues.models.notification import NotificationState
from issues.outbox import queue_mails

from .issue_drafts import IssueDraft

SENT_AFTER = timedelta(seconds=20)


def load_mails(lives: Sequence[tuple[Issue, Sequence[IssueEvent], IssueDraft]]) -> None:
    """For each case somebody reads about by mail, its mails in order; then all are marked as sent."""
    for issue, events, draft in lives:
        if draft.followers or (draft.reporter is not None and draft.reporter.email):
            _tell(issue, sorted(events, key=lambda event: (event.at, event.pk)), draft)
    moment = IssueEvent.objects.filter(pk=OuterRef("event")).values("at")
    Notification.objects.update(created_at=Subquery(moment), not_before=Subquery(moment))
    Notification.objects.update(
        state=NotificationState.SENT, attempts=1, sent_at=F("created_at") + SENT_AFTER
    )


def _tell(issue: Issue, events: Sequence[IssueEvent], draft: IssueDraft) -> None:
    waiting = sorted(draft.followers, key=lambda one: one[1])
    for event in events:
        if event.kind == EventKind.FOLLOWED and waiting:
            email, moment = waiting.pop(0)
            Follower(
                issue=issue, email=email, created_at=moment - timedelta(minutes=6), confirmed_at=moment
            ).save(force_insert=True)
        elif event.is_public:
            queue_mails(event)
