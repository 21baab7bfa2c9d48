"""What the desk does with a case, through its pages: rights, the table of states, conflicts, what is kept."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client

from accounts.models import User
from issues.models import Issue
from issues.states import STEPS, State
from municipality.models import Role
from tests.conftest import SignIn
from tests.factories import (
    CategoryFactory,
    IssueFactory,
    PhotoFactory,
    RoutingRuleFactory,
    Town,
    at,
)

PARTS = ["assign", "state", "note", "publish", "category", "join"]
HTMX = {"HX-Target": "section#case"}


@pytest.fixture
def case(town: Town) -> Issue:
    return IssueFactory.create(department=town.lighting_north, category=town.lighting)


def send(client: Client, case: Issue, part: str, **data: Any) -> Any:
    """As the case page sends it: with the version it was read at, unless told otherwise."""
    return client.post(f"/desk/{case.number}/{part}/", {"version": case.version, **data})


def now(case: Issue) -> Issue:
    return Issue.objects.get(pk=case.pk)


@pytest.mark.parametrize("part", PARTS)
def test_anonymous_visitors_are_asked_to_sign_in(part: str, client: Client, case: Issue) -> None:
    assert send(client, case, part)["Location"].startswith("/login/")


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("person", ["alice", "carl", "executive", "crew_member", "planner"])
def test_nobody_else_acts_on_the_case(
    person: str, part: str, sign_in: SignIn, request: pytest.FixtureRequest, case: Issue
) -> None:
    """Carl dispatches another department, executives read, crews have their own pages."""
    data = {"target": "accepted", "text": "x", "audience": "citizen", "department": case.department_id}
    answer = send(sign_in(request.getfixturevalue(person)), case, part, **data)
    assert answer.status_code == 403
    assert (now(case).version, case.events.count()) == (1, 1)


@pytest.mark.parametrize("part", PARTS)
def test_reading_an_address_of_an_action_does_nothing(
    part: str, sign_in: SignIn, bea: User, case: Issue
) -> None:
    assert sign_in(bea).get(f"/desk/{case.number}/{part}/").status_code == 405


def test_accepting_is_one_press(sign_in: SignIn, bea: User, case: Issue) -> None:
    answer = send(sign_in(bea), case, "state", target="accepted", back="state=received&evil=1")
    assert (answer.status_code, answer["Location"]) == (302, f"/desk/{case.number}/?state=received")
    assert now(case).state == State.ACCEPTED


@pytest.mark.parametrize("state", list(State))
def test_the_page_offers_exactly_the_steps_of_the_table(
    state: State, sign_in: SignIn, bea: User, operator: User, town: Town
) -> None:
    first = IssueFactory.create(department=town.lighting_north)
    joined = {"duplicate_of": first} if state == State.DUPLICATE else {}
    case = IssueFactory.create(department=town.lighting_north, state=state, is_public=False, **joined)
    for person, role in ((bea, Role.DISPATCHER), (operator, Role.OPERATOR)):
        offered = sign_in(person).get(f"/desk/{case.number}/").context["case"].steps
        allowed = [step for step in STEPS[state] if role in step.roles and step.target != State.DUPLICATE]
        assert offered == allowed


def test_a_step_that_the_table_does_not_know_is_refused_and_the_words_are_kept(
    sign_in: SignIn, bea: User, town: Town
) -> None:
    case = IssueFactory.in_progress(department=town.lighting_north)
    answer = send(sign_in(bea), case, "state", target="closed", text="because of the rain")
    assert answer.status_code == 409
    assert "because of the rain" in answer.content.decode()
    assert now(case).state == State.IN_PROGRESS


def test_an_operator_may_not_start_work(sign_in: SignIn, operator: User, town: Town) -> None:
    case = IssueFactory.accepted(department=town.lighting_north)
    assert send(sign_in(operator), case, "state", target="in_progress").status_code == 403
    assert now(case).state == State.ACCEPTED


def test_a_case_cannot_become_a_duplicate_without_the_earlier_one(
    sign_in: SignIn, bea: User, case: Issue
) -> None:
    assert send(sign_in(bea), case, "state", target="duplicate").status_code == 422
    assert now(case).state == State.RECEIVED


@pytest.mark.parametrize("target", ["rejected"])
def test_rejecting_asks_for_the_reason(target: str, sign_in: SignIn, bea: User, case: Issue) -> None:
    client = sign_in(bea)
    assert send(client, case, "state", target=target, text="  ").status_code == 400
    send(client, case, "state", target=target, text="Not a public lamp")
    event = case.events.get(to_state=target)
    assert (event.text, event.is_public) == ("Not a public lamp", True)


def test_marking_as_fixed_asks_for_a_photo_or_why_there_is_none(
    sign_in: SignIn, bea: User, town: Town
) -> None:
    case = IssueFactory.accepted(department=town.lighting_north)
    client = sign_in(bea)
    assert send(client, case, "state", target="resolved").status_code == 400
    PhotoFactory.create(issue=case, kind="proof")
    assert send(client, case, "state", target="resolved").status_code == 302
    assert now(case).state == State.RESOLVED


def test_somebody_elses_change_is_a_conflict_and_the_second_try_passes(
    sign_in: SignIn, bea: User, case: Issue
) -> None:
    client = sign_in(bea)
    send(client, case, "note", text="seen", audience="inside")
    answer = send(client, case, "state", target="rejected", text="Not a public lamp")
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Not a public lamp" in page
    assert "seen" in page
    version = answer.context["state_form"]["version"].value()
    again = client.post(
        f"/desk/{case.number}/state/", {"version": version, "target": "rejected", "text": "x"}
    )
    assert (again.status_code, now(case).state) == (302, State.REJECTED)


def test_assigning_tells_why_and_takes_the_case_out_of_the_queue(
    sign_in: SignIn, bea: User, carl: User, town: Town, case: Issue
) -> None:
    answer = send(sign_in(bea), case, "assign", department=town.roads.pk, text="It is a road matter")
    assert answer["Location"] == "/desk/"
    assert now(case).department == town.roads
    assert case.events.get(kind="assigned").text == "It is a road matter"
    assert sign_in(bea).get(f"/desk/{case.number}/").status_code == 403
    assert sign_in(carl).get(f"/desk/{case.number}/").status_code == 200


@pytest.mark.parametrize(("state", "may"), [("received", True), ("in_progress", False), ("closed", False)])
def test_assigning_is_offered_only_where_the_case_can_move(
    state: str, may: bool, sign_in: SignIn, bea: User, town: Town
) -> None:
    case = IssueFactory.create(department=town.lighting_north, state=state)
    client = sign_in(bea)
    assert (f"/desk/{case.number}/assign/" in client.get(f"/desk/{case.number}/").text) == may
    answer = send(client, case, "assign", department=town.roads.pk, text="road")
    assert (answer.status_code, now(case).department == town.roads) == ((302, True) if may else (409, False))


def test_assigning_without_a_department_keeps_the_words(sign_in: SignIn, bea: User, case: Issue) -> None:
    answer = send(sign_in(bea), case, "assign", text="Somebody else, please")
    assert answer.status_code == 422
    assert "Somebody else, please" in answer.content.decode()
    assert now(case).version == 1


def test_an_external_body_can_be_chosen(sign_in: SignIn, bea: User, town: Town, case: Issue) -> None:
    send(sign_in(bea), case, "assign", department=town.region.pk, text="A road of the region")
    assert now(case).department == town.region


@pytest.mark.parametrize(("audience", "is_public"), [("citizen", True), ("inside", False)])
def test_a_note_goes_where_its_button_says(
    audience: str, is_public: bool, sign_in: SignIn, bea: User, case: Issue
) -> None:
    send(sign_in(bea), case, "note", text="We come on Monday", audience=audience)
    event = case.events.get(kind="note")
    assert (event.text, event.is_public, event.actor) == ("We come on Monday", is_public, bea)


def test_a_note_without_a_choice_of_audience_is_not_kept(sign_in: SignIn, bea: User, case: Issue) -> None:
    assert send(sign_in(bea), case, "note", text="We come on Monday").status_code == 422
    assert not case.events.filter(kind="note").exists()


def test_text_and_photos_are_shown_and_hidden_again(sign_in: SignIn, bea: User, town: Town) -> None:
    case = IssueFactory.create(department=town.lighting_north, description="dark")
    photo = PhotoFactory.create(issue=case)
    client = sign_in(bea)
    for is_public in (True, False):
        send(client, case, "publish", **({"is_public": "on"} if is_public else {}))
        photo.refresh_from_db()
        assert (now(case).is_text_public, photo.is_public) == (is_public, is_public)


def test_another_category_asks_the_rules_again(sign_in: SignIn, bea: User, town: Town, case: Issue) -> None:
    green = CategoryFactory.create()
    RoutingRuleFactory.create(category=green, department=town.roads, position=1)
    send(sign_in(bea), case, "category", category=green.slug)
    assert (now(case).category, now(case).department) == (green, town.roads)


def test_joining_names_the_earlier_case(sign_in: SignIn, bea: User, town: Town) -> None:
    earlier, later = (IssueFactory.create(department=town.lighting_north) for _ in range(2))
    client = sign_in(bea)
    assert send(client, earlier, "join", earlier=later.number).status_code == 400
    assert send(client, later, "join", earlier=earlier.number).status_code == 302
    assert (now(later).state, now(later).duplicate_of) == (State.DUPLICATE, earlier)


def test_joining_to_a_case_of_another_department_is_refused(sign_in: SignIn, bea: User, town: Town) -> None:
    earlier = IssueFactory.create(department=town.roads)
    later = IssueFactory.create(department=town.lighting_north)
    assert send(sign_in(bea), later, "join", earlier=earlier.number).status_code == 422
    assert now(later).state == State.RECEIVED


def test_htmx_gets_the_case_its_row_and_the_counts(sign_in: SignIn, bea: User, case: Issue) -> None:
    data = {"version": 1, "target": "accepted"}
    answer = sign_in(bea).post(f"/desk/{case.number}/state/", data, headers=HTMX)
    assert answer.status_code == 200
    assert f'id="row-{case.number}" hx-swap-oob="true"' in answer.text
    assert 'id="chips"' in answer.text
    assert "<html" not in answer.text


def test_htmx_takes_the_row_away_when_the_case_leaves(
    sign_in: SignIn, bea: User, town: Town, case: Issue
) -> None:
    data = {"version": 1, "department": town.roads.pk, "text": "road"}
    answer = sign_in(bea).post(f"/desk/{case.number}/assign/", data, headers=HTMX)
    assert answer.status_code == 200
    assert f'id="row-{case.number}" hx-swap-oob="delete"' in answer.text


class TestBulk:
    """Several cases at once."""

    def post(self, client: Client, cases: list[Issue], **data: Any) -> list[str]:
        answer = client.post("/desk/bulk/", {"number": [case.number for case in cases], **data})
        assert answer.status_code == 302
        return [str(message) for message in get_messages(answer.wsgi_request)]

    def test_accepts_those_that_can_be_and_names_the_others(
        self, sign_in: SignIn, bea: User, town: Town
    ) -> None:
        new = [IssueFactory.create(department=town.lighting_north) for _ in range(2)]
        closed = IssueFactory.closed(department=town.lighting_north)
        said = self.post(sign_in(bea), [*new, closed], act="accept")
        assert [now(case).state for case in [*new, closed]] == ["accepted", "accepted", "closed"]
        assert [closed.number in sentence for sentence in said] == [True, False]

    def test_assigns_to_the_chosen_department(self, sign_in: SignIn, bea: User, town: Town) -> None:
        cases = [IssueFactory.create(department=town.lighting_north, location=at(5000, 7000)) for _ in "ab"]
        client = sign_in(bea)
        self.post(client, cases, act="assign")
        assert [now(case).department for case in cases] == [town.lighting_north] * 2
        self.post(client, cases, act="assign", department=town.roads.pk, text="road")
        assert [now(case).department for case in cases] == [town.roads] * 2

    def test_leaves_cases_of_another_department_alone(self, sign_in: SignIn, carl: User, case: Issue) -> None:
        self.post(sign_in(carl), [case], act="accept")
        assert now(case).state == State.RECEIVED

    def test_is_closed_to_executives(self, sign_in: SignIn, executive: User, case: Issue) -> None:
        answer = sign_in(executive).post("/desk/bulk/", {"number": case.number, "act": "accept"})
        assert (answer.status_code, now(case).state) == (403, State.RECEIVED)
