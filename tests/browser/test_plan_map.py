"""The planner's map: layers in an order, what is here, measures, drawings, other days, two halves, saved maps."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from psycopg2.extras import DateTimeTZRange

from accounts.models import User
from core.geo import to_lonlat
from planning.models import PlanningMap
from tests.browser.conftest import Visiting
from tests.browser.visit import Visit
from tests.factories import FeatureFactory, LayerFactory, Town, at, box

WINDOWS = pytest.mark.parametrize(
    "window", [{"phone": True, "language": "el"}, {"language": "en"}], ids=["phone-greek", "desktop-english"]
)
THEN = DateTimeTZRange(datetime(2000, 1, 1, tzinfo=UTC), datetime(2010, 6, 1, tzinfo=UTC))


@pytest.fixture
def layers(town: Town) -> None:
    zones = LayerFactory.create(slug="zones", title="Ζώνες", title_en="Zones", title_field="name")
    FeatureFactory.create(layer=zones, geom=box(4000, 4000, 6000, 6000), properties={"name": "Κέντρο"})
    FeatureFactory.create(
        layer=zones, geom=box(4000, 4000, 6000, 6000), properties={"name": "Χωράφια"}, valid=THEN
    )
    plots = LayerFactory.create(slug="plots", title="Οικόπεδα", title_en="Plots", theme="cadastre")
    FeatureFactory.create(layer=plots, geom=box(4900, 4900, 5100, 5100), key="050120301001")
    pipes = LayerFactory.create(slug="pipes", title="Αγωγοί", title_en="Pipes", visibility="staff")
    FeatureFactory.create(layer=pipes, geom=box(4000, 4000, 6000, 6000))


def opened(person: Visit, more: str = "", path: str = "/plan/map/") -> Page:
    """The map above the middle of the town."""
    longitude, latitude, *_ = to_lonlat(at(5000, 5000)).coords
    page = person.open(f"{path}#map=17/{latitude:.6f}/{longitude:.6f}{more}")
    expect(page.locator(".map-shell[data-ready]")).to_be_visible()
    return page


def tool(page: Page, name: str) -> None:
    page.locator(f"[data-tool={name}]").click()


def press_on_map(page: Page, *keys: str) -> None:
    for key in keys:
        page.locator("#map .maplibregl-canvas").first.press(key)


@WINDOWS
def test_layers_are_shown_ordered_and_faded_and_the_address_says_so(
    window: dict[str, object], visit: Visiting, layers: None
) -> None:
    person = visit(**window)
    page = opened(person)
    if window.get("phone"):
        tool(page, "layers")
    rows = page.locator(".plan-layer")
    assert [row.get_attribute("data-slug") for row in rows.all()] == ["zones", "plots"]
    rows.last.locator(".plan-layer__handle").press("ArrowUp")
    expect(rows.first).to_have_attribute("data-slug", "plots")
    expect(page).to_have_url(re.compile(r"layers=zones,plots"))
    rows.first.locator(".plan-layer__fold").click()
    rows.first.locator("input[type=range]").fill("0.5")
    expect(page).to_have_url(re.compile(r"layers=zones,plots~0\.5"))
    assert person.axe() == []
    page.reload()
    expect(rows.first).to_have_attribute("data-slug", "plots")
    page.locator("#layer-search").fill("ζων" if person.language == "el" else "zon")
    expect(page.locator("[data-themes] label:visible")).to_have_count(1)


@WINDOWS
def test_enter_asks_what_is_here_and_back_closes_it(
    window: dict[str, object], visit: Visiting, layers: None
) -> None:
    person = visit(**window)
    page = opened(person, "&layers=zones,plots")
    press_on_map(page, "Enter")
    cards = page.locator(".here__card")
    expect(cards).to_have_count(2)
    expect(cards.first).to_contain_text("050120301001")
    expect(cards.last).to_contain_text("Κέντρο")
    expect(page).to_have_url(re.compile("here"))
    assert person.axe() == []
    page.go_back()
    expect(page.locator("[data-side]")).to_be_hidden()
    page.go_forward()
    expect(cards).to_have_count(2)
    page.keyboard.press("Escape")
    expect(page.locator("[data-side]")).to_be_hidden()


def test_measures_by_keyboard_say_plane_and_ellipsoid(visit: Visiting, layers: None) -> None:
    person = visit(language="en")
    page = opened(person)
    tool(page, "measure")
    press_on_map(page, "Enter", "ArrowRight", "Enter")
    told = page.locator("[data-told=length-plane]")
    expect(told).to_have_text(re.compile(r"\d+\.\d\d m"))
    expect(page.locator("[data-told=length-ellipsoid]")).to_have_text(re.compile(r"\d+\.\d\d m"))
    expect(page.locator("[data-told=grid]")).to_contain_text("EPSG:2100")
    assert person.axe() == []
    length = told.inner_text()
    page.reload()
    expect(told).to_have_text(length)


def test_drawings_are_kept_in_the_address_and_undone(visit: Visiting, layers: None) -> None:
    person = visit(phone=True, language="el")
    page = opened(person)
    tool(page, "draw")
    page.locator("label:has([name=draw-kind][value=note])").click()
    page.locator("[data-draw=middle]").click()
    note = page.locator(".plan-drawing__text")
    note.fill("Νέο πάρκο")
    note.press("Enter")
    expect(page).to_have_url(re.compile("draw="))
    assert person.axe() == []
    page.reload()
    expect(page.locator(".map-shell[data-ready]")).to_be_visible()
    tool(page, "draw")
    expect(note).to_have_value("Νέο πάρκο")
    page.locator("[data-deed=remove]").click()
    expect(note).to_have_count(0)
    page.locator("[data-draw=undo]").click()
    expect(note).to_have_value("Νέο πάρκο")


def test_another_day_and_two_halves(visit: Visiting, layers: None) -> None:
    person = visit(language="en")
    page = opened(person, "&layers=zones")
    tool(page, "time")
    with page.expect_response(re.compile(r"/tiles/zones/asked/.*valid=2005-05-05")):
        page.locator("#time-valid").fill("2005-05-05")
        page.locator("#time-valid").press("Tab")
    expect(page.locator(".plan-then")).to_contain_text("5 May 2005")
    assert person.axe() == []
    press_on_map(page, "Enter")
    expect(page.locator(".here__card")).to_contain_text("Χωράφια")
    page.locator("[data-then-back]").click()
    expect(page.locator(".plan-then")).to_be_hidden()
    with page.expect_response(re.compile(r"/tiles/zones/asked/.*valid=2004-04-04")):
        tool(page, "swipe")
        page.locator("label:has([value=days])").click()
        page.locator("#swipe-valid").fill("2004-04-04")
        page.locator("#swipe-valid").press("Tab")
    handle = page.get_by_role("slider", name=person.say("Border between the two halves"))
    handle.press("Home")
    handle.press("ArrowRight")
    expect(handle).to_have_attribute("aria-valuenow", "2")
    expect(page).to_have_url(re.compile(r"swipe=0\.02~~~2004-04-04"))
    assert person.axe() == []


def test_a_saved_map_opens_for_others_without_what_they_may_not_see(
    visit: Visiting, layers: None, planner: User
) -> None:
    person = visit(planner, language="en")
    page = opened(person, "&layers=zones,pipes")
    tool(page, "save")
    page.locator("#save-title").fill("Pipes and zones")
    page.locator("input[name=sharing][value=link]").check()
    assert person.axe() == []
    page.locator("[data-save-form] [data-new]").click()
    expect(page.locator("h1")).to_have_text("Pipes and zones")
    saved = PlanningMap.objects.get()
    expect(page.locator(".plan-layer")).to_have_count(2)
    guest = visit(language="en")
    other = guest.open(f"/plan/maps/{saved.token}/")
    expect(other.locator(".map-shell[data-ready]")).to_be_visible()
    expect(other.locator(".plan-layer")).to_have_count(1)
    assert "ipes" not in other.locator("main").inner_text().replace("Pipes and zones", "")
    expect(other.locator("[data-tool=save]")).to_have_count(0)
