"""The map is the page: search, pins, cards, layers, and an address that remembers all of it."""

import re

import pytest
from django.contrib.gis.geos import Point
from playwright.sync_api import expect

from core.geo import LonLat, to_lonlat
from issues.map_styles import COLORS
from issues.models import Issue
from tests.browser.conftest import Visiting
from tests.browser.pixels import wait_for_pin
from tests.factories import FeatureFactory, IssueFactory, LayerFactory, Town, at, box

WINDOWS = pytest.mark.parametrize(
    "window", [{"phone": True, "language": "el"}, {"language": "en"}], ids=["phone-greek", "desktop-english"]
)
ADDRESS = re.compile(r"#map=19\.00/([\d.]+)/([\d.]+)")  # as near as addresses are shown


def permalink(place: Point, zoom: float) -> str:
    longitude, latitude, *_ = to_lonlat(place).coords
    return f"/#map={zoom}/{latitude:.5f}/{longitude:.5f}"


@pytest.fixture
def pothole(town: Town) -> Issue:
    return IssueFactory.accepted(category=town.pothole, department=town.roads, location=at(4000, 6000))


@WINDOWS
def test_a_pin_opens_its_card_and_back_closes_it(
    window: dict[str, object], visit: Visiting, pothole: Issue
) -> None:
    person = visit(**window)
    page = person.open(permalink(pothole.location, 17))
    page.mouse.click(*wait_for_pin(page, COLORS["open"]))
    card = page.locator("[data-card]")
    expect(card).to_contain_text(pothole.number)
    expect(page).to_have_url(re.compile(rf"show=/issues/{pothole.number}/"))
    assert person.axe() == []
    page.go_back()
    expect(card).to_be_hidden()


@WINDOWS
def test_the_address_shows_the_same_card_to_others(
    window: dict[str, object], visit: Visiting, pothole: Issue
) -> None:
    person = visit(**window)
    page = person.open(permalink(pothole.location, 16) + f"&show=/issues/{pothole.number}/")
    expect(page.locator("[data-card]")).to_contain_text(pothole.number)


@WINDOWS
def test_search_finds_an_address_in_greeklish_and_goes_there(
    window: dict[str, object], visit: Visiting, town: Town
) -> None:
    person = visit(**window)
    page = person.open("/")
    expect(page.locator(".maplibregl-canvas")).to_be_visible()
    with page.expect_response(re.compile(r"/search/.*q=asklhpioy\+12")):
        page.locator("#search-input").press_sequentially("asklhpioy 12")
    page.get_by_role("option").filter(has_text="12").click()
    expect(page).to_have_url(ADDRESS)
    found = ADDRESS.search(page.url)
    assert found is not None
    # On a phone the sheet covers the lower half, so the middle of the map lies below what was found.
    assert LonLat.parse(found[2], found[1]).to_storage().distance(at(5010, 7505)) < 40
    assert person.axe() == []


@WINDOWS
def test_layers_are_switched_with_their_legend(
    window: dict[str, object], visit: Visiting, town: Town
) -> None:
    zones = LayerFactory.create(slug="zones", title="Ζώνες", title_en="Zones")
    FeatureFactory.create(layer=zones, geom=box(0, 0, 10_000, 10_000), key="whole")
    person = visit(**window)
    page = person.open("/")
    page.locator("[data-open-layers]").click()
    page.locator(
        "[data-layer-tree] summary", has_text=re.compile(person.say("land use"), re.IGNORECASE)
    ).click()
    name = "Ζώνες" if person.language == "el" else "Zones"
    with page.expect_response("**/tiles/zones/**"):
        page.get_by_role("checkbox", name=name).check()
    expect(page).to_have_url(re.compile("layers=[^&]*zones"))
    assert person.axe() == []


def test_only_the_wanted_kinds_are_listed(visit: Visiting, pothole: Issue, town: Town) -> None:
    lamp = IssueFactory.accepted(category=town.dark_lamp, department=town.lighting_north)
    person = visit(language="en")
    page = person.open("/")
    expect(page.locator("[data-nearby]")).to_contain_text("Pothole")
    page.locator("label.chip", has_text="Lighting").click()
    expect(page.locator("[data-nearby]")).not_to_contain_text("Pothole")
    expect(page.locator(f"[data-show='/issues/{lamp.number}/']")).to_be_visible()
