"""The report page, walked through as a browser without JavaScript walks it."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from core.geo import to_lonlat
from issues.models import Issue, Photo
from tests.conftest import SignIn
from tests.factories import IssueFactory, PhotoFactory, Town, at
from tests.issues.reporting import REPORT, pin, send, shown_step


@pytest.fixture(autouse=True)
def no_limit_reached_yet(db: None) -> None:
    """What other tests counted in this hour."""
    cache.clear()


def test_page_opens_at_the_place(client: Client, town: Town) -> None:
    response = client.get(REPORT)
    assert shown_step(response) == "where"
    assert response.headers["Cache-Control"].startswith("max-age=0")


def test_address_is_found_and_chosen_from_a_list_without_a_map(client: Client, town: Town) -> None:
    response = client.post(REPORT, {"go": "find", "q": "asklipiou 12"})
    place = response.context["places"][0]
    assert place.name == "Ασκληπιού 12"
    response = client.post(REPORT, {"go": "what", "q": "asklipiou 12", "place": place.value})
    assert shown_step(response) == "what"
    assert str(response.context["here"]) == "Ασκληπιού 12 · Βορράς"


def test_continue_with_a_typed_address_looks_for_it(client: Client, town: Town) -> None:
    response = client.post(REPORT, {"go": "what", "q": "Ασκληπιού"})
    assert shown_step(response) == "where"
    assert [place.name for place in response.context["places"]][:2] == ["Ασκληπιού", "Ασκληπιού 12"]


@pytest.mark.parametrize("separator", [", ", " ", "; "])
def test_typed_coordinates_are_a_place(client: Client, town: Town, separator: str) -> None:
    place = to_lonlat(at(5000, 7500))
    response = client.post(REPORT, {"go": "what", "q": f"{place.y:.6f}{separator}{place.x:.6f}"})
    assert shown_step(response) == "what"


def test_typed_metres_of_the_greek_grid_are_a_place(client: Client, town: Town) -> None:
    place = at(5000, 7500)
    response = client.post(REPORT, {"go": "what", "q": f"{place.x}, {place.y}"})
    assert shown_step(response) == "what"


def test_place_outside_is_refused_with_the_name_of_the_neighbour(client: Client, town: Town) -> None:
    response = client.post(REPORT, {**pin(12_000, 5000), "go": "what"})
    assert shown_step(response) == "where"
    assert "Δήμος Ανατολής" in str(response.context["form"].errors["q"])
    assert send(client, **pin(12_000, 5000)).status_code == 422
    assert not Issue.objects.exists()


def test_place_outside_of_all_we_know_is_refused_too(client: Client, town: Town) -> None:
    response = send(client, **pin(-500, 5000))
    assert response.status_code == 422
    assert shown_step(response) == "where"


def test_kind_must_be_chosen_before_going_on(client: Client, town: Town) -> None:
    response = client.post(REPORT, {**pin(), "go": "details"})
    assert shown_step(response) == "what"
    assert response.context["form"].errors["category"]


def test_a_later_step_is_not_blamed_before_it_is_seen(client: Client, town: Town) -> None:
    response = client.post(REPORT, {**pin(), "go": "what"})
    assert not response.context["form"].errors


def test_questions_of_the_kind_come_next(client: Client, town: Town) -> None:
    response = client.post(REPORT, {**pin(), "category": "pothole", "go": "details"})
    assert shown_step(response) == "details"
    assert "Πόσο μεγάλη είναι;" in response.content.decode()


def test_required_question_holds_the_report(client: Client, town: Town) -> None:
    town.pothole.questions = [{**town.pothole.questions[0], "required": True}]
    town.pothole.save()
    response = client.post(REPORT, {**pin(), "category": "pothole", "go": "similar"})
    assert shown_step(response) == "details"
    assert send(client).status_code == 422
    assert send(client, **{"answer-pothole-size": "huge"}).status_code == 422
    assert send(client, **{"answer-pothole-size": "large"}).status_code == 302
    assert Issue.objects.get().answers == {"size": "large"}


def test_answers_of_every_kind_are_kept_as_plain_values(client: Client, town: Town) -> None:
    town.pothole.questions = [
        {"code": "deep", "label": "Βαθιά;", "kind": "yes_no"},
        {"code": "width", "label": "Πλάτος", "kind": "number"},
        {"code": "note", "label": "Σημείωση", "kind": "text"},
    ]
    town.pothole.save()
    answers = {"deep": "no", "width": "1,5", "note": "στη στροφή"}
    send(client, **{f"answer-pothole-{code}": value for code, value in answers.items()})
    assert Issue.objects.get().answers == {"deep": False, "width": 1.5, "note": "στη στροφή"}


def test_kind_with_assets_offers_the_nearest(client: Client, town: Town) -> None:
    response = client.post(REPORT, {**pin(5015, 7500), "category": "dark-lamp", "go": "details"})
    assert shown_step(response) == "details"
    (lamp,) = response.context["near_assets"]
    assert lamp == town.lamp
    assert round(lamp.distance) == 5


def test_chosen_asset_gives_the_place(client: Client, town: Town) -> None:
    send(client, **pin(5015, 7500), category="dark-lamp", asset="streetlight:ΦΩ-01234")
    issue = Issue.objects.get()
    assert issue.asset == town.lamp
    assert issue.location == town.lamp.location
    assert issue.department == town.lighting_north


def test_asset_that_is_not_in_the_register_is_refused(client: Client, town: Town) -> None:
    response = send(client, category="dark-lamp", asset="streetlight:ΦΩ-99999")
    assert response.status_code == 422
    assert shown_step(response) == "details"


def test_steps_with_nothing_to_ask_are_passed_over(client: Client, town: Town) -> None:
    response = client.post(REPORT, {**pin(), "category": "complaint", "go": "details"})
    assert shown_step(response) == "send"


def test_similar_open_case_is_shown_before_sending(client: Client, town: Town) -> None:
    near = IssueFactory.create(category=town.pothole, location=at(5010, 7500))
    IssueFactory.create(category=town.pothole, location=at(5100, 7500))
    IssueFactory.resolved(category=town.pothole, location=at(5001, 7500))
    IssueFactory.create(category=town.dark_lamp, location=at(5002, 7500))
    response = client.post(REPORT, {**pin(), "category": "pothole", "go": "similar"})
    assert shown_step(response) == "similar"
    assert response.context["similar"] == [near]


def test_link_with_an_asset_starts_at_the_asset(client: Client, town: Town) -> None:
    form = client.get(REPORT, {"asset": "streetlight:ΦΩ-01234", "category": "dark-lamp"}).context["form"]
    place = to_lonlat(town.lamp.location)
    assert float(form["lon"].value()) == pytest.approx(place.x, abs=1e-6)
    assert form["category"].value() == "dark-lamp"


@pytest.mark.parametrize(
    "query", [{"lon": "x", "lat": "1e999"}, {"asset": "nope"}, {"category": "%"}, {"lon": "0"}]
)
def test_nonsense_in_the_link_is_not_an_error(client: Client, town: Town, query: dict[str, str]) -> None:
    assert client.get(REPORT, query).status_code == 200


def test_person_with_an_account_finds_their_contact_filled_in(
    alice: User, sign_in: SignIn, town: Town
) -> None:
    assert alice.email in sign_in(alice).get(REPORT).content.decode()


def test_category_in_use_by_nobody_any_more_is_refused(client: Client, town: Town) -> None:
    town.pothole.is_active = False
    town.pothole.save()
    assert send(client).status_code == 422


def test_photo_of_a_similar_case_shows_only_when_it_is_public(client: Client, town: Town) -> None:
    case = IssueFactory.create(category=town.pothole, location=at(5010, 7500))
    photo = PhotoFactory.create(issue=case)
    ask = {**pin(), "category": "pothole"}
    assert str(photo.uuid) not in client.get("/report/similar/", ask).content.decode()
    Photo.objects.update(is_public=True)
    assert str(photo.uuid) in client.get("/report/similar/", ask).content.decode()


def test_page_asks_the_database_few_times(
    client: Client, town: Town, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(12):
        client.post(REPORT, {**pin(), "category": "pothole", "go": "details"})
