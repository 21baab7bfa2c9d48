"""The citizen's word after a fix: it closes the case or opens it again."""

from django.db import transaction

from issues.actions.history import locked, record
from issues.actions.states import change_state
from issues.errors import NotAskedNow
from issues.models import Feedback, Issue
from issues.models.issue import EventKind
from issues.states import FIXED, State


def may_answer(issue: Issue) -> bool:
    """Once after every fix."""
    if issue.state not in FIXED or issue.resolved_at is None:
        return False
    return not issue.feedback.filter(at__gte=issue.resolved_at).exists()


@transaction.atomic
def give_feedback(*, issue: Issue, is_fixed: bool, score: int | None = None, comment: str = "") -> Feedback:
    """Keep the answer of the token's holder; a fixed issue is closed, one that is not is opened again.

    Raises NotAskedNow when it is not fixed, or was answered already."""
    row = locked(issue)
    if not may_answer(row):
        raise NotAskedNow()
    target = State.CLOSED if is_fixed else State.ACCEPTED
    feedback = Feedback.objects.create(issue=row, is_fixed=is_fixed, score=score, comment=comment.strip())
    record(issue=row, kind=EventKind.FEEDBACK, data={"is_fixed": is_fixed, "score": score})
    if not (is_fixed and row.state == State.CLOSED):
        change_state(issue=row, target=target, by_reporter=True)
    return feedback
