"""The home page without its map, the pages about the portal, and the language switch."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from accounts.models import User
from core.geo import to_lonlat
from tests.conftest import SignIn
from tests.factories import CategoryFactory, IssueFactory, PhotoFactory, Town, at

pytestmark = pytest.mark.django_db
ENGLISH = {"django_language": "en"}


def english(client: Client) -> Client:
    client.cookies.load(ENGLISH)
    return client


def text_of(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_home_lists_open_issues_and_a_way_to_report_without_any_script(client: Client, town: Town) -> None:
    issue = IssueFactory.accepted(category=town.pothole, address="Ασκληπιού 12")
    page = text_of(english(client), "/")
    assert f'href="/issues/{issue.number}/"' in page
    assert "Ασκληπιού 12" in page
    assert 'href="/report/"' in page


def test_home_leaves_out_what_is_not_public(client: Client, town: Town) -> None:
    hidden = IssueFactory.accepted(category=town.pothole, is_public=False)
    private = IssueFactory.accepted(category=CategoryFactory.create(is_public=False))
    withdrawn = IssueFactory.withdrawn(category=town.pothole)
    page = text_of(client, "/?look=open&look=progress&look=fixed")
    for issue in (hidden, private, withdrawn):
        assert issue.number not in page


def test_home_shows_a_photo_only_after_staff_made_it_public(client: Client, town: Town) -> None:
    issue = IssueFactory.accepted(category=town.pothole)
    unseen = PhotoFactory.create(issue=issue, is_public=False)
    seen = PhotoFactory.create(issue=issue, is_public=True)
    page = text_of(client, "/")
    assert str(unseen.uuid) not in page
    assert str(seen.uuid) in page


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"open", "progress"}),
        ("?look=open", {"open"}),
        ("?look=fixed", {"fixed"}),
        ("?look=progress&look=fixed", {"progress", "fixed"}),
        ("?look=none", set()),
    ],
)
def test_home_filters_by_state(client: Client, town: Town, query: str, expected: set[str]) -> None:
    numbers = {
        "open": IssueFactory.accepted(category=town.pothole).number,
        "progress": IssueFactory.in_progress(category=town.pothole).number,
        "fixed": IssueFactory.resolved(category=town.pothole).number,
    }
    page = text_of(client, f"/{query}")
    assert {look for look, number in numbers.items() if number in page} == expected


def test_home_filters_by_a_category_and_all_below_it(client: Client, town: Town) -> None:
    lamp = IssueFactory.accepted(category=town.dark_lamp)
    hole = IssueFactory.accepted(category=town.pothole)
    page = text_of(client, f"/?category={town.lighting.slug}")
    assert lamp.number in page
    assert hole.number not in page


def test_nearby_tells_the_nearest_first_with_its_distance(client: Client, town: Town) -> None:
    far = IssueFactory.accepted(category=town.pothole, location=at(5000, 6000))
    near = IssueFactory.accepted(category=town.pothole, location=at(5000, 5120))
    here = to_lonlat(at(5000, 5000))
    part = text_of(english(client), f"/map/nearby/?lon={here.x}&lat={here.y}")
    assert part.index(near.number) < part.index(far.number)
    assert "120 m" in part
    assert "1.0 km" in part


def test_nearby_refuses_a_place_that_is_none(client: Client, town: Town) -> None:
    response = client.get("/map/nearby/?lon=500&lat=1", headers={"Accept": "application/json"})
    assert response.status_code == 400
    assert response.json()["code"] == "bad_coordinates"


def test_geojson_of_a_choice_holds_points_in_lon_lat(client: Client, town: Town) -> None:
    issue = IssueFactory.accepted(category=town.dark_lamp, location=at(5000, 7500))
    IssueFactory.accepted(category=town.pothole)
    features = client.get(f"/map/issues.geojson?category={town.lighting.slug}").json()["features"]
    assert [feature["properties"]["number"] for feature in features] == [issue.number]
    place = to_lonlat(at(5000, 7500))
    assert features[0]["geometry"]["coordinates"] == pytest.approx([place.x, place.y], abs=1e-6)
    assert features[0]["properties"]["look"] == "open"


def test_home_asks_the_same_number_of_questions_for_one_issue_and_for_many(
    client: Client, town: Town, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(15):
        PhotoFactory.create(issue=IssueFactory.accepted(category=town.pothole), is_public=True)
    with django_assert_max_num_queries(6):
        client.get("/")


def test_desk_and_crew_are_in_the_menu_of_those_who_work_there_only(
    client: Client, bea: User, crew_member: User, alice: User, sign_in: SignIn
) -> None:
    def menu(visitor: Client) -> tuple[bool, bool]:
        page = text_of(visitor, "/about/")
        return 'href="/desk/"' in page, 'href="/crew/"' in page

    assert menu(client) == (False, False)
    assert menu(sign_in(alice)) == (False, False)
    assert menu(sign_in(bea)) == (True, False)
    assert menu(sign_in(crew_member)) == (False, True)


@pytest.mark.parametrize("path", ["/", "/about/", "/privacy/", "/accessibility/", "/login/", "/nowhere/"])
def test_every_page_has_no_inline_script_or_style(client: Client, town: Town, path: str) -> None:
    page = client.get(path).content.decode()
    assert "<style" not in page
    assert ' style="' not in page
    assert " onclick" not in page
    assert all("src=" in tag.split(">")[0] for tag in page.split("<script")[1:])


def test_privacy_page_tells_after_how_many_days_personal_data_goes(
    client: Client, settings: Settings, town: Town
) -> None:
    settings.REPORTER_RETENTION_DAYS = 123
    assert "123 days" in text_of(english(client), "/privacy/")


def test_healthz_is_ok_without_a_town(client: Client) -> None:
    response = client.get("/healthz/")
    assert response.content == b"ok"
    assert "no-store" in response.headers["Cache-Control"]


def test_pages_work_before_any_area_is_imported(client: Client) -> None:
    assert "Municipal portal" in text_of(english(client), "/")


@pytest.mark.parametrize(("cookie", "media"), [("dark", "all"), ("light", "not all"), ("x", "(prefers")])
def test_the_chosen_colours_come_with_the_first_byte(client: Client, cookie: str, media: str) -> None:
    client.cookies.load({"theme": cookie})
    assert f'id="dark-tokens" media="{media}' in text_of(client, "/about/")


def test_language_switch_sets_the_cookie_and_returns_to_the_place_on_the_map(client: Client) -> None:
    place = "/?look=open#map=15/38.2/21.7"
    response = client.post("/language/", {"language": "en", "next": place})
    assert response.headers["Location"] == place
    assert client.cookies["django_language"].value == "en"
    assert 'lang="en"' in text_of(client, "/about/")


@pytest.mark.parametrize(
    "target", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)"]
)
def test_language_switch_never_leads_away(client: Client, target: str) -> None:
    response = client.post("/language/", {"language": "en", "next": target})
    assert response.headers["Location"] == "/"


def test_language_switch_ignores_a_language_that_it_does_not_have(client: Client) -> None:
    client.post("/language/", {"language": "xx", "next": "/"})
    assert "django_language" not in client.cookies


def test_language_switch_is_remembered_for_the_mails_of_people_with_an_account(
    alice: User, sign_in: SignIn
) -> None:
    sign_in(alice).post("/language/", {"language": "en", "next": "/"})
    alice.refresh_from_db()
    assert alice.language == "en"


def test_a_refusal_is_a_page_in_words_and_json_for_programs(client: Client, town: Town) -> None:
    page = english(client).get("/nowhere/")
    assert page.status_code == 404
    assert "There is nothing here" in page.content.decode()
    assert client.get("/nowhere/", headers={"Accept": "application/json"}).json()["code"] == "not_found"
