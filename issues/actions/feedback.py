"""The citizen's word after a fix: it closes the case or opens it again."""

from django.db import transaction

from issues.actions.history import record
from issues.actions.states import change_state
from issues.models import Feedback, Issue
from issues.models.issue import EventKind
from issues.states import State


@transaction.atomic
def give_feedback(*, issue: Issue, is_fixed: bool, score: int | None = None, comment: str = "") -> Feedback:
    """Keep the answer of the token's holder; a fixed issue is closed, one that is not is opened again."""
    target = State.CLOSED if is_fixed else State.ACCEPTED
    feedback = Feedback.objects.create(issue=issue, is_fixed=is_fixed, score=score, comment=comment.strip())
    record(issue=issue, kind=EventKind.FEEDBACK, data={"is_fixed": is_fixed, "score": score})
    if not (is_fixed and issue.state == State.CLOSED):
        change_state(issue=issue, target=target, by_reporter=True)
    return feedback
