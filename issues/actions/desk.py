"""What a dispatcher does with a case besides changing its state."""

from django.db import transaction

from accounts.models import User
from core.errors import NotAllowed
from issues.actions.history import locked, record, touch
from issues.actions.report import keep_decision
from issues.errors import CategoryClosed, SameDepartment, StepNotAllowed, TextMissing
from issues.models import Category, Issue, IssueEvent, RoutingDecision
from issues.models.issue import EventKind
from issues.routing import route
from issues.states import DESK, FIELD, State
from municipality.models import Department
from municipality.roles import rights_of

MOVABLE = (State.RECEIVED, State.ACCEPTED, State.PAUSED)


@transaction.atomic
def assign_issue(
    *, issue: Issue, department: Department, actor: User, text: str = "", version: int | None = None
) -> Issue:
    """Hand a case to another department or external body; the citizen is told."""
    row = locked(issue, version)
    _require_desk(row, actor)
    if department.pk == row.department_id:
        raise SameDepartment()
    if row.state not in MOVABLE:
        raise StepNotAllowed(state=row.get_state_display())
    row.department = department
    touch(row, "department")
    RoutingDecision.objects.create(issue=row, department=department, actor=actor, trace=[])
    record(
        issue=row,
        kind=EventKind.ASSIGNED,
        actor=actor,
        is_public=True,
        department=department,
        text=text.strip(),
    )
    return row


@transaction.atomic
def add_note(*, issue: Issue, text: str, actor: User, is_public: bool) -> IssueEvent:
    """A note to the citizen (public, mailed) or kept inside."""
    row = locked(issue)
    if not rights_of(actor).reaches(row.department_id, *DESK, *FIELD):
        raise NotAllowed()
    if not text.strip():
        raise TextMissing()
    touch(row)
    return record(issue=row, kind=EventKind.NOTE, actor=actor, is_public=is_public, text=text.strip())


@transaction.atomic
def change_category(*, issue: Issue, category: Category, actor: User, version: int | None = None) -> Issue:
    """Correct what the case is about; the rules are asked again, the promised date stays."""
    row = locked(issue, version)
    _require_desk(row, actor)
    if not category.is_active:
        raise CategoryClosed()
    if row.state not in MOVABLE:
        raise StepNotAllowed(state=row.get_state_display())
    before, row.category = row.category, category
    row.is_public = category.is_public
    decision = route(category=category, location=row.location, asset=row.asset)
    moved, row.department = decision.department.pk != row.department_id, decision.department
    touch(row, "category", "department", "is_public")
    keep_decision(row, decision, actor)
    data = {"from": before.slug, "to": category.slug}
    record(issue=row, kind=EventKind.CATEGORY, actor=actor, data=data)
    if moved:
        record(
            issue=row, kind=EventKind.ASSIGNED, actor=actor, is_public=True, department=decision.department
        )
    return row


@transaction.atomic
def publish_text(*, issue: Issue, actor: User, is_public: bool = True) -> Issue:
    """Show (or hide again) the citizen's text and photos to everybody, after somebody read them."""
    row = locked(issue)
    _require_desk(row, actor)
    row.is_text_public = is_public
    touch(row, "is_text_public")
    row.photos.filter(kind="report").update(is_public=is_public)
    record(issue=row, kind=EventKind.PUBLISHED, actor=actor, data={"is_public": is_public})
    return row


def _require_desk(issue: Issue, actor: User) -> None:
    if not rights_of(actor).reaches(issue.department_id, *DESK):
        raise NotAllowed()
