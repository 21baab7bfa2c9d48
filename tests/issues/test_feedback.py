"""The citizen's word after a fix, once after every fix."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from issues.actions.feedback import give_feedback
from issues.actions.states import change_state
from issues.errors import NotAskedNow, ProofMissing
from issues.models import Feedback, Issue
from issues.states import State
from tests.factories import IssueFactory, PhotoFactory, Town


@pytest.mark.parametrize("state", [State.REJECTED, State.ACCEPTED])
def test_case_that_is_not_fixed_takes_no_answer(town: Town, state: State) -> None:
    issue = IssueFactory.create(state=state)
    with pytest.raises(NotAskedNow):
        give_feedback(issue=issue, is_fixed=False)
    assert not Feedback.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_answer_pressed_twice_in_one_moment_counts_once() -> None:
    issue = IssueFactory.closed()
    ready = Barrier(2)

    def answer(_press: int) -> str:
        row = Issue.objects.get(pk=issue.pk)
        try:
            ready.wait(timeout=10)
            give_feedback(issue=row, is_fixed=True, score=5)
        except NotAskedNow:
            return "late"
        finally:
            connection.close()
        return "kept"

    with ThreadPoolExecutor(2) as fingers:
        assert sorted(fingers.map(answer, range(2))) == ["kept", "late"]
    assert Feedback.objects.count() == 1


def test_photo_of_a_fix_that_did_not_hold_is_no_proof_of_the_next(town: Town, bea: User) -> None:
    issue = IssueFactory.accepted(category=town.dark_lamp, department=town.lighting_north)
    PhotoFactory.create(issue=issue, kind="proof")
    change_state(issue=issue, target=State.RESOLVED, actor=bea)
    give_feedback(issue=issue, is_fixed=False)
    with pytest.raises(ProofMissing):
        change_state(issue=issue, target=State.RESOLVED, actor=bea)
    PhotoFactory.create(issue=issue, kind="proof", uploaded_at=timezone.now())
    assert change_state(issue=issue, target=State.RESOLVED, actor=bea).state == State.RESOLVED
