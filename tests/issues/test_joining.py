"""Joining a case to an earlier one: no circles, no chains, and nobody is left without news."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from accounts.models import User
from issues.actions.desk import add_note
from issues.actions.states import change_state, join_duplicate
from issues.errors import NotADuplicate
from issues.models import Issue, Notification
from issues.states import State
from municipality.models import Role
from tests.factories import (
    DepartmentFactory,
    IssueFactory,
    MembershipFactory,
    ReporterFactory,
    Town,
    UserFactory,
)


@pytest.fixture
def cases(town: Town) -> list[Issue]:
    """Three of one problem, the oldest first."""
    start = timezone.now() - timedelta(days=3)
    fields = {"category": town.dark_lamp, "department": town.lighting_north}
    return [IssueFactory.accepted(reported_at=start + timedelta(hours=hour), **fields) for hour in range(3)]


def test_who_was_joined_to_a_case_that_is_joined_itself_goes_along(cases: list[Issue], bea: User) -> None:
    first, second, third = cases
    ReporterFactory.create(issue=third, email="third@example.gr")
    join_duplicate(issue=third, earlier=second, actor=bea)
    join_duplicate(issue=second, earlier=first, actor=bea)
    third.refresh_from_db()
    assert third.duplicate_of == first
    note = add_note(issue=first, text="Το συνεργείο έρχεται", actor=bea, is_public=True)
    assert Notification.objects.filter(event=note, recipient="third@example.gr").exists()


def test_joined_case_that_is_opened_again_stands_alone(cases: list[Issue], bea: User) -> None:
    first, second, third = cases
    join_duplicate(issue=second, earlier=first, actor=bea)
    reopened = change_state(issue=second, target=State.ACCEPTED, actor=bea, text="Άλλη λάμπα")
    assert reopened.duplicate_of is None
    assert join_duplicate(issue=third, earlier=second, actor=bea).duplicate_of == second


def test_nothing_is_joined_to_what_was_taken_back(cases: list[Issue], bea: User) -> None:
    first, second, _third = cases
    change_state(issue=first, target=State.WITHDRAWN, by_reporter=True)
    with pytest.raises(NotADuplicate):
        join_duplicate(issue=second, earlier=first, actor=bea)


def test_joined_case_names_the_earlier_one_only_to_who_may_see_it(
    client: Client, cases: list[Issue], bea: User
) -> None:
    first, second, _third = cases
    join_duplicate(issue=second, earlier=first, actor=bea)
    assert first.number in client.get(f"/issues/{second.number}/").content.decode()
    Issue.objects.filter(pk=first.pk).update(is_public=False)
    assert first.number not in client.get(f"/issues/{second.number}/").content.decode()
    assert first.number not in client.get(f"/t/{second.token}/").content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_who_join_crosswise_make_no_circle() -> None:
    department, moment = DepartmentFactory.create(), timezone.now()
    pair = [IssueFactory.accepted(department=department, reported_at=moment) for _ in range(2)]
    user = UserFactory.create()
    MembershipFactory.create(user=user, department=department, role=Role.DISPATCHER)
    ready = Barrier(2)

    def join(order: tuple[int, int]) -> str:
        issue, earlier = (Issue.objects.get(pk=pair[place].pk) for place in order)
        try:
            ready.wait(timeout=10)
            join_duplicate(issue=issue, earlier=earlier, actor=User.objects.get(pk=user.pk))
        except NotADuplicate:
            return "refused"
        finally:
            connection.close()
        return "joined"

    with ThreadPoolExecutor(2) as desks:
        told = sorted(desks.map(join, [(0, 1), (1, 0)]))
    assert told == ["joined", "refused"]
    assert Issue.objects.filter(duplicate_of__isnull=False).count() == 1
