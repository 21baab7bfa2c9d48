"""A visit to a problem: start, finish with proof, hand back; and what two people may not do at once."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core.errors import NotAllowed
from core.geo import LonLat, to_lonlat
from crews.actions import AlreadyStarted, JobOver, finish_job, hand_back_job, start_job
from crews.models import Crew, Job, JobEvent, JobState
from issues.actions.states import change_state
from issues.errors import ProofMissing, ReasonMissing, StepNotAllowed
from issues.models import Issue
from issues.photos import PreparedPhoto, prepare_photo
from issues.states import State
from municipality.models import Role
from tests.factories import IssueFactory, MembershipFactory, Town, UserFactory, at, uploaded_jpeg


@pytest.fixture
def issue(town: Town) -> Issue:
    return IssueFactory.accepted(department=town.lighting_north, location=at(5000, 7500))


@pytest.fixture
def colleague(town: Town) -> User:
    user = UserFactory.create(name="Nikos Colleague")
    MembershipFactory.create(user=user, department=town.lighting_north, role=Role.CREW)
    return user


@pytest.fixture
def job(issue: Issue, crew_member: User) -> Job:
    return start_job(issue=issue, worker=crew_member, at=None)


def photo_at(x: float, y: float) -> PreparedPhoto:
    place = to_lonlat(at(x, y))
    plain = prepare_photo(uploaded_jpeg())
    return PreparedPhoto(plain.image, plain.thumbnail, plain.width, plain.height, LonLat(place.x, place.y))


def last_event(job: Job) -> JobEvent:
    return job.events.order_by("pk")[job.events.count() - 1]


def stored_files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_starting_moves_the_issue_and_keeps_where_the_phone_was(
    issue: Issue, crew_member: User, town: Town
) -> None:
    crew = Crew.objects.create(name="Lift 1", department=town.lighting_north)
    crew.members.add(crew_member)
    job = start_job(issue=issue, worker=crew_member, at=at(5030, 7540))
    issue.refresh_from_db()
    assert (issue.state, job.state, job.crew) == (State.IN_PROGRESS, JobState.STARTED, crew)
    assert job.events.get().data == {"metres": 50.0}
    assert issue.events.get(to_state="in_progress").actor == crew_member


def test_starting_twice_is_starting_once(issue: Issue, job: Job, crew_member: User) -> None:
    assert start_job(issue=issue, worker=crew_member, at=None) == job
    assert (Job.objects.count(), job.events.count()) == (1, 1)


def test_the_second_of_two_crew_members_is_told_who_was_first(
    issue: Issue, job: Job, colleague: User, crew_member: User
) -> None:
    with pytest.raises(AlreadyStarted, match=crew_member.name):
        start_job(issue=issue, worker=colleague, at=None)
    assert Job.objects.count() == 1


@pytest.mark.parametrize("person", ["carl", "operator", "executive", "alice"])
def test_only_the_field_of_the_department_starts(
    person: str, issue: Issue, request: pytest.FixtureRequest
) -> None:
    with pytest.raises(NotAllowed):
        start_job(issue=issue, worker=request.getfixturevalue(person), at=None)


@pytest.mark.parametrize("state", ["resolved", "closed", "rejected"])
def test_an_ended_issue_is_not_started(state: str, town: Town, crew_member: User) -> None:
    ended = IssueFactory.create(department=town.lighting_north, state=state)
    with pytest.raises(StepNotAllowed):
        start_job(issue=ended, worker=crew_member, at=None)
    assert not Job.objects.exists()


def test_work_that_the_desk_started_can_be_taken(town: Town, crew_member: User) -> None:
    going = IssueFactory.in_progress(department=town.lighting_north)
    assert start_job(issue=going, worker=crew_member, at=None).state == JobState.STARTED
    going.refresh_from_db()
    assert going.state == State.IN_PROGRESS


def test_a_job_that_the_desk_overtook_makes_room_for_the_next(
    issue: Issue, job: Job, bea: User, colleague: User
) -> None:
    change_state(issue=issue, target=State.PAUSED, actor=bea, text="Parts are missing")
    again = start_job(issue=issue, worker=colleague, at=None)
    job.refresh_from_db()
    assert (job.state, again.worker) == (JobState.HANDED_BACK, colleague)
    assert last_event(job).data == {"overtaken_by": "paused"}


def test_finishing_keeps_the_photo_and_its_distance_from_the_pin(job: Job, crew_member: User) -> None:
    done = finish_job(job=job, worker=crew_member, proof=photo_at(5006, 7508), at=at(5300, 7500))
    job.issue.refresh_from_db()
    assert (job.issue.state, done.state) == (State.RESOLVED, JobState.DONE)
    assert done.proof is not None
    assert (done.proof.kind, done.proof.is_public, done.proof.uploader) == ("proof", True, crew_member)
    assert last_event(done).data == {"metres": pytest.approx(10, abs=0.2), "measured_by": "photo"}
    assert done.done_location == at(5300, 7500)


def test_a_photo_without_position_is_measured_by_the_phone(job: Job, crew_member: User) -> None:
    done = finish_job(job=job, worker=crew_member, proof=prepare_photo(uploaded_jpeg()), at=at(5300, 7500))
    assert last_event(done).data == {"metres": 300.0, "measured_by": "phone"}


def test_without_any_position_no_distance_is_invented(job: Job, crew_member: User) -> None:
    done = finish_job(job=job, worker=crew_member, proof=prepare_photo(uploaded_jpeg()), at=None)
    assert last_event(done).data == {}


def test_no_photo_needs_a_reason_and_the_citizen_reads_it(job: Job, crew_member: User) -> None:
    with pytest.raises(ProofMissing):
        finish_job(job=job, worker=crew_member, proof=None, no_proof_reason="  ", at=None)
    done = finish_job(job=job, worker=crew_member, proof=None, no_proof_reason="Private ground", at=None)
    event = job.issue.events.get(to_state="resolved")
    assert (done.no_proof_reason, event.text, event.is_public) == ("Private ground", "Private ground", True)


def test_a_refused_finish_leaves_nothing_behind(job: Job, bea: User, crew_member: User) -> None:
    change_state(issue=job.issue, target=State.REJECTED, actor=bea, text="Not a public lamp")
    with pytest.raises(StepNotAllowed):
        finish_job(job=job, worker=crew_member, proof=photo_at(5000, 7500), at=None)
    job.refresh_from_db()
    assert (job.state, job.issue.photos.count(), stored_files()) == (JobState.STARTED, 0, [])


def test_a_job_ends_once(job: Job, crew_member: User) -> None:
    hand_back_job(job=job, worker=crew_member, reason="Rain")
    with pytest.raises(JobOver):
        finish_job(job=job, worker=crew_member, proof=photo_at(5000, 7500), at=None)
    assert stored_files() == []


def test_handing_back_pauses_with_the_reason(job: Job, crew_member: User) -> None:
    with pytest.raises(ReasonMissing):
        hand_back_job(job=job, worker=crew_member, reason=" ")
    back = hand_back_job(job=job, worker=crew_member, reason="The lift is broken")
    job.issue.refresh_from_db()
    assert (job.issue.state, back.state) == (State.PAUSED, JobState.HANDED_BACK)
    assert job.issue.events.get(to_state="paused").text == "The lift is broken"


def test_a_colleague_does_not_end_it_but_the_dispatcher_does(job: Job, colleague: User, bea: User) -> None:
    with pytest.raises(NotAllowed):
        hand_back_job(job=job, worker=colleague, reason="Rain")
    assert last_event(hand_back_job(job=job, worker=bea, reason="Rain")).actor == bea


def test_the_issue_is_locked_before_the_job(job: Job, crew_member: User) -> None:
    """Desk and crew take locks in the same order, so they can't wait for each other."""
    with CaptureQueriesContext(connection) as queries:
        hand_back_job(job=job, worker=crew_member, reason="Rain")
    locks = [query["sql"] for query in queries.captured_queries if "FOR UPDATE" in query["sql"]]
    assert "issues_issue" in locks[0].split("FROM")[1]
    assert "crews_job" in locks[1].split("FROM")[1].split("INNER")[0]
