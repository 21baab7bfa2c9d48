"""The report as one transaction: number, decision, events, promise and mail together or not at all."""

import threading
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone

from issues.actions.report import Contact, report_issue
from issues.errors import AssetMismatch, CategoryClosed, InNeighbour, OutsideMunicipality
from issues.models import Issue, Notification, ProtocolCounter, Reporter
from tests.factories import AssetFactory, AssetTypeFactory, Town, at, build_town


def test_report_is_numbered_routed_promised_and_answered(town: Town) -> None:
    contact = Contact(name="Alice", email="alice@example.gr", language="en")
    issue = report_issue(category=town.dark_lamp, location=at(5000, 7500), asset=town.lamp, contact=contact)
    issue.refresh_from_db()
    year = timezone.localdate().year
    assert issue.number == f"{year}-000001"
    assert issue.department == town.lighting_north
    assert issue.area == town.north
    assert issue.due_at is not None
    assert issue.due_at > timezone.now()
    assert [event.kind for event in issue.events.all()] == ["reported", "routed"]
    assert issue.routing_decisions.get().department == town.lighting_north
    mail = Notification.objects.get()
    assert mail.recipient == "alice@example.gr"
    assert issue.number in mail.subject
    assert f"/t/{issue.token}/" in mail.body
    assert Reporter.objects.get().retain_until >= timezone.localdate() + timedelta(days=700)


def test_no_contact_no_personal_row_no_mail(town: Town) -> None:
    report_issue(category=town.pothole, location=at(1, 1), contact=Contact())
    assert not Reporter.objects.exists()
    assert not Notification.objects.exists()


def test_pin_in_the_neighbouring_municipality_is_refused_by_name(town: Town) -> None:
    with pytest.raises(InNeighbour, match="Ανατολής"):
        report_issue(category=town.pothole, location=at(10_001, 100))
    assert not Issue.objects.exists()
    assert not ProtocolCounter.objects.exists()


def test_pin_in_nobodys_land_is_refused(town: Town) -> None:
    with pytest.raises(OutsideMunicipality):
        report_issue(category=town.pothole, location=at(-10, 100))


def test_pin_on_the_common_border_is_ours(town: Town) -> None:
    assert report_issue(category=town.pothole, location=at(10_000, 100)).pk


def test_closed_category_and_wrong_asset_are_refused(town: Town) -> None:
    bin_type = AssetTypeFactory.create(slug="bin")
    bin_ = AssetFactory.create(type=bin_type, location=at(1, 1))
    with pytest.raises(AssetMismatch):
        report_issue(category=town.dark_lamp, location=at(1, 1), asset=bin_)
    town.pothole.is_active = False
    with pytest.raises(CategoryClosed):
        report_issue(category=town.pothole, location=at(1, 1))


def test_the_same_submission_twice_is_one_issue(town: Town) -> None:
    key = uuid4()
    first = report_issue(category=town.pothole, location=at(1, 1), submission_key=key)
    second = report_issue(category=town.pothole, location=at(1, 1), submission_key=key)
    assert first == second
    assert ProtocolCounter.objects.get().last == 1


def test_a_report_that_fails_gives_its_number_back(town: Town) -> None:
    class Interrupted(Exception):
        pass

    @transaction.atomic
    def report_and_fail() -> None:
        report_issue(category=town.pothole, location=at(1, 1))
        raise Interrupted

    with pytest.raises(Interrupted):
        report_and_fail()
    assert report_issue(category=town.pothole, location=at(1, 1)).number.endswith("-000001")


@pytest.mark.django_db(transaction=True)
def test_reports_at_the_same_moment_get_numbers_without_gaps() -> None:
    town = build_town()
    key = uuid4()

    def send(own: bool) -> None:
        try:
            report_issue(category=town.pothole, location=at(1, 1), submission_key=None if own else key)
        finally:
            connection.close()

    threads = [threading.Thread(target=send, args=[number % 2 == 0]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    numbers = sorted(Issue.objects.values_list("number", flat=True))
    assert [int(number[-6:]) for number in numbers] == [1, 2, 3, 4, 5]
