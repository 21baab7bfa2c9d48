"""What the report page asks while the pin moves."""

import pytest
from django.test import Client

from core.geo import to_lonlat
from issues.templatetags.moments import metres
from tests.factories import AssetFactory, IssueFactory, PlaceFactory, Town, at


def pin(x: float, y: float) -> dict[str, str]:
    place = to_lonlat(at(x, y))
    return {"lon": f"{place.x:.7f}", "lat": f"{place.y:.7f}"}


def test_where_tells_address_and_area(client: Client, town: Town) -> None:
    told = client.get("/report/where/", pin(5008, 7503)).json()
    assert told == {
        "address": "Ασκληπιού 12",
        "area": "Βορράς",
        "inside": True,
        "neighbour": "",
        "refusal": "",
    }


def test_where_far_from_an_address_tells_the_distance(client: Client, town: Town) -> None:
    PlaceFactory.create(name="Πλατεία", location=at(2000, 2000))
    told = client.get("/report/where/", pin(2000, 2101)).json()
    assert "100" in told["address"]
    assert "Πλατεία" in told["address"]
    assert client.get("/report/where/", pin(8000, 2000)).json()["address"] == ""


def test_where_names_the_neighbour(client: Client, town: Town) -> None:
    told = client.get("/report/where/", pin(12_000, 100)).json()
    assert told["inside"] is False
    assert told["neighbour"] == "Δήμος Ανατολής"
    assert "Δήμος Ανατολής" in told["refusal"]


def test_where_speaks_english(client: Client, town: Town) -> None:
    client.cookies["django_language"] = "en"
    assert client.get("/report/where/", pin(5008, 7503)).json()["area"] == "North"


@pytest.mark.parametrize(
    "query", [{}, {"lon": "a", "lat": "b"}, {"lon": "500", "lat": "1"}, {"lon": "nan", "lat": "1"}]
)
def test_where_without_a_place_is_refused(client: Client, town: Town, query: dict[str, str]) -> None:
    assert client.get("/report/where/", query).status_code == 400


def test_assets_come_nearest_first_and_standing_only(client: Client, town: Town) -> None:
    AssetFactory.create(type=town.streetlight, code="ΦΩ-00001", location=at(5000, 7510))
    AssetFactory.create(type=town.streetlight, code="ΦΩ-00002", location=at(5001, 7500), state="removed")
    told = client.get("/report/assets/", {**pin(5000, 7500), "category": "dark-lamp"}).json()["assets"]
    assert [asset["value"] for asset in told] == ["streetlight:ΦΩ-00001", "streetlight:ΦΩ-01234"]
    assert told[0]["label"] == "Φωτιστικό ΦΩ-00001"


def test_staff_assets_are_not_told_to_citizens(client: Client, town: Town) -> None:
    town.streetlight.visibility = "staff"
    town.streetlight.save()
    assert client.get("/report/assets/", pin(5000, 7500)).json() == {"assets": []}


def test_kind_without_assets_has_none(client: Client, town: Town) -> None:
    assert client.get("/report/assets/", {**pin(5000, 7500), "category": "pothole"}).json() == {"assets": []}


def test_similar_tells_distance_and_nothing_when_alone(client: Client, town: Town) -> None:
    ask = {**pin(5000, 7500), "category": "pothole"}
    assert client.get("/report/similar/", ask).status_code == 204
    case = IssueFactory.create(category=town.pothole, location=at(5012, 7500))
    page = client.get("/report/similar/", ask).content.decode()
    assert f"/issues/{case.number}/" in page
    assert metres(12) in page


def test_similar_on_the_same_asset_counts_whatever_its_kind(client: Client, town: Town) -> None:
    IssueFactory.create(category=town.complaint, asset=town.lamp, location=town.lamp.location)
    other = IssueFactory.create(category=town.lighting, asset=town.lamp, location=town.lamp.location)
    ask = {**pin(5020, 7500), "category": "dark-lamp", "asset": "streetlight:ΦΩ-01234"}
    page = client.get("/report/similar/", ask).content.decode()
    assert page.count("similar__case") == 1, "a private case is not told"
    assert other.number in page
