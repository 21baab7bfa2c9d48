"""The desk's filters: each keeps what it says, the chips count, the pages turn, the map shows the same."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core.geo import to_lonlat
from issues import desk_queue
from issues.models import Issue
from tests.conftest import SignIn
from tests.factories import AssetFactory, CategoryFactory, IssueFactory, Town, at
from tests.issues.test_desk import numbers


@pytest.fixture
def desk(sign_in: SignIn, operator: User) -> Client:
    return sign_in(operator)


def make(town: Town, **fields: object) -> Issue:
    return IssueFactory.create(**{"department": town.lighting_north, **fields})


def test_ended_cases_are_out_of_sight_until_asked_for(desk: Client, town: Town) -> None:
    waiting, fixed = make(town), IssueFactory.resolved(department=town.lighting_north)
    assert numbers(desk) == [waiting.number]
    assert numbers(desk, "state=resolved") == [fixed.number]
    assert set(numbers(desk, "state=any")) == {waiting.number, fixed.number}


def test_overdue_means_the_promise_is_broken(desk: Client, town: Town) -> None:
    yesterday = timezone.now() - timedelta(days=1)
    late = make(town, due_at=yesterday)
    make(town, due_at=timezone.now() + timedelta(days=1))
    IssueFactory.closed(department=town.lighting_north, due_at=yesterday)
    assert numbers(desk, "overdue=on") == [late.number]


def test_department_category_and_its_children_area_and_asset(desk: Client, town: Town) -> None:
    asset = AssetFactory.create(code="ΦΩ-00042")
    child = CategoryFactory.create(parent=town.lighting)
    lamp = make(town, category=child, asset=asset, location=at(5000, 7500))
    pothole = make(town, department=town.roads, location=at(5000, 2500))
    assert numbers(desk, f"department={town.roads.pk}") == [pothole.number]
    assert numbers(desk, f"category={town.lighting.slug}") == [lamp.number]
    assert numbers(desk, f"area={town.south.pk}") == [pothole.number]
    assert numbers(desk, urlencode({"asset": "φω-00042"})) == [lamp.number]


def test_words_find_whatever_their_case_and_accents(desk: Client, town: Town) -> None:
    street = make(town, address="Ασκληπιού 12")
    text = make(town, description="Ο δρόμος είναι σκοτεινός")
    assert numbers(desk, urlencode({"q": "ΑΣΚΛΗΠΙΟΥ"})) == [street.number]
    assert numbers(desk, urlencode({"q": "σκοτεινοσ"})) == [text.number]
    assert numbers(desk, urlencode({"q": text.number})) == [text.number]
    assert numbers(desk, urlencode({"q": "100%"})) == []


def test_the_period_includes_both_of_its_days(desk: Client, town: Town) -> None:
    now = timezone.localtime().replace(hour=12)
    days = [now - timedelta(days=ago) for ago in (3, 2, 1, 0)]
    found = [make(town, reported_at=day).number for day in days]
    query = f"since={days[1].date()}&until={days[2].date()}"
    assert sorted(numbers(desk, query)) == sorted(found[1:3])


def test_a_wrong_filter_is_left_out_and_told(desk: Client, town: Town) -> None:
    case = make(town)
    answer = desk.get("/desk/?department=nobody&since=yesterday&near=here&page=0&state=gone")
    assert answer.status_code == 200
    assert [row.number for row in answer.context["page"].rows] == [case.number]
    assert "field--wrong" in answer.text


def test_nearest_first_measures_metres_from_the_given_place(desk: Client, town: Town) -> None:
    far, near = make(town, location=at(5000, 7000)), make(town, location=at(5000, 7480))
    place = to_lonlat(at(5000, 7500))
    answer = desk.get("/desk/", {"sort": "distance", "near": f"{place.x},{place.y}"})
    rows = answer.context["page"].rows
    assert [(row.number, round(row.distance)) for row in rows] == [(near.number, 20), (far.number, 500)]


def test_nearest_first_without_a_place_starts_in_the_middle_of_the_area(desk: Client, town: Town) -> None:
    edge, middle = make(town, location=at(200, 200)), make(town, location=at(5000, 2500))
    assert numbers(desk, f"sort=distance&area={town.south.pk}") == [middle.number, edge.number]
    assert numbers(desk, "sort=distance") == [middle.number, edge.number]


def test_chips_count_under_the_other_filters(desk: Client, town: Town) -> None:
    make(town)
    IssueFactory.accepted(department=town.lighting_north, due_at=timezone.now() - timedelta(days=1))
    IssueFactory.create(department=town.roads)
    context = desk.get(f"/desk/?department={town.lighting_north.pk}&state=accepted").context
    assert context["counts"].by_state == {"received": 1, "accepted": 1}
    assert (context["counts"].open, context["counts"].overdue, context["total"]) == (2, 1, 1)


def test_pages_turn_without_losing_or_repeating_a_case(
    desk: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_queue, "PAGE_SIZE", 4)
    made = {make(town).number for _ in range(10)}
    pages = [numbers(desk, f"page={page}") for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [4, 4, 2]
    assert {number for page in pages for number in page} == made
    last = desk.get("/desk/?page=3").context["page"]
    assert (last.first, last.last, last.has_next) == (9, 10, False)


def test_the_map_shows_the_same_cases_where_they_are(desk: Client, town: Town) -> None:
    case = make(town, due_at=timezone.now() - timedelta(days=1))
    make(town, department=town.roads)
    answer = desk.get(f"/desk/queue.geojson?department={town.lighting_north.pk}")
    assert answer["Content-Type"] == "application/geo+json"
    (feature,) = answer.json()["features"]
    place = to_lonlat(case.location)
    assert feature["geometry"]["coordinates"] == [round(place.x, 6), round(place.y, 6)]
    assert feature["properties"] == {
        "number": case.number,
        "look": "open",
        "overdue": True,
        "icon": case.category.icon,
    }


def test_the_map_is_bounded_by_number_and_by_box(
    desk: Client, town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    north, south = make(town, location=at(5000, 7500)), make(town, location=at(5000, 2500))
    low, high = to_lonlat(at(4000, 7000)), to_lonlat(at(6000, 8000))
    boxed = desk.get(f"/desk/queue.geojson?bbox={low.x},{low.y},{high.x},{high.y}").json()
    assert [f["properties"]["number"] for f in boxed["features"]] == [north.number]
    monkeypatch.setattr(desk_queue, "MAP_LIMIT", 1)
    bounded = desk.get("/desk/queue.geojson").json()
    assert (len(bounded["features"]), bounded["truncated"]) == (1, True)
    assert south.number


@pytest.mark.parametrize("bbox", ["1,2,3", "a,b,c,d", "0,0,400,0"])
def test_a_box_that_is_none_is_refused(desk: Client, bbox: str) -> None:
    assert desk.get(f"/desk/queue.geojson?bbox={bbox}").status_code == 400


def test_words_are_found_by_index_however_many_cases_there_are(town: Town) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off")
        plan = Issue.objects.with_words("σκοτάδι").explain()
    assert "issue_words" in plan
