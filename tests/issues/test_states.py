"""Changes of state: only the steps of the table, by those who may, with what they ask for."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from core.errors import Conflict, NotAllowed
from issues.actions.desk import add_note, assign_issue, change_category, publish_text
from issues.actions.feedback import give_feedback
from issues.actions.report import Contact, report_issue
from issues.actions.states import change_state, join_duplicate
from issues.errors import NotADuplicate, ProofMissing, ReasonMissing, SameDepartment, StepNotAllowed
from issues.models import Issue, Notification
from issues.states import STEPS, State
from tests.factories import FollowerFactory, IssueFactory, PhotoFactory, ReporterFactory, Town, at


@pytest.fixture
def issue(town: Town) -> Issue:
    return IssueFactory.create(category=town.dark_lamp, department=town.lighting_north)


def test_every_state_has_its_steps_and_every_target_exists() -> None:
    assert set(STEPS) == set(State)
    assert all(step.roles or step.by_reporter for steps in STEPS.values() for step in steps)


def test_accept_writes_history_and_tells_the_reporter(issue: Issue, bea: User) -> None:
    ReporterFactory.create(issue=issue, email="alice@example.gr", language="en")
    changed = change_state(issue=issue, target=State.ACCEPTED, actor=bea, version=1)
    assert changed.version == 2
    event = issue.events.get(kind="state")
    assert (event.from_state, event.to_state, event.actor) == ("received", "accepted", bea)
    assert Notification.objects.get(event=event).recipient == "alice@example.gr"


def test_dispatcher_of_another_department_cannot_act(issue: Issue, carl: User) -> None:
    with pytest.raises(NotAllowed):
        change_state(issue=issue, target=State.ACCEPTED, actor=carl)
    with pytest.raises(NotAllowed):
        add_note(issue=issue, text="x", actor=carl, is_public=False)


def test_executive_reads_and_changes_nothing(issue: Issue, executive: User) -> None:
    with pytest.raises(NotAllowed):
        change_state(issue=issue, target=State.ACCEPTED, actor=executive)


def test_a_step_that_the_table_does_not_have(issue: Issue, bea: User) -> None:
    with pytest.raises(StepNotAllowed):
        change_state(issue=issue, target=State.CLOSED, actor=bea)


def test_somebody_was_faster(issue: Issue, bea: User) -> None:
    change_state(issue=issue, target=State.ACCEPTED, actor=bea)
    with pytest.raises(Conflict):
        change_state(issue=issue, target=State.IN_PROGRESS, actor=bea, version=1)


def test_rejecting_needs_a_reason_and_fixing_needs_proof(issue: Issue, bea: User) -> None:
    with pytest.raises(ReasonMissing):
        change_state(issue=issue, target=State.REJECTED, actor=bea, text="  ")
    change_state(issue=issue, target=State.ACCEPTED, actor=bea)
    with pytest.raises(ProofMissing):
        change_state(issue=issue, target=State.RESOLVED, actor=bea)
    PhotoFactory.create(issue=issue, kind="proof")
    assert change_state(issue=issue, target=State.RESOLVED, actor=bea).resolved_at is not None


def test_a_pause_moves_the_promise_by_its_length(issue: Issue, bea: User) -> None:
    due = timezone.now() + timedelta(days=3)
    Issue.objects.filter(pk=issue.pk).update(due_at=due, state="accepted")
    change_state(issue=issue, target=State.PAUSED, actor=bea, text="Waiting for the network operator")
    issue.events.filter(to_state="paused").update(at=timezone.now() - timedelta(days=2))
    resumed = change_state(issue=issue, target=State.IN_PROGRESS, actor=bea)
    assert resumed.due_at is not None
    assert resumed.due_at - due == pytest.approx(timedelta(days=2), abs=timedelta(seconds=5))


def test_citizen_says_not_fixed_and_the_case_opens_again(town: Town) -> None:
    issue = IssueFactory.resolved(department=town.lighting_north)
    give_feedback(issue=issue, is_fixed=False, comment="Still dark")
    issue.refresh_from_db()
    assert issue.state == State.ACCEPTED
    assert issue.resolved_at is None


def test_citizen_confirms_and_the_case_closes(town: Town) -> None:
    issue = IssueFactory.resolved(department=town.lighting_north)
    give_feedback(issue=issue, is_fixed=True, score=5)
    issue.refresh_from_db()
    assert issue.state == State.CLOSED


def test_reporter_of_a_duplicate_hears_of_the_earlier_case(town: Town, bea: User) -> None:
    earlier = IssueFactory.create(
        department=town.lighting_north, reported_at=timezone.now() - timedelta(days=1)
    )
    later = report_issue(
        category=town.dark_lamp, location=at(5000, 7500), contact=Contact(email="z@example.gr")
    )
    joined = join_duplicate(issue=later, earlier=earlier, actor=bea)
    assert joined.duplicate_of == earlier
    change_state(issue=earlier, target=State.ACCEPTED, actor=bea)
    mail = Notification.objects.get(event__issue=earlier)
    assert mail.recipient == "z@example.gr"
    assert later.token in mail.body
    with pytest.raises(NotADuplicate):
        join_duplicate(issue=earlier, earlier=later, actor=bea)


def test_reporter_who_also_follows_gets_one_mail(issue: Issue, bea: User) -> None:
    ReporterFactory.create(issue=issue, email="alice@example.gr")
    FollowerFactory.create(issue=issue, email="ALICE@example.gr")
    change_state(issue=issue, target=State.ACCEPTED, actor=bea)
    assert Notification.objects.count() == 1


def test_assigning_tells_the_citizen_and_moves_the_right_to_act(issue: Issue, bea: User, town: Town) -> None:
    moved = assign_issue(issue=issue, department=town.region, actor=bea, text="National road")
    assert moved.department == town.region
    assert issue.events.get(kind="assigned").is_public
    with pytest.raises(NotAllowed):
        assign_issue(issue=issue, department=town.roads, actor=bea)


def test_assigning_to_the_same_department_is_refused(issue: Issue, bea: User, town: Town) -> None:
    with pytest.raises(SameDepartment):
        assign_issue(issue=issue, department=town.lighting_north, actor=bea)


def test_correcting_the_category_asks_the_rules_again(issue: Issue, bea: User, town: Town) -> None:
    moved = change_category(issue=issue, category=town.pothole, actor=bea)
    assert moved.department == town.roads
    assert moved.routing_decisions.get().rule is not None


def test_private_category_hides_the_case(issue: Issue, bea: User, town: Town) -> None:
    assert not change_category(issue=issue, category=town.complaint, actor=bea).is_public
    assert issue not in Issue.objects.public()


def test_text_and_photos_are_shown_only_after_somebody_read_them(issue: Issue, bea: User) -> None:
    photo = PhotoFactory.create(issue=issue)
    assert not photo.is_public
    publish_text(issue=issue, actor=bea)
    photo.refresh_from_db()
    assert photo.is_public
