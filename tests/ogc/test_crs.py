"""Part 2: coordinate systems, and the order of axes that each authority says."""

from typing import Any

import pytest
from django.conf import settings
from django.contrib.gis.geos import Point
from django.test import Client

from core.geo import to_lonlat
from tests.factories import Town, at
from tests.ogc.asking import COLLECTIONS, get, ids, items, parcels, refusal

pytestmark = pytest.mark.django_db
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
STORAGE = f"{EPSG}{settings.STORAGE_SRID}"


@pytest.fixture(autouse=True)
def layer(town: Town) -> Any:
    return parcels()


def corner(crs: str) -> tuple[float, ...]:
    return tuple(items("parcels", crs=crs, limit=1)["features"][0]["geometry"]["coordinates"][0][0])


def mercator(place: Point) -> tuple[float, float]:
    moved: Any = place.transform(3857, clone=True)
    return float(moved.x), float(moved.y)


def test_the_collection_lists_its_systems() -> None:
    listed = get(f"{COLLECTIONS}/parcels")
    assert listed["crs"] == [CRS84, f"{EPSG}4326", STORAGE, f"{EPSG}3857"]
    assert listed["storageCrs"] == STORAGE


def test_axes_stand_as_the_authority_says() -> None:
    place = at(5000, 5000)

    longitude, latitude, *_ = to_lonlat(place).coords
    assert corner(CRS84) == pytest.approx((longitude, latitude), abs=3e-8)
    assert corner(f"{EPSG}4326") == pytest.approx((latitude, longitude), abs=3e-8)
    assert corner(STORAGE) == place.coords
    assert corner(f"{EPSG}3857") == pytest.approx(mercator(place), abs=3e-3)


@pytest.mark.parametrize("path", ["items", "items/P1"])
def test_every_answer_says_its_system(path: str) -> None:
    there = f"{COLLECTIONS}/parcels/{path}"
    assert Client().get(there).headers["Content-Crs"] == f"<{CRS84}>"
    assert Client().get(there, {"crs": STORAGE}).headers["Content-Crs"] == f"<{STORAGE}>"
    assert refusal(there, crs=f"{EPSG}4258") == "bad_value"
    assert refusal(there, crs="EPSG:4326") == "bad_value"


def test_a_box_is_read_in_its_system() -> None:
    west, south, *_ = at(4900, 4900).coords
    there = f"{west},{south},{west + 200},{south + 400}"
    assert ids("parcels", bbox=there, **{"bbox-crs": STORAGE}) == ["P1"]
    x, y = mercator(at(5050, 5050))
    assert ids("parcels", bbox=f"{x},{y},{x + 1},{y + 1}", **{"bbox-crs": f"{EPSG}3857"}) == ["P1"]
    longitude, latitude, *_ = to_lonlat(at(5050, 5050)).coords
    turned = f"{latitude},{longitude},{latitude + 1e-5},{longitude + 1e-5}"
    assert ids("parcels", bbox=turned, **{"bbox-crs": f"{EPSG}4326"}) == ["P1"]
    assert ids("parcels", bbox=turned) == []
    nonsense: dict[str, Any] = {"bbox": there, "bbox-crs": "nonsense"}
    assert refusal(f"{COLLECTIONS}/parcels/items", **nonsense) == "bad_value"
    assert refusal(f"{COLLECTIONS}/parcels/items", bbox=there) == "bad_value"
