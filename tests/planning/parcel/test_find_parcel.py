"""`/plan/parcel/`: a plot by its ΚΑΕΚ however it is typed, by an address, or by a place."""

from typing import Any

import pytest
from django.test import Client

from core.geo import to_lonlat
from layers.models import PlaceKind
from tests.factories import FeatureFactory, PlaceFactory, Town, at
from tests.factories.places import box
from tests.planning.parcel.plots import KAEK, ground

THERE = f"/plan/parcel/parcels/{KAEK}/"


def found(**query: Any) -> Any:
    return Client().get("/plan/parcel/", query)


def click(x: float, y: float) -> dict[str, float]:
    place = to_lonlat(at(x, y))
    return {"lon": place.x, "lat": place.y}


@pytest.mark.parametrize("typed", [KAEK, "05 012 03 01 001", f"{KAEK}/0/0", " 050120301001 / 0 / 0 "])
def test_a_cadastral_number_leads_to_its_plot(typed: str, town: Town) -> None:
    ground()
    assert found(q=typed).headers["Location"] == THERE


def test_the_asked_date_goes_along(town: Town) -> None:
    ground()
    assert found(q=KAEK, valid="2020-01-01").headers["Location"] == f"{THERE}?valid=2020-01-01"


def test_a_key_that_is_no_cadastral_number_is_found_too(town: Town) -> None:
    made = ground()
    FeatureFactory.create(layer=made.parcels, key="ΟΙΚ 7/3", geom=box(1000, 1000, 1010, 1010))
    response = found(q="ΟΙΚ 7/3")
    assert response.status_code == 302
    assert Client().get(response.headers["Location"]).status_code == 200


def test_a_click_on_a_plot_leads_to_it(town: Town) -> None:
    ground()
    assert found(**click(5010, 5010)).headers["Location"] == THERE


def test_a_door_on_the_street_belongs_to_the_plot_behind_it(town: Town) -> None:
    ground()
    assert found(**click(5010, 4992)).headers["Location"] == THERE


def test_a_click_beside_every_plot_says_so(town: Town) -> None:
    ground()
    response = found(**click(5010, 4900))
    assert response.status_code == 404
    assert "notice--warning" in response.content.decode()


def test_an_address_leads_to_the_plot_there(town: Town) -> None:
    ground()
    PlaceFactory.create(
        kind=PlaceKind.ADDRESS, name="Φλέμινγκ 7", name_en="Fleming 7", location=at(5010, 4997)
    )
    page = found(q="fleming 7")
    [address] = [part.split('"')[0] for part in page.content.decode().split('href="') if "lon=" in part[:60]]
    assert Client().get(address.replace("&amp;", "&")).headers["Location"] == THERE


def test_what_nobody_knows_is_said_with_what_to_type(town: Town) -> None:
    ground()
    text = found(q="zzzz<b>").content.decode()
    assert "zzzz&lt;b&gt;" in text
    assert "notice--warning" in text


def test_the_panel_of_the_map_is_told_the_plot_in_short(town: Town) -> None:
    ground()
    text = found(part="1", **click(5010, 5010)).content.decode()
    assert f'href="{THERE}"' in text
    assert f'href="{THERE}pdf/"' in text
    assert "&quot;coordinates&quot;" in text
    assert "<html" not in text
    nowhere = found(part="1", **click(100, 100))
    assert (nowhere.status_code, "<html" in nowhere.content.decode()) == (404, False)


def test_nonsense_places_are_refused(town: Town) -> None:
    ground()
    assert found(lon="nan", lat="38").status_code == 400


def test_the_map_is_told_as_json(town: Town) -> None:
    ground()
    told = found(f="json", **click(5010, 5010)).json()
    assert told == {"plots": [{"key": KAEK, "layer": "parcels", "name": KAEK, "url": THERE}]}
    assert found(f="json", **click(100, 100)).json() == {"plots": []}
