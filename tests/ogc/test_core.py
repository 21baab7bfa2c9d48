"""Part 1: the way in, the collections, their items, and what is refused."""

from urllib.parse import urlsplit

import pytest
from django.test import Client

from core.geo import to_lonlat
from tests.factories import FeatureFactory, Town, at
from tests.ogc.asking import COLLECTIONS, get, ids, items, link, parcels, refusal

pytestmark = pytest.mark.django_db


def corner(x: float, y: float) -> tuple[float, float]:
    longitude, latitude, *_ = to_lonlat(at(x, y)).coords
    return float(longitude), float(latitude)


def around(west: float, south: float, east: float, north: float) -> str:
    return ",".join(map(repr, (*corner(west, south), *corner(east, north))))


def test_the_way_in_leads_to_everything(town: Town) -> None:
    landing = get("/ogc/")
    assert {one["rel"] for one in landing["links"]} == {
        *("self", "alternate", "service-desc", "service-doc", "conformance", "data"),
        "http://www.opengis.net/def/rel/ogc/1.0/map",
        "http://www.opengis.net/def/rel/ogc/1.0/styles",
        "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes",
    }
    assert all(one["type"] and one["href"].startswith("http://testserver/ogc/") for one in landing["links"])
    for one in landing["links"]:
        parts = urlsplit(one["href"])
        response = Client().get(f"{parts.path}?{parts.query}")
        assert response.status_code == 200
        assert response.headers["Content-Type"].startswith(one["type"])


def test_what_is_listed_is_what_is_there_alone(town: Town) -> None:
    parcels()
    listed = {one["id"]: one for one in get(COLLECTIONS)["collections"]}
    assert {"parcels", "issues", "areas-municipality", f"assets-{town.lamp.type.slug}"} <= set(listed)
    for name, entry in listed.items():
        assert get(f"{COLLECTIONS}/{name}") == entry
    west, south, east, north = listed["parcels"]["extent"]["spatial"]["bbox"][0]
    assert (west, north) == pytest.approx(corner(5000, 5100), abs=1e-3)
    assert (east, south) == pytest.approx(corner(7100, 5000), abs=1e-3)


def test_items_are_geojson(town: Town) -> None:
    parcels()
    found = items("parcels")
    assert (found["numberMatched"], found["numberReturned"]) == (3, 3)
    first = found["features"][0]
    assert first["id"] == "P1"
    assert first["properties"] == {"kaek": "P1", "name": "Parcel 1", "floors": 1, "built": True}
    assert tuple(first["geometry"]["coordinates"][0][0]) == pytest.approx(corner(5000, 5000), abs=1e-7)


def test_an_item_stands_alone(town: Town) -> None:
    layer = parcels()
    FeatureFactory.create(layer=layer, key="05 011/0/0")
    first = items("parcels")["features"][0]
    alone = get(f"{COLLECTIONS}/parcels/items/P1")
    assert {one["rel"] for one in alone.pop("links")} == {"self", "alternate", "collection"}
    assert alone == first
    assert get(f"{COLLECTIONS}/parcels/items/05%20011%2F0%2F0")["id"] == "05 011/0/0"


def test_pages_follow_one_another_and_keep_what_was_asked(town: Town) -> None:
    parcels(5)
    seen, page = [], items("parcels", limit=2, built="true")
    while True:
        seen.append([feature["id"] for feature in page["features"]])
        assert page["numberMatched"] == 3
        assert page["numberReturned"] == len(page["features"])
        if not any(one["rel"] == "next" for one in page["links"]):
            break
        there = urlsplit(link(page, "next"))
        page = Client().get(f"{there.path}?{there.query}").json()
    assert seen == [["P1", "P3"], ["P5"]]


def test_a_limit_above_the_most_is_the_most(town: Town) -> None:
    parcels()
    assert len(items("parcels", limit=10**9)["features"]) == 3
    for limit in ("0", "-1", "a", "1.5", ""):
        assert refusal(f"{COLLECTIONS}/parcels/items", limit=limit) == "bad_value"


def test_a_box_finds_what_touches_it(town: Town) -> None:
    layer = parcels()
    FeatureFactory.create(layer=layer, key="nowhere", geom=None)
    assert ids("parcels", bbox=around(4900, 4900, 5020, 5200)) == ["P1", "nowhere"]
    assert ids("parcels", bbox=around(4900, 4900, 4980, 5200)) == ["nowhere"]
    wide = f"{corner(5500, 0)[0]},-89.5,179.25,89.5"
    assert ids("parcels", bbox=wide) == ["P2", "P3", "nowhere"]
    west, south, east, north = around(4900, 4900, 6050, 5200).split(",")
    assert ids("parcels", bbox=f"{west},{south},-10,{east},{north},10") == ["P1", "P2", "nowhere"]


def test_a_box_may_be_a_point(town: Town) -> None:
    parcels()
    there = corner(5050, 5050)
    assert ids("parcels", bbox=",".join(map(repr, (*there, *there)))) == ["P1"]
    east = corner(6050, 5050)[0]
    assert ids("parcels", bbox=f"{there[0]},{there[1]},{east},{there[1]}") == ["P1", "P2"]


def test_a_box_crosses_the_antimeridian(town: Town) -> None:
    parcels()
    between = corner(5500, 0)[0]
    assert ids("parcels", bbox=f"170,-80,{between},80") == ["P1"]
    assert ids("parcels", bbox=f"{between},-80,-170,80") == ["P2", "P3"]
    assert ids("parcels", bbox="170,-80,-170,80") == []


@pytest.mark.parametrize(
    "box",
    ["", "1,2,3", "1,2,3,4,5", "a,b,c,d", "1,2,nan,4", "0,50,1,40", "-181,0,1,1", "0,0,1,91", "0,0,inf,1"],
)
def test_a_box_that_is_none_is_refused(box: str, town: Town) -> None:
    parcels()
    assert refusal(f"{COLLECTIONS}/parcels/items", bbox=box) == "bad_value"


def test_fields_narrow_the_items(town: Town) -> None:
    parcels()
    assert ids("parcels", floors="2") == ["P2"]
    assert ids("parcels", built="true") == ["P1", "P3"]
    assert ids("parcels", name="Parcel 3") == ["P3"]
    assert ids("parcels", kaek="P1", built="true") == ["P1"]
    assert ids("parcels", name="' OR 1=1 --") == []
    assert refusal(f"{COLLECTIONS}/parcels/items", floors="many") == "bad_value"
    number = town.lamp.code
    assert ids(f"assets-{town.lamp.type.slug}", code=number) == [number]


@pytest.mark.parametrize(
    "path", ["", "api", "conformance", "collections", "collections/parcels", "collections/parcels/items"]
)
def test_unknown_parameters_are_refused(path: str, town: Town) -> None:
    parcels()
    assert refusal(f"/ogc/{path}", nonsense="1") == "unknown_parameter"
    assert refusal(f"/ogc/{path}", f="xml") == "bad_value"


def test_a_parameter_comes_once(town: Town) -> None:
    parcels()
    assert refusal(f"{COLLECTIONS}/parcels/items?limit=1&limit=2") == "repeated_parameter"


def test_what_is_not_there_is_missing(town: Town) -> None:
    parcels()
    assert refusal(f"{COLLECTIONS}/none", status=404) == "no_collection"
    assert refusal(f"{COLLECTIONS}/none/items", status=404) == "no_collection"
    assert refusal(f"{COLLECTIONS}/parcels/items/none", status=404) == "no_item"


def test_accept_chooses_the_face(town: Town) -> None:
    parcels()

    def kind(accept: str, path: str = f"{COLLECTIONS}/parcels/items") -> tuple[int, str]:
        response = Client().get(path, headers={"Accept": accept} if accept else {})
        return response.status_code, response.headers["Content-Type"].partition(";")[0]

    assert kind("") == kind("*/*") == (200, "application/geo+json")
    assert kind("application/geo+json, application/json;q=0.5") == (200, "application/geo+json")
    assert kind("text/html,application/xhtml+xml,*/*;q=0.8") == (200, "text/html")
    assert kind("application/xml") == (406, "application/problem+json")
    openapi = "application/vnd.oai.openapi+json;version=3.0"
    assert kind(openapi, "/ogc/api") == (200, "application/vnd.oai.openapi+json")
    assert Client().get("/ogc/?f=html").headers["Content-Type"].startswith("text/html")


def test_only_reading_is_possible(town: Town) -> None:
    parcels()
    response = Client(enforce_csrf_checks=True).post(f"{COLLECTIONS}/parcels/items", {})
    assert (response.status_code, response.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")
    assert response.headers["Content-Type"] == "application/problem+json"


def test_pages_are_for_people_in_both_languages(town: Town) -> None:
    parcels()
    client = Client()
    for language in ("en", "el"):
        client.cookies["django_language"] = language
        for path in ("", "api", "conformance", "collections", "collections/parcels"):
            assert client.get(f"/ogc/{path}?f=html").status_code == 200
        page = client.get(f"{COLLECTIONS}/parcels/items?f=html").content.decode()
        assert 'href="/ogc/collections/parcels/items/P1?f=html"' in page
        assert "Parcel 1" in client.get(f"{COLLECTIONS}/parcels/items/P1?f=html").content.decode()
    refused = client.get(f"{COLLECTIONS}/none?f=html")
    assert (refused.status_code, refused.headers["Content-Type"]) == (404, "text/html; charset=utf-8")
