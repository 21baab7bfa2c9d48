"""The last press: what is accepted, what is refused, and that nothing typed is lost."""

import uuid
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import User
from issues.models import Issue, Photo, Reporter
from tests.conftest import SignIn
from tests.factories import Town, uploaded_jpeg
from tests.issues.reporting import REPORT, pothole, send


@pytest.fixture(autouse=True)
def no_limit_reached_yet(db: None) -> None:
    """What other tests counted in this hour."""
    cache.clear()


def test_sent_report_leads_to_its_tracking_page(client: Client, town: Town) -> None:
    response = send(client, description="Βαθιά, στη στροφή", **{"answer-pothole-size": "small"})
    issue = Issue.objects.get()
    assert response.status_code == 302
    assert response.headers["Location"] == f"{reverse('issues:track', args=[issue.token])}?new=1"
    assert issue.category == town.pothole
    assert issue.department == town.roads
    assert issue.address == "Ασκληπιού 12"
    assert issue.description == "Βαθιά, στη στροφή"
    assert not Reporter.objects.exists()
    page = client.get(response.headers["Location"]).content.decode()
    assert issue.number in page
    assert "Οδοποιία" in page


def test_address_is_kept_in_the_language_of_the_municipality(client: Client, town: Town) -> None:
    client.cookies["django_language"] = "en"
    send(client)
    assert Issue.objects.get().address == "Ασκληπιού 12"


def test_same_form_sent_twice_is_one_report(client: Client, town: Town, settings: Any) -> None:
    settings.REPORTS_PER_HOUR = 1
    first, second = send(client), send(client)
    assert first.headers["Location"] == second.headers["Location"]
    assert Issue.objects.count() == 1


@pytest.mark.parametrize("key", ["", "nonsense"])
def test_form_without_its_key_is_a_report_all_the_same(client: Client, town: Town, key: str) -> None:
    assert send(client, submission_key=key).status_code == 302
    assert send(client, submission_key=key).status_code == 302
    assert Issue.objects.count() == 2


def test_photos_come_with_the_report_and_wait_for_the_staff(client: Client, town: Town) -> None:
    send(client, photos=[uploaded_jpeg("a.jpg"), uploaded_jpeg("b.jpg")])
    assert list(Photo.objects.values_list("is_public", flat=True)) == [False, False]


def test_file_that_is_no_photo_is_named_and_nothing_typed_is_lost(client: Client, town: Town) -> None:
    bad = uploaded_jpeg("receipt.pdf")
    bad.file.truncate(10)  # type: ignore[union-attr]
    bad.size = 10
    response = send(client, photos=[uploaded_jpeg("a.jpg"), bad], description="Μεγάλη λακκούβα")
    assert response.status_code == 400
    page = response.content.decode()
    assert "receipt.pdf" in page
    assert "Μεγάλη λακκούβα" in page
    assert not Issue.objects.exists()


def test_too_many_photos_are_refused(client: Client, town: Town, settings: Any) -> None:
    settings.PHOTO_MAX_COUNT = 1
    assert send(client, photos=[uploaded_jpeg(), uploaded_jpeg()]).status_code == 400
    assert not Issue.objects.exists()


def test_contact_needs_a_yes(client: Client, town: Town) -> None:
    response = send(client, email="maria@example.gr")
    assert response.status_code == 422
    assert "agrees" in response.context["form"].errors
    assert "maria@example.gr" in response.content.decode()
    send(client, email="maria@example.gr", name="Μαρία", agrees="on")
    reporter = Reporter.objects.get()
    assert (reporter.email, reporter.name, reporter.language) == ("maria@example.gr", "Μαρία", "el")


def test_box_that_people_do_not_see_stops_programs_but_says_so(client: Client, town: Town) -> None:
    response = send(client, website="http://spam.example", description="Buy")
    assert response.status_code == 422
    assert "website" in response.context["form"].errors
    assert not Issue.objects.exists()


def test_flood_of_reports_is_refused_in_a_friendly_sentence(
    client: Client, town: Town, settings: Any
) -> None:
    settings.REPORTS_PER_HOUR = 2
    for _ in range(2):
        assert send(client, submission_key=str(uuid.uuid4())).status_code == 302
    response = send(client, submission_key=str(uuid.uuid4()), description="Τρίτη σήμερα")
    assert response.status_code == 429
    assert "Τρίτη σήμερα" in response.content.decode()
    assert Issue.objects.count() == 2


def test_staff_on_the_phone_are_not_limited(
    operator: User, sign_in: SignIn, town: Town, settings: Any
) -> None:
    settings.REPORTS_PER_HOUR = 1
    client = sign_in(operator)
    for _ in range(3):
        assert send(client, submission_key=str(uuid.uuid4())).status_code == 302


def test_script_gets_json_answers(client: Client, town: Town) -> None:
    accept = {"accept": "application/json"}
    refused = client.post(REPORT, pothole(category="", email="no address"), headers=accept)
    assert refused.status_code == 422
    assert {error["field"] for error in refused.json()["errors"]} == {"category", "email"}
    accepted = client.post(REPORT, pothole(), headers=accept)
    assert accepted.json() == {"url": f"/t/{Issue.objects.get().token}/?new=1"}
