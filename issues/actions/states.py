"""Changes of state, as the table in issues.states allows them."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.errors import NotAllowed
from issues.actions.history import locked, record, touch
from issues.errors import NotADuplicate, ProofMissing, ReasonMissing, StepNotAllowed
from issues.models import Issue, IssueEvent
from issues.models.issue import EventKind
from issues.models.photo import PhotoKind
from issues.states import FIXED, State, Step, step_to
from municipality.roles import rights_of


@transaction.atomic
def change_state(
    *,
    issue: Issue,
    target: str,
    actor: User | None = None,
    text: str = "",
    version: int | None = None,
    by_reporter: bool = False,
) -> Issue:
    """Take one step of the life cycle. `text` is the reason or the stated exception, shown to the citizen.

    Raises StepNotAllowed, NotAllowed, ReasonMissing, ProofMissing; Conflict when `version` is not the row's.
    """
    row = locked(issue, version)
    step = step_to(row.state, target)
    if step is None:
        raise StepNotAllowed(state=row.get_state_display())
    _check_right(step, row, actor, by_reporter)
    _check_needs(step, row, text.strip(), by_reporter)
    before, row.state = row.state, State(target)
    now = timezone.now()
    if before == State.DUPLICATE:
        row.duplicate_of = None
    if before == State.PAUSED:
        row.due_at = _due_after_pause(row, now)
    row.resolved_at = (row.resolved_at or now) if target in FIXED else None
    touch(row, "state", "due_at", "resolved_at", "duplicate_of")
    record(
        issue=row,
        kind=EventKind.STATE,
        actor=actor,
        is_public=True,
        from_state=before,
        to_state=row.state,
        text=text.strip(),
    )
    return row


@transaction.atomic
def join_duplicate(*, issue: Issue, earlier: Issue, actor: User) -> Issue:
    """Join a case to an earlier one of the same problem; its reporter, and those of cases joined to it before,
    hear of the earlier one from now on."""
    # Both are locked, in one order, so that two who join crosswise neither wait for each other nor make a circle.
    rows = {case.pk: locked(case) for case in sorted((issue, earlier), key=lambda case: case.pk)}
    row, first = rows[issue.pk], rows[earlier.pk]
    if not _may_lead(first, row):
        raise NotADuplicate()
    row.duplicates.update(duplicate_of=first)
    row.duplicate_of = first
    row.save(update_fields=["duplicate_of"])
    return change_state(issue=row, target=State.DUPLICATE, actor=actor, text="")


def _may_lead(first: Issue, row: Issue) -> bool:
    """Earlier, different, and neither joined to another nor taken back."""
    is_free = first.duplicate_of_id is None and first.state != State.WITHDRAWN
    return is_free and first.pk != row.pk and first.reported_at <= row.reported_at


def _check_right(step: Step, issue: Issue, actor: User | None, by_reporter: bool) -> None:
    if by_reporter:
        allowed = step.by_reporter
    else:
        allowed = actor is not None and rights_of(actor).reaches(issue.department_id, *step.roles)
    if not allowed:
        raise NotAllowed()


def _check_needs(step: Step, issue: Issue, text: str, by_reporter: bool) -> None:
    if "reason" in step.needs and not text and not by_reporter:
        raise ReasonMissing()
    if "proof" in step.needs and not text and not _has_proof(issue):
        raise ProofMissing()


def _has_proof(issue: Issue) -> bool:
    """A photo of this fix; one of a fix that did not hold proves nothing."""
    photos = issue.photos.filter(kind=PhotoKind.PROOF)
    fixed_before = issue.events.filter(to_state=State.RESOLVED).order_by("-at", "-pk").first()
    return photos.filter(uploaded_at__gt=fixed_before.at).exists() if fixed_before else photos.exists()


def _due_after_pause(issue: Issue, now: datetime) -> datetime | None:
    """The promise moves on by as long as the case stood still."""
    if issue.due_at is None:
        return None
    paused = IssueEvent.objects.filter(issue=issue, to_state=State.PAUSED).order_by("-at", "-pk").first()
    return issue.due_at + (now - paused.at) if paused else issue.due_at
