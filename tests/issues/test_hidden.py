"""What is for staff stays out of the public pages and mails, also when it was not always so."""

import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import User
from issues.actions.desk import add_note, change_category
from issues.actions.retention import forget_people
from issues.forms.report_place import typed_coordinates
from issues.models import Issue, Notification
from issues.views.issue import FOLLOWS_PER_ADDRESS
from layers.models import Visibility
from tests.conftest import SignIn
from tests.factories import (
    AssetFactory,
    AssetTypeFactory,
    FollowerFactory,
    IssueFactory,
    NotificationFactory,
    ReporterFactory,
    Town,
)


@pytest.fixture(autouse=True)
def no_limit_reached_yet(db: None) -> None:
    cache.clear()


@pytest.fixture
def issue(town: Town) -> Issue:
    return IssueFactory.accepted(category=town.dark_lamp, department=town.lighting_north)


def test_asset_of_a_type_for_staff_is_not_named(client: Client, issue: Issue) -> None:
    valve = AssetFactory.create(type=AssetTypeFactory.create(visibility=Visibility.STAFF), code="SECRET-7")
    Issue.objects.filter(pk=issue.pk).update(asset=valve)
    for address in (f"/issues/{issue.number}/", f"/issues/{issue.number}/?card=1", f"/t/{issue.token}/"):
        assert "SECRET-7" not in client.get(address).content.decode()


def test_followers_hear_no_more_of_a_case_that_became_private(issue: Issue, town: Town, bea: User) -> None:
    FollowerFactory.create(issue=issue, email="follower@example.gr")
    ReporterFactory.create(issue=issue, email="reporter@example.gr")
    change_category(issue=issue, category=town.complaint, actor=bea)
    issue.refresh_from_db()
    Issue.objects.filter(pk=issue.pk).update(department=town.lighting_north)
    note = add_note(issue=issue, text="Για τον καταγγέλλοντα", actor=bea, is_public=True)
    readers = Notification.objects.filter(event=note).values_list("recipient", flat=True)
    assert list(readers) == ["reporter@example.gr"]


def test_one_mailbox_is_not_flooded_with_questions(client: Client, town: Town) -> None:
    cases = [IssueFactory.accepted(category=town.pothole) for _ in range(FOLLOWS_PER_ADDRESS + 1)]
    answers = [
        client.post(
            f"/issues/{case.number}/follow/",
            {"email": "Victim@example.gr" if place % 2 else "victim@example.gr"},
            REMOTE_ADDR=f"192.0.2.{place}",
        ).status_code
        for place, case in enumerate(cases)
    ]
    assert answers == [302] * FOLLOWS_PER_ADDRESS + [429]
    assert Notification.objects.count() == FOLLOWS_PER_ADDRESS


def test_mail_that_could_not_be_sent_is_forgotten_too(db: None) -> None:
    long_ago = timezone.now() - timedelta(days=31)
    for state in ("sent", "failed", "unconfirmed", "pending"):
        NotificationFactory.create(state=state, created_at=long_ago)
    forget_people(today=timezone.localdate())
    assert list(Notification.objects.values_list("state", flat=True)) == ["pending"]


@pytest.mark.parametrize(
    "query", ["since=0001-01-01", "until=9999-12-31", "since=9999-12-31&until=0001-01-01"]
)
def test_day_at_the_end_of_time_is_told_and_left_out(query: str, sign_in: SignIn, bea: User) -> None:
    assert sign_in(bea).get(f"/desk/?{query}").status_code == 200


def test_long_nonsense_instead_of_coordinates_keeps_nobody_busy() -> None:
    start = time.monotonic()
    assert typed_coordinates("1" + " " * 200_000 + "x") is None
    assert time.monotonic() - start < 1
