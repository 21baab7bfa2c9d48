"""A planner changes a layer in the browser: draws, splits, merges, saves; nothing is lost when another was quicker."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from layers.actions import FeatureState, write_features
from layers.models import Feature, Layer, Revision, Theme
from tests.browser.conftest import Visiting
from tests.browser.visit import Visit
from tests.factories import Town, box
from tests.ogc.writing import FIRST, plots

THIRD = "061870000003"
STATUS = ("status of 412", "status of 409", "status of 400")


@pytest.fixture
def layer(transactional_db: None, town: Town) -> Layer:
    return plots(theme=Theme.CADASTRE, title="Γεωτεμάχια", title_en="Plots", title_field="kaek")


@pytest.fixture
def window(layer: Layer, planner: User, visit: Visiting) -> Visit:
    return opened(visit(planner, language="en", expected=STATUS))


def opened(window: Visit) -> Visit:
    """On the first plot, in the middle of the map; from two steps away, so that a plot is about 150 pixels wide."""
    page = window.open(f"/plan/layers/plots/edit/?key={FIRST}")
    expect(page.locator(".map-shell")).to_have_attribute("data-ready", "yes")
    for _ in range(2):
        with page.expect_response(lambda answer: "/edit/features" in answer.url):
            page.locator("[data-zoom=out]").click()
    page.wait_for_timeout(500)  # the zoom glides to its end
    return window


def size(page: Page) -> tuple[float, float, float]:
    """Middle of the map in the window, and how many pixels a plot is wide."""
    frame = page.locator("#map").bounding_box()
    assert frame is not None
    side = min(frame["width"] - 80, frame["height"] - 180) / 4
    return frame["x"] + frame["width"] / 2, frame["y"] + frame["height"] / 2, side


def press(page: Page, x: float, y: float) -> None:
    page.mouse.move(x - 3, y - 3)
    page.mouse.move(x, y)
    page.mouse.click(x, y)
    page.wait_for_timeout(350)  # two presses close together would be a double click


def save(window: Visit, reason: str = "ΦΕΚ 114") -> None:
    window.fill("Why, for the history of the layer", reason)
    window.press("Save all as one change")


def test_a_new_plot_is_drawn_against_its_neighbour_and_saved(window: Visit) -> None:
    page = window.page
    x, y, side = size(page)
    window.press("New surface")
    assert window.axe() == []
    west, east = x - 1.5 * side, x - side / 2 + 4  # the east side is a little off, and is drawn to the border
    for corner in (
        (west, y - side / 2),
        (east, y - side / 2 + 3),
        (east, y + side / 2 - 3),
        (west, y + side / 2),
    ):
        press(page, *corner)
    window.press("Finish")
    page.locator("#edit-field-kaek").fill(THIRD)
    page.locator("#edit-field-use").fill("park")
    page.locator("#edit-field-use").blur()
    assert window.axe() == []
    save(window)
    expect(page.locator("[data-edit-told]")).to_contain_text("Saved as revision")
    new = Feature.objects.current().get(key=THIRD)
    first = Feature.objects.current().get(key=FIRST)
    assert new.properties == {"kaek": THIRD, "use": "park"}
    assert new.geom is not None
    assert first.geom is not None
    assert new.geom.intersection(first.geom).area == 0
    assert new.geom.distance(first.geom) == 0
    revision = Revision.objects.get()
    assert (revision.reason, revision.actor and revision.actor.name) == ("ΦΕΚ 114", "Petra Planner")


def test_a_plot_is_split_undone_and_merged_with_its_neighbour(window: Visit) -> None:
    page = window.page
    x, y, side = size(page)
    window.press("Split")
    press(page, x, y - side)
    press(page, x, y + side)
    window.press("Finish")
    changes = page.locator("[data-edit-changes] li")
    expect(changes).to_have_count(2)
    window.press("Undo")
    expect(changes).to_have_count(0)
    window.press("Choose several")
    press(page, x + side, y)
    expect(page.locator("[data-edit-chosen] li")).to_have_count(2)
    window.press("Merge")
    expect(changes).to_have_count(2)
    save(window)
    expect(page.locator("[data-edit-told]")).to_contain_text("Saved as revision")
    (left,) = Feature.objects.current()
    assert left.key == FIRST
    assert left.geom is not None
    assert left.geom.area == pytest.approx(20_000, abs=1e-6)


def test_nothing_is_lost_when_somebody_else_was_quicker(window: Visit, layer: Layer) -> None:
    page = window.page
    page.locator("#edit-field-floors").fill("7")
    page.locator("#edit-field-floors").blur()
    state = FeatureState(FIRST, {"kaek": FIRST, "use": "park"}, box(5000, 5000, 5100, 5100))
    write_features(layer=layer, states=[state])
    save(window)
    told = page.locator("[data-edit-told]")
    expect(told).to_contain_text("Nothing of yours is lost")
    assert window.axe() == []
    window.press("Keep mine")
    save(window)
    expect(told).to_contain_text("Saved as revision")
    assert Feature.objects.current().get(key=FIRST).properties["floors"] == 7


def test_an_overlap_is_shown_with_its_area_and_has_to_be_meant(window: Visit) -> None:
    page = window.page
    x, y, side = size(page)
    window.press("New surface")
    for dx, dy in ((-0.25, -0.25), (0.25, -0.25), (0.25, 0.25), (-0.25, 0.25)):
        press(page, x + dx * side, y + dy * side)
    window.press("Finish")
    page.locator("#edit-field-kaek").fill(THIRD)
    page.locator("#edit-field-use").fill("park")
    page.locator("#edit-field-use").blur()
    save(window)
    expect(page.locator(".edit-findings li")).to_have_count(1)
    expect(page.locator(".edit-findings li")).to_contain_text(FIRST)
    assert window.axe() == []
    assert not Revision.objects.exists()
    page.get_by_label(window.say("The overlaps are meant")).check()
    window.press("Save all as one change")
    expect(page.locator("[data-edit-told]")).to_contain_text("Saved as revision")


def test_the_keyboard_draws_too(window: Visit) -> None:
    page = window.page
    window.press("New surface")
    page.locator("#map canvas").focus()
    for move in ((), ("ArrowRight",), ("ArrowDown",), ("ArrowLeft",)):
        for key in move:
            page.keyboard.press(key)
            page.wait_for_timeout(700)  # the map glides
        page.keyboard.press("Enter")
        page.wait_for_timeout(350)
    window.press("Finish")
    expect(page.locator("[data-edit-changes] li")).to_have_count(1)


def test_a_phone_has_room_for_all_of_it(layer: Layer, planner: User, visit: Visiting) -> None:
    window = visit(planner, phone=True, language="en")
    page = window.open(f"/plan/layers/plots/edit/?key={FIRST}")
    expect(page.locator(".map-shell")).to_have_attribute("data-ready", "yes")
    assert window.axe() == []
    window.press("Move corners")
    expect(page.get_by_role("button", name=window.say("Finish"))).to_be_in_viewport()
    window.press("Cancel")
    assert page.evaluate("() => document.documentElement.scrollWidth") <= page.evaluate("() => innerWidth")
