"""The one way to write history: an event row, and the mails it causes, in the caller's transaction."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.errors import Conflict
from issues.models import Issue, IssueEvent
from issues.outbox import queue_mails


def locked(issue: Issue, version: int | None = None) -> Issue:
    """The row, locked until the transaction ends; Conflict when somebody changed it since `version`."""
    row = (
        Issue.objects.select_for_update(of=("self",))
        .select_related("category", "department")
        .get(pk=issue.pk)
    )
    if version is not None and row.version != version:
        raise Conflict()
    return row


def touch(issue: Issue, *fields: str) -> None:
    """Save the named fields with a new version and time of change."""
    issue.version += 1
    issue.changed_at = timezone.now()
    issue.save(update_fields=[*fields, "version", "changed_at"])


def record(
    *, issue: Issue, kind: str, actor: User | None = None, is_public: bool = False, **facts: Any
) -> IssueEvent:
    """Append an event; a public one is told to the reporter and the followers through the outbox."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction of its cause")
    event = IssueEvent.objects.create(issue=issue, kind=kind, actor=actor, is_public=is_public, **facts)
    if is_public:
        queue_mails(event)
    return event
