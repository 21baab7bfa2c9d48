"""Rasters in a window: their looks on the map, a value where somebody presses, a profile that is drawn."""

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from layers.models import Raster
from tests.browser.conftest import Visiting
from tests.browser.pixels import wait_for_colour
from tests.browser.visit import Visit
from tests.factories import Town
from tests.layers.rasters import lonlat, make_raster

WINDOWS = pytest.mark.parametrize(
    "window",
    [
        {"phone": True, "language": "el", "color_scheme": "dark"},
        {"language": "en"},
    ],
    ids=["phone-greek-dark", "desktop-english"],
)


@pytest.fixture
def terrain(town: Town) -> Raster:
    """Rises by 30 % to the east, over the south-west of the town."""
    rise = 100 + 3 * np.tile(np.arange(400, dtype="float32"), (400, 1))
    return make_raster("terrain", rise, nodata=-9999)


def middle(canvas: Locator, across: float = 0.5, down: float = 0.5) -> tuple[float, float]:
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    return box["x"] + box["width"] * across, box["y"] + box["height"] * down


def press(page: Page, across: float, down: float) -> None:
    page.mouse.click(*middle(page.locator("#map canvas"), across, down))


def draw(person: Visit, page: Page) -> None:
    """A line with a corner, across the middle of the map."""
    for across, down in ((0.35, 0.55), (0.5, 0.45), (0.62, 0.55)):
        press(page, across, down)
        page.wait_for_timeout(400)  # two quick ones would be a double click, which zooms
    person.press("Finish the line")


@WINDOWS
def test_a_profile_is_drawn_on_the_page_of_a_raster(
    window: dict[str, object], visit: Visiting, terrain: Raster
) -> None:
    person = visit(**window)
    page = person.open("/rasters/terrain/")
    wait_for_colour(page, *middle(page.locator("#map canvas"), 0.5, 0.1), colour_beside(window))
    press(page, 0.5, 0.5)
    expect(page.locator("[data-value]")).to_have_text(re.compile(r"\d m · .*30 %"))
    person.press("Draw a line")
    assert person.axe() == []
    draw(person, page)
    chart = page.locator(".profile__chart")
    expect(chart).to_be_visible()
    expect(page).to_have_url(re.compile(r"line=\d"))
    slider = page.get_by_label(person.say("Place along the line"))
    slider.focus()
    slider.press("ArrowRight")
    expect(page.locator("[data-told]")).to_have_text(re.compile(r"\d m"))
    assert person.axe() == []
    page.reload()
    expect(chart).to_be_visible()


def colour_beside(window: dict[str, object]) -> str:
    """The ground of the map where the raster ends."""
    return "#1d2125" if window.get("color_scheme") == "dark" else "#f4efe6"


def test_a_line_is_typed_by_who_cannot_draw(visit: Visiting, terrain: Raster) -> None:
    person = visit(language="en", expected=("400",))
    page = person.open("/rasters/terrain/")
    page.get_by_text(person.say("Or type the line")).click()
    (x0, y0), (x1, y1) = lonlat(200, 200), lonlat(1200, 200)
    page.locator("#line").fill(f"{x0},{y0};{x1},{y1}")
    person.press("Show the profile")
    expect(page.locator("[data-profile]")).to_contain_text("1,000 m")
    expect(page.locator("[data-profile]")).to_contain_text("30 %")
    page.locator("#line").fill("nonsense")
    person.press("Show the profile")
    expect(page.locator("[data-profile-result]")).to_contain_text("This is no line for a profile.")


@WINDOWS
def test_a_look_is_chosen_and_its_legend_comes_along(
    window: dict[str, object], visit: Visiting, terrain: Raster
) -> None:
    person = visit(**window)
    page = person.open("/rasters/terrain/")
    page.get_by_role("radio", name=re.compile(person.say("slope"), re.IGNORECASE)).check(force=True)
    expect(page.locator("[data-legend='terrain--slope']")).to_be_visible()
    expect(page.locator("[data-legend='terrain--relief']")).to_be_hidden()
    # 25 to 35 %, seven tenths of it over the ground of the map.
    seen = "#a75039" if window.get("color_scheme") == "dark" else "#e78d71"
    wait_for_colour(page, *middle(page.locator("#map canvas")), seen)


def test_the_home_map_shows_a_raster_that_its_address_names(visit: Visiting, terrain: Raster) -> None:
    person = visit(language="en")
    lon, lat = lonlat(2000, 2000)
    page = person.open(f"/#map=15/{lat:.5f}/{lon:.5f}&layers=terrain--slope")
    wait_for_colour(page, *middle(page.locator("#map canvas"), 0.75, 0.5), "#e78d71")
    page.locator("[data-open-layers]").click()
    box = page.get_by_role("checkbox", name="Terrain: slope")
    expect(box).to_be_checked()
    expect(page.get_by_text("25–35 %")).to_be_visible()
    assert person.axe() == []


@WINDOWS
def test_the_planning_map_draws_a_profile_and_tells_values(
    window: dict[str, object], visit: Visiting, terrain: Raster
) -> None:
    person = visit(**window)
    lon, lat = lonlat(2000, 2000)
    content = f"/plan/map/#map=14/{lat:.5f}/{lon:.5f}&layers=terrain--relief"
    page = person.open(content)
    page.locator("[data-tool=profile]").click()
    panel = page.locator("[data-panel-body]")
    expect(panel.locator("[data-draw-hint]")).not_to_be_empty()
    assert person.axe() == []
    canvas = page.locator("#map canvas")
    for across, down in ((0.45, 0.25), (0.55, 0.3)):
        page.mouse.click(*middle(canvas, across, down))
        page.wait_for_timeout(400)
    person.press("Finish the line")
    expect(panel.locator(".profile__chart")).to_be_visible()
    expect(page).to_have_url(re.compile("profile"))
    assert person.axe() == []
    page.mouse.click(*middle(canvas, 0.5, 0.3))
    expect(panel).to_contain_text(re.compile(r"30 %"))
    expect(page.locator("[data-tool=profile]")).to_have_attribute("aria-pressed", "false")
