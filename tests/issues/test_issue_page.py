"""The public pages of issues: the list, one issue, its photos, following it, “same here”."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import User
from issues.actions.desk import publish_text
from issues.models import Follower, Issue, Notification
from tests.conftest import SignIn
from tests.factories import FollowerFactory, IssueFactory, PhotoFactory, Town, at


@pytest.fixture(autouse=True)
def no_limit_reached_yet(db: None) -> None:
    """What other tests counted in this hour."""
    cache.clear()


@pytest.fixture
def issue(town: Town) -> Issue:
    return IssueFactory.create(
        category=town.pothole,
        department=town.roads,
        area=town.north,
        address="Ασκληπιού 12",
        description="Μπροστά στο σπίτι της Μαρίας",
        answers={"size": "large"},
        due_at=timezone.now() + timedelta(days=3),
    )


def html(client: Client, address: str, **query: Any) -> str:
    return str(client.get(address, query).content.decode())


def test_page_tells_what_where_who_and_answers_that_were_chosen(client: Client, issue: Issue) -> None:
    page = html(client, f"/issues/{issue.number}/")
    for words in ("Λακκούβα", "Ασκληπιού 12", "Οδοποιία", "Βορράς", "Μεγάλη"):
        assert words in page


def test_words_and_photos_wait_until_the_staff_have_read_them(
    client: Client, carl: User, issue: Issue
) -> None:
    photo = PhotoFactory.create(issue=issue)
    for card in ({}, {"card": "1"}):
        page = html(client, f"/issues/{issue.number}/", **card)
        assert "Μαρίας" not in page
        assert str(photo.uuid) not in page
    publish_text(issue=issue, actor=carl)
    page = html(client, f"/issues/{issue.number}/")
    assert "Μαρίας" in page
    assert str(photo.uuid) in page


def test_answer_in_own_words_waits_too(client: Client, carl: User, issue: Issue) -> None:
    issue.category.questions = [{"code": "size", "label": "Πού ακριβώς;", "kind": "text"}]
    issue.category.save()
    Issue.objects.update(answers={"size": "στο διαμέρισμα του Νίκου"})
    assert "Νίκου" not in html(client, f"/issues/{issue.number}/")
    publish_text(issue=issue, actor=carl)
    assert "Νίκου" in html(client, f"/issues/{issue.number}/")


def test_card_is_a_part_without_the_page_around_it(client: Client, issue: Issue) -> None:
    card = html(client, f"/issues/{issue.number}/", card="1")
    assert "<html" not in card
    assert "Λακκούβα" in card
    assert f"/issues/{issue.number}/same-here/" in card


@pytest.mark.parametrize("state", ["withdrawn", "received"])
def test_withdrawn_and_private_reports_are_not_there(client: Client, town: Town, state: str) -> None:
    category = town.complaint if state == "received" else town.pothole
    issue = IssueFactory.create(category=category, state=state)
    assert client.get(f"/issues/{issue.number}/").status_code == 404
    assert issue.number not in html(client, "/issues/")


def test_internal_events_are_not_told(client: Client, issue: Issue) -> None:
    issue.events.create(kind="note", text="μόνο για εμάς", is_public=False)
    issue.events.create(kind="note", text="για όλους", is_public=True)
    page = html(client, f"/issues/{issue.number}/")
    assert "μόνο για εμάς" not in page
    assert "για όλους" in page


def test_list_filters_by_kind_with_its_branches_state_area_and_number(
    client: Client, town: Town, issue: Issue
) -> None:
    lamp = IssueFactory.resolved(category=town.dark_lamp, location=at(5000, 1000))

    def numbers(**query: Any) -> set[str]:
        return {row.number for row in client.get("/issues/", query).context["page"]}

    assert numbers() == {issue.number, lamp.number}
    assert numbers(category="road") == {issue.number}
    assert numbers(category="lighting") == {lamp.number}
    assert numbers(look="fixed") == {lamp.number}
    assert numbers(look="rejected") == set()
    assert numbers(area=town.south.pk) == {lamp.number}
    assert numbers(q=issue.number[-6:]) == {issue.number}
    assert numbers(area="999999", look="nonsense", page="x") == {issue.number, lamp.number}


def test_list_has_pages_that_keep_the_filters(client: Client, town: Town) -> None:
    IssueFactory.create_batch(30, category=town.pothole)
    page = client.get("/issues/", {"category": "road"})
    assert len(page.context["page"]) == 24
    assert "category=road&amp;page=2" in page.content.decode()
    assert len(client.get("/issues/", {"category": "road", "page": "2"}).context["page"]) == 6


def test_list_asks_the_database_as_often_for_many_as_for_few(
    client: Client, town: Town, django_assert_max_num_queries: Any
) -> None:
    for issue in IssueFactory.create_batch(20, category=town.pothole, area=town.north):
        PhotoFactory.create(issue=issue, is_public=True)
    with django_assert_max_num_queries(7):
        client.get("/issues/")


def test_empty_list_speaks(client: Client, town: Town) -> None:
    page = html(client, "/issues/", q="9999")
    assert 'class="empty"' in page


def test_public_photo_may_be_cached_by_anybody(client: Client, issue: Issue) -> None:
    photo = PhotoFactory.create(issue=issue, is_public=True)
    response = client.get(f"/photos/{photo.uuid}/full.jpg")
    assert response.headers["Content-Type"] == "image/jpeg"
    assert response.headers["Cache-Control"].startswith("public")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    again = client.get(f"/photos/{photo.uuid}/full.jpg", headers={"if-none-match": response.headers["ETag"]})
    assert again.status_code == 304


def test_hidden_photo_is_for_who_handles_the_case_and_stays_in_their_browser(
    bea: User, carl: User, sign_in: SignIn, issue: Issue
) -> None:
    photo = PhotoFactory.create(issue=issue)
    address = f"/photos/{photo.uuid}/thumb.jpg"
    assert sign_in(bea).get(address).status_code == 404
    response = sign_in(carl).get(address)
    assert response.status_code == 200
    assert response.headers["Cache-Control"].startswith("private")


def test_public_photo_of_a_withdrawn_report_is_gone(client: Client, issue: Issue) -> None:
    photo = PhotoFactory.create(issue=issue, is_public=True)
    Issue.objects.update(state="withdrawn")
    assert client.get(f"/photos/{photo.uuid}/full.jpg").status_code == 404


def test_follower_is_asked_by_mail_first(client: Client, issue: Issue) -> None:
    client.post(f"/issues/{issue.number}/follow/", {"email": "nikos@example.gr"})
    follower = Follower.objects.get()
    assert follower.confirmed_at is None
    mail = Notification.objects.get()
    assert f"/follow/{follower.token}/" in mail.body
    assert client.get(f"/follow/{follower.token}/").status_code == 200
    follower.refresh_from_db()
    assert follower.confirmed_at is None, "a mail program that opens links confirms nothing"
    client.post(f"/follow/{follower.token}/")
    follower.refresh_from_db()
    assert follower.confirmed_at is not None


def test_answer_does_not_tell_who_follows(client: Client, issue: Issue) -> None:
    FollowerFactory.create(issue=issue, email="nikos@example.gr")
    known = client.post(f"/issues/{issue.number}/follow/", {"email": "nikos@example.gr"}, follow=True)
    new = client.post(f"/issues/{issue.number}/follow/", {"email": "eleni@example.gr"}, follow=True)
    assert [str(m) for m in known.context["messages"]] == [str(m) for m in new.context["messages"]]


@pytest.mark.parametrize("data", [{"email": "nobody"}, {}, {"email": "a@example.gr", "website": "x"}])
def test_wrong_address_is_refused(client: Client, issue: Issue, data: dict[str, str]) -> None:
    assert client.post(f"/issues/{issue.number}/follow/", data).status_code == 422
    assert not Follower.objects.exists()


def test_unfollowing_needs_a_press_and_forgets_the_address(issue: Issue) -> None:
    follower = FollowerFactory.create(issue=issue)
    client = Client(enforce_csrf_checks=True)
    client.get(f"/unfollow/{follower.token}/")
    assert Follower.objects.exists()
    client.post(f"/unfollow/{follower.token}/", {"List-Unsubscribe": "One-Click"})
    assert not Follower.objects.exists()
    assert client.get(f"/unfollow/{follower.token}/").status_code == 200


def test_same_here_counts_once_a_browser(client: Client, issue: Issue) -> None:
    for browser in (client, client, Client()):
        browser.post(f"/issues/{issue.number}/same-here/")
    issue.refresh_from_db()
    assert issue.same_here == 2


def test_same_here_of_two_cases_are_two(client: Client, town: Town, issue: Issue) -> None:
    other = IssueFactory.create(category=town.pothole)
    client.post(f"/issues/{issue.number}/same-here/")
    client.post(f"/issues/{other.number}/same-here/")
    other.refresh_from_db()
    assert other.same_here == 1


def test_same_here_after_the_end_counts_nothing(client: Client, town: Town) -> None:
    issue = IssueFactory.resolved(category=town.pothole)
    client.post(f"/issues/{issue.number}/same-here/")
    issue.refresh_from_db()
    assert issue.same_here == 0


def test_same_here_on_the_card_leads_back_to_the_map_with_the_card_open(client: Client, issue: Issue) -> None:
    response = client.post(f"/issues/{issue.number}/same-here/?card=1")
    assert response.headers["Location"].startswith("/#map=18/")
    assert response.headers["Location"].endswith(f"&show=/issues/{issue.number}/")
