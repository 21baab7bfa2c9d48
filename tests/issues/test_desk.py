"""The desk's pages: who sees which queue, what the filters keep, and what a case shows to whom."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from issues.models import Issue
from municipality.models import Role
from tests.conftest import SignIn
from tests.factories import (
    CategoryFactory,
    IssueFactory,
    MembershipFactory,
    PhotoFactory,
    ReporterFactory,
    Town,
    at,
)

DESK = "/desk/"


def numbers(client: Client, query: str = "") -> list[str]:
    """The numbers on the desk's list, in order."""
    page = client.get(f"{DESK}?{query}").context["page"]
    return [row.number for row in page.rows]


@pytest.fixture
def case(town: Town) -> Issue:
    return IssueFactory.create(department=town.lighting_north, category=town.lighting)


def test_anonymous_visitors_are_asked_to_sign_in(client: Client, case: Issue) -> None:
    for path in (DESK, f"/desk/{case.number}/", "/desk/queue.geojson"):
        answer = client.get(path)
        assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/login/")


@pytest.mark.parametrize("person", ["alice", "crew_member", "planner"])
def test_the_desk_is_closed_to_those_who_do_not_work_there(
    person: str, sign_in: SignIn, request: pytest.FixtureRequest, case: Issue
) -> None:
    client = sign_in(request.getfixturevalue(person))
    assert [client.get(p).status_code for p in (DESK, f"/desk/{case.number}/", "/desk/queue.geojson")] == [
        403
    ] * 3


def test_a_dispatcher_sees_the_own_department_only(
    sign_in: SignIn, bea: User, carl: User, operator: User, town: Town, case: Issue
) -> None:
    pothole = IssueFactory.create(department=town.roads)
    assert numbers(sign_in(bea)) == [case.number]
    assert numbers(sign_in(carl)) == [pothole.number]
    assert set(numbers(sign_in(operator))) == {case.number, pothole.number}


def test_a_dispatcher_of_another_department_cannot_open_the_case(
    sign_in: SignIn, carl: User, case: Issue
) -> None:
    assert sign_in(carl).get(f"/desk/{case.number}/").status_code == 403


def test_a_private_case_of_another_department_does_not_exist(sign_in: SignIn, carl: User, town: Town) -> None:
    private = IssueFactory.create(department=town.lighting_north, is_public=False)
    assert sign_in(carl).get(f"/desk/{private.number}/").status_code == 404


def test_an_executive_reads_and_finds_no_buttons(sign_in: SignIn, executive: User, case: Issue) -> None:
    page = sign_in(executive).get(f"/desk/{case.number}/")
    assert page.status_code == 200
    assert reverse("issues:assign", args=[case.number]) not in page.text
    assert reverse("issues:desk-bulk") not in page.text


@pytest.mark.parametrize(
    ("person", "sees"), [("bea", True), ("operator", True), ("dora", True), ("executive", False)]
)
def test_only_who_answers_the_citizen_reads_the_contact(
    person: str, sees: bool, sign_in: SignIn, request: pytest.FixtureRequest, case: Issue
) -> None:
    ReporterFactory.create(issue=case, email="maria@example.gr", name="Maria", phone="6900000000")
    page = sign_in(request.getfixturevalue(person)).get(f"/desk/{case.number}/")
    assert page.status_code == 200
    assert ("maria@example.gr" in page.text, "6900000000" in page.text) == (sees, sees)


def test_a_dispatcher_who_is_only_crew_elsewhere_reads_no_contact_there(
    sign_in: SignIn, bea: User, town: Town
) -> None:
    MembershipFactory.create(user=bea, department=town.roads, role=Role.CREW)
    pothole = IssueFactory.create(department=town.roads)
    ReporterFactory.create(issue=pothole, email="maria@example.gr")
    page = sign_in(bea).get(f"/desk/{pothole.number}/")
    assert page.status_code == 200
    assert "maria@example.gr" not in page.text
    assert reverse("issues:assign", args=[pothole.number]) not in page.text


def test_the_case_shows_what_was_answered_and_the_whole_history(
    sign_in: SignIn, bea: User, case: Issue
) -> None:
    case.events.create(kind="note", actor=bea, text="Call the electrician", is_public=False)
    PhotoFactory.create(issue=case)
    page = sign_in(bea).get(f"/desk/{case.number}/")
    assert "Call the electrician" in page.text
    assert [event.is_public for event in page.context["case"].events] == [False, True]
    assert len(page.context["case"].photos) == 1


def test_near_open_cases_of_the_kind_are_offered_to_join(sign_in: SignIn, bea: User, case: Issue) -> None:
    def near(metres: float, **fields: object) -> Issue:
        place = at(5000 + metres, 7500)
        return IssueFactory.create(department=case.department, location=place, **fields)

    same = near(20, category=case.category)
    near(case.category.duplicate_radius_metres + 5, category=case.category)
    near(5, category=CategoryFactory.create())
    near(5, category=case.category, state="closed", resolved_at=timezone.now())
    found = sign_in(bea).get(f"/desk/{case.number}/").context["case"].near_duplicates
    assert [(other.number, round(other.distance)) for other in found] == [(same.number, 20)]


def test_htmx_gets_the_case_alone_and_the_list_alone(sign_in: SignIn, bea: User, case: Issue) -> None:
    client = sign_in(bea)
    part = client.get(f"/desk/{case.number}/", headers={"HX-Target": "section#case"})
    rows = client.get(DESK, headers={"HX-Target": "div#queue"})
    for answer in (part, rows):
        assert "<html" not in answer.text
        assert "HX-Target" in answer["Vary"]
    assert "<html" in client.get(f"/desk/{case.number}/").text


def test_the_queue_costs_the_same_for_one_case_and_for_many(
    sign_in: SignIn, bea: User, town: Town, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in(bea)
    client.get(DESK)
    for many in (1, 30):
        IssueFactory.create_batch(many, department=town.lighting_north, area=town.north)
        # session, user, rights (2); counts, departments, rows; home; choices of four lists
        with django_assert_num_queries(12):
            client.get(DESK)


def test_a_case_costs_the_same_with_a_long_history(
    sign_in: SignIn, bea: User, case: Issue, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client = sign_in(bea)
    for many in (1, 20):
        for _ in range(many):
            case.events.create(kind="note", actor=bea, text="note")
        PhotoFactory.create_batch(2, issue=case)
        # session, user, rights (2); case, home, decision, choices (2), photos, contact, near ones, events
        with django_assert_num_queries(13):
            client.get(f"/desk/{case.number}/", headers={"HX-Target": "section#case"})


def test_due_order_puts_the_oldest_promise_first_and_none_last(
    sign_in: SignIn, bea: User, town: Town
) -> None:
    now = timezone.now()
    dates = [now + timedelta(days=2), None, now - timedelta(days=1)]
    later, never, late = (IssueFactory.create(department=town.lighting_north, due_at=due) for due in dates)
    assert numbers(sign_in(bea)) == [late.number, later.number, never.number]
