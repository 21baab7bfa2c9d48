"""The crew's pages: who gets in, what a phone sends, and what is kept when something is refused."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from core.geo import to_lonlat
from crews.actions import start_job
from crews.models import Job
from issues.models import Issue
from issues.states import State
from municipality.models import Role
from tests.conftest import SignIn
from tests.factories import (
    AssetFactory,
    IssueFactory,
    MembershipFactory,
    ReporterFactory,
    Town,
    UserFactory,
    at,
    uploaded_jpeg,
)

WORK = ["start", "done", "hand-back"]


@pytest.fixture
def issue(town: Town) -> Issue:
    return IssueFactory.accepted(
        department=town.lighting_north, category=town.lighting, location=at(5000, 7500)
    )


@pytest.fixture
def phone(sign_in: SignIn, crew_member: User) -> Client:
    return sign_in(crew_member)


def degrees(x: float, y: float) -> dict[str, str]:
    place = to_lonlat(at(x, y))
    return {"lon": f"{place.x:.6f}", "lat": f"{place.y:.6f}"}


def send(client: Client, issue: Issue, part: str, **data: Any) -> Any:
    return client.post(f"/crew/{issue.number}/{part}/", data)


def now(issue: Issue) -> Issue:
    return Issue.objects.get(pk=issue.pk)


def test_anonymous_visitors_are_asked_to_sign_in(client: Client, issue: Issue) -> None:
    pages = ["/crew/", "/crew/nearby/", f"/crew/{issue.number}/"]
    answers = [client.get(page) for page in pages] + [send(client, issue, part) for part in WORK]
    assert {answer["Location"].split("?")[0] for answer in answers} == {"/login/"}


@pytest.mark.parametrize("person", ["alice", "operator", "executive", "planner"])
def test_the_pages_are_for_the_field(
    person: str, sign_in: SignIn, request: pytest.FixtureRequest, issue: Issue
) -> None:
    client = sign_in(request.getfixturevalue(person))
    answers = [client.get("/crew/"), client.get("/crew/nearby/"), client.get(f"/crew/{issue.number}/")]
    answers += [send(client, issue, part) for part in WORK]
    assert {answer.status_code for answer in answers} == {403}


def test_another_department_neither_sees_nor_starts_the_job(
    sign_in: SignIn, carl: User, issue: Issue
) -> None:
    client = sign_in(carl)
    assert issue.number not in client.get("/crew/").text
    assert client.get(f"/crew/{issue.number}/").status_code == 403
    assert send(client, issue, "start").status_code == 403
    assert now(issue).state == State.ACCEPTED


def test_a_private_issue_of_another_department_does_not_exist(
    sign_in: SignIn, carl: User, town: Town
) -> None:
    private = IssueFactory.create(department=town.lighting_north, is_public=False)
    assert sign_in(carl).get(f"/crew/{private.number}/").status_code == 404


def test_crews_never_read_the_reporters_contact(phone: Client, issue: Issue) -> None:
    ReporterFactory.create(issue=issue, email="maria@example.gr", name="Maria", phone="6900000000")
    page = phone.get(f"/crew/{issue.number}/").text
    assert not {word for word in ("maria@example.gr", "Maria", "6900000000") if word in page}


def test_nearby_answers_in_json_with_metres(phone: Client, issue: Issue) -> None:
    answer = phone.get("/crew/nearby/", degrees(4900, 7500), headers={"Accept": "application/json"})
    (job,) = answer.json()["jobs"]
    assert (job["number"], job["metres"], job["wind"]) == (issue.number, 100, "e")


def test_nearby_refuses_a_place_that_is_none(phone: Client) -> None:
    for query in ("lon=200&lat=38", "lon=x&lat=y", "lon=21.7"):
        assert phone.get(f"/crew/nearby/?{query}").status_code == 400


def test_an_area_can_stand_for_the_position(phone: Client, town: Town, issue: Issue) -> None:
    page = phone.get(f"/crew/?area={town.north.pk}")
    assert page.context["is_near"]
    assert [round(job.metres) for job in page.context["jobs"]] == [0]


def test_without_a_position_the_list_is_by_due_date(phone: Client, issue: Issue) -> None:
    page = phone.get("/crew/")
    assert not page.context["is_near"]
    assert [job.issue for job in page.context["jobs"]] == [issue]


def test_three_taps(phone: Client, issue: Issue, crew_member: User) -> None:
    assert f"/crew/{issue.number}/start/" in phone.get("/crew/").text
    assert send(phone, issue, "start", **degrees(5010, 7500))["Location"] == f"/crew/{issue.number}/"
    assert f"/crew/{issue.number}/done/" in phone.get(f"/crew/{issue.number}/").text
    answer = send(phone, issue, "done", proof=uploaded_jpeg(), **degrees(5000, 7530))
    assert answer["Location"] == "/crew/"
    job = Job.objects.get()
    assert (now(issue).state, job.worker) == (State.RESOLVED, crew_member)
    assert [round(event.data["metres"]) for event in job.events.all()] == [10, 30]
    assert issue.photos.get().kind == "proof"
    assert issue.number in phone.get("/crew/").text


def test_my_started_job_is_on_top_and_not_repeated_below(phone: Client, issue: Issue, town: Town) -> None:
    other = IssueFactory.accepted(department=town.lighting_north)
    send(phone, issue, "start")
    context = phone.get("/crew/").context
    assert [card.issue for card in context["mine"]] == [issue]
    assert [card.issue for card in context["jobs"]] == [other]


def test_the_second_to_start_reads_who_was_first(
    phone: Client, sign_in: SignIn, issue: Issue, crew_member: User, town: Town
) -> None:
    send(phone, issue, "start")
    colleague = UserFactory.create(name="Nikos")
    MembershipFactory.create(user=colleague, department=town.lighting_north, role=Role.CREW)
    answer = send(sign_in(colleague), issue, "start")
    assert answer.status_code == 409
    assert crew_member.name in answer.text
    assert Job.objects.get().worker == crew_member


def test_done_without_photo_and_without_reason_is_refused(phone: Client, issue: Issue) -> None:
    send(phone, issue, "start")
    assert send(phone, issue, "done").status_code == 400
    assert now(issue).state == State.IN_PROGRESS
    send(phone, issue, "done", no_proof_reason="Private ground")
    assert (now(issue).state, Job.objects.get().no_proof_reason) == (State.RESOLVED, "Private ground")


def test_a_file_that_is_no_photo_is_refused_with_a_sentence(phone: Client, issue: Issue) -> None:
    send(phone, issue, "start")
    text = SimpleUploadedFile("photo.jpg", b"not a photo", content_type="image/jpeg")
    answer = send(phone, issue, "done", proof=text)
    assert answer.status_code == 422
    assert "field__error" in answer.text
    assert (now(issue).state, issue.photos.count()) == (State.IN_PROGRESS, 0)


def test_handing_back_keeps_the_reason_for_the_desk(phone: Client, issue: Issue) -> None:
    send(phone, issue, "start")
    assert send(phone, issue, "hand-back", reason="  ").status_code == 422
    assert send(phone, issue, "hand-back", reason="The lift is broken")["Location"] == "/crew/"
    assert now(issue).state == State.PAUSED
    assert "The lift is broken" in [event.text for event in issue.events.all()]


def test_finishing_what_the_desk_ended_is_told_and_nothing_is_kept(phone: Client, issue: Issue) -> None:
    send(phone, issue, "start")
    Issue.objects.filter(pk=issue.pk).update(state="paused")
    answer = send(phone, issue, "done", no_proof_reason="Private ground")
    assert answer.status_code == 409
    assert now(issue).state == State.PAUSED


def test_the_job_page_tells_the_facts_of_the_asset_and_opens_navigation(
    phone: Client, town: Town, crew_member: User
) -> None:
    lamp = AssetFactory.create(code="ΦΩ-00042", properties={"power_w": 60})
    issue = IssueFactory.accepted(department=town.lighting_north, asset=lamp, location=at(5000, 7500))
    page = phone.get(f"/crew/{issue.number}/").text
    place = degrees(5000, 7500)
    assert "ΦΩ-00042" in page
    assert "60" in page
    assert f'href="geo:{place["lat"]},{place["lon"]}?q=' in page


def test_the_list_costs_the_same_for_one_job_and_for_many(
    phone: Client, town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for many in (1, 15):
        IssueFactory.create_batch(many, department=town.lighting_north, state="in_progress")
        # session, user, rights (2); own jobs, near ones, who is on them; home, areas to choose
        with django_assert_num_queries(9):
            phone.get("/crew/", degrees(5000, 7500))


def test_next_job_is_one_that_nobody_works_on(phone: Client, town: Town, issue: Issue) -> None:
    colleague = UserFactory.create()
    MembershipFactory.create(user=colleague, department=town.lighting_north, role=Role.CREW)
    start_job(issue=issue, worker=colleague, at=None)
    farther = IssueFactory.accepted(
        department=town.lighting_north, category=town.lighting, location=at(5500, 7500)
    )
    listed = phone.get("/crew/nearby/", degrees(5000, 7500), headers={"Accept": "application/json"}).json()
    assert [job["number"] for job in listed["jobs"]] == [farther.number, issue.number]
