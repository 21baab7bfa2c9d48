"""The tracking page: what the holder of the link sees and may do."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import User
from issues.actions.desk import add_note
from issues.actions.report import Contact, report_issue
from issues.actions.states import change_state
from issues.models import Feedback, Issue, Photo
from issues.states import State
from tests.conftest import SignIn
from tests.factories import IssueFactory, PhotoFactory, Town, at, uploaded_jpeg


@pytest.fixture(autouse=True)
def no_limit_reached_yet(db: None) -> None:
    """What other tests counted in this hour."""
    cache.clear()


@pytest.fixture
def issue(town: Town) -> Issue:
    contact = Contact("Μαρία", "maria@example.gr", "2610000000")
    return report_issue(
        category=town.pothole, location=at(5000, 7500), description="Κοντά στο σχολείο", contact=contact
    )


def page(client: Client, issue: Issue) -> str:
    return str(client.get(f"/t/{issue.token}/").content.decode())


def test_holder_sees_own_words_who_has_it_and_by_when(client: Client, issue: Issue) -> None:
    html = page(client, issue)
    assert issue.number in html
    assert "Κοντά στο σχολείο" in html
    assert "Οδοποιία" in html
    assert issue.due_at is not None
    assert timezone.localtime(issue.due_at).date().isoformat() in html


def test_nobody_sees_the_contact_again_on_the_page(client: Client, issue: Issue) -> None:
    html = page(client, issue)
    assert "maria@example.gr" not in html
    assert "2610000000" not in html


def test_page_is_kept_out_of_search_engines_caches_and_referrers(client: Client, issue: Issue) -> None:
    headers = client.get(f"/t/{issue.token}/").headers
    assert "noindex" in headers["X-Robots-Tag"]
    assert headers["Referrer-Policy"] == "strict-origin"
    assert "no-store" in headers["Cache-Control"]


def test_no_link_of_the_page_tells_the_token_but_its_own(client: Client, issue: Issue) -> None:
    PhotoFactory.create(issue=issue)
    own = (f"/t/{issue.token}/", f"?t={issue.token}", f"next={issue.token}")
    rest = page(client, issue)
    for known in own:
        rest = rest.replace(known, "")
    assert issue.token not in rest


def test_unknown_token_is_told_so(client: Client, town: Town) -> None:
    assert client.get("/t/nobody-knows/").status_code == 404


def test_public_events_are_told_and_internal_ones_are_not(client: Client, carl: User, issue: Issue) -> None:
    add_note(issue=issue, text="Στέλνουμε συνεργείο αύριο", actor=carl, is_public=True)
    add_note(issue=issue, text="Ο ίδιος πάλι", actor=carl, is_public=False)
    html = page(client, issue)
    assert "Στέλνουμε συνεργείο αύριο" in html
    assert "Ο ίδιος πάλι" not in html


def test_holder_adds_a_photo_that_only_they_and_the_staff_see(
    client: Client, carl: User, sign_in: SignIn, issue: Issue
) -> None:
    response = client.post(f"/t/{issue.token}/photo/", {"photos": uploaded_jpeg()})
    assert response.status_code == 302
    photo = Photo.objects.get()
    address = f"/photos/{photo.uuid}/thumb.jpg"
    assert client.get(address).status_code == 404
    assert client.get(address, {"t": "wrong"}).status_code == 404
    assert client.get(address, {"t": issue.token}).status_code == 200
    assert sign_in(carl).get(address).status_code == 200


def test_photo_that_cannot_be_read_is_refused_with_words(client: Client, issue: Issue) -> None:
    broken = uploaded_jpeg()
    broken.file.truncate(30)  # type: ignore[union-attr]
    broken.size = 30
    html = client.post(f"/t/{issue.token}/photo/", {"photos": broken}, follow=True).content.decode()
    assert "photo.jpg" in html
    assert not Photo.objects.exists()


def test_no_photo_after_the_end(client: Client, town: Town) -> None:
    issue = IssueFactory.rejected(category=town.pothole, department=town.roads)
    client.post(f"/t/{issue.token}/photo/", {"photos": uploaded_jpeg()})
    assert not Photo.objects.exists()


def test_holder_takes_the_report_back(client: Client, issue: Issue) -> None:
    client.post(f"/t/{issue.token}/withdraw/")
    issue.refresh_from_db()
    assert issue.state == State.WITHDRAWN
    assert client.get(f"/issues/{issue.number}/").status_code == 404
    assert issue.number in page(client, issue)


def test_work_that_began_cannot_be_taken_back(client: Client, carl: User, issue: Issue) -> None:
    change_state(issue=issue, target=State.IN_PROGRESS, actor=carl)
    assert f"/t/{issue.token}/withdraw/" not in page(client, issue)
    client.post(f"/t/{issue.token}/withdraw/")
    issue.refresh_from_db()
    assert issue.state == State.IN_PROGRESS


def fix(issue: Issue, actor: User) -> None:
    change_state(issue=issue, target=State.ACCEPTED, actor=actor)
    change_state(issue=issue, target=State.RESOLVED, actor=actor, text="Χωρίς φωτογραφία")


def answer(client: Client, issue: Issue, **data: Any) -> Any:
    return client.post(f"/t/{issue.token}/answer/", data)


def test_yes_closes_the_case_once(client: Client, carl: User, issue: Issue) -> None:
    fix(issue, carl)
    assert f"/t/{issue.token}/answer/" in page(client, issue)
    answer(client, issue, is_fixed="yes", score="4", comment="Γρήγορα")
    answer(client, issue, is_fixed="no")
    issue.refresh_from_db()
    assert issue.state == State.CLOSED
    feedback = Feedback.objects.get()
    assert (feedback.is_fixed, feedback.score, feedback.comment) == (True, 4, "Γρήγορα")
    assert f"/t/{issue.token}/answer/" not in page(client, issue)


def test_no_opens_it_again_and_the_next_fix_asks_again(client: Client, carl: User, issue: Issue) -> None:
    fix(issue, carl)
    answer(client, issue, is_fixed="no", comment="Άνοιξε πάλι")
    issue.refresh_from_db()
    assert issue.state == State.ACCEPTED
    change_state(issue=issue, target=State.RESOLVED, actor=carl, text="Ξανά")
    assert f"/t/{issue.token}/answer/" in page(client, issue)


@pytest.mark.parametrize("data", [{}, {"is_fixed": "maybe"}, {"is_fixed": "yes", "score": "9"}])
def test_answer_that_says_nothing_is_asked_again(
    client: Client, carl: User, issue: Issue, data: dict[str, str]
) -> None:
    fix(issue, carl)
    assert answer(client, issue, **data).status_code == 422
    assert not Feedback.objects.exists()


def test_answer_before_the_fix_changes_nothing(client: Client, issue: Issue) -> None:
    answer(client, issue, is_fixed="yes")
    issue.refresh_from_db()
    assert issue.state == State.RECEIVED
    assert not Feedback.objects.exists()


def test_forms_of_the_page_pass_the_csrf_check(issue: Issue) -> None:
    """With `strict-origin` browsers send our origin along; `no-referrer` would make it `null`."""
    client = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    client.get(f"/t/{issue.token}/")
    token = client.cookies["csrftoken"].value
    response = client.post(f"/t/{issue.token}/withdraw/", {"csrfmiddlewaretoken": token})
    assert response.status_code == 302


def test_joined_report_leads_to_the_earlier_one(client: Client, town: Town) -> None:
    earlier = IssueFactory.create(category=town.pothole)
    later = IssueFactory.duplicate(category=town.pothole, duplicate_of=earlier)
    later.events.create(kind="state", is_public=True, from_state="received", to_state="duplicate")
    assert f"/issues/{earlier.number}/" in page(client, later)
