"""The catalogue as people meet it: on a phone in Greek, at a desk in English and in the dark; axe finds nothing."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visiting
from tests.factories import LayerFactory, Town

WINDOWS = [
    pytest.param({"phone": True, "language": "el", "color_scheme": "light"}, id="phone-light-greek"),
    pytest.param({"phone": False, "language": "en", "color_scheme": "dark"}, id="desktop-dark-english"),
]
LEGEND = [
    {"label": "Κατοικία", "label_en": "Housing", "color": "#f2a900", "shape": "polygon"},
    {"label": "Πράσινο", "label_en": "Green", "color": "#00813f", "shape": "polygon"},
]


@pytest.mark.parametrize("window", WINDOWS)
def test_a_layer_is_found_and_its_entry_read(window: dict[str, object], visit: Visiting, town: Town) -> None:
    LayerFactory.create(
        slug="uses",
        title="Χρήσεις γης",
        title_en="Land use",
        theme="land_use",
        source="ΦΕΚ 214",
        legend=LEGEND,
    )
    LayerFactory.create(slug="pipes", title="Αγωγοί", title_en="Pipes", theme="networks")
    visitor = visit(**window)
    page = visitor.open("/plan/")
    assert visitor.axe() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]
    page.locator("#id_q").fill("xriseis")
    page.keyboard.press("Enter")
    page.wait_for_url("**/plan/?q=xriseis**")
    expect(page.locator(".entry")).to_have_count(1)
    page.locator("#layer-uses summary").click()
    expect(page.locator("#layer-uses").get_by_text("ΦΕΚ 214")).to_be_visible()
    assert visitor.axe() == []
    page.locator("#layer-uses .entry__doors a").first.click()
    page.wait_for_url("**/plan/map/#**layers=uses**")


def test_the_page_fits_the_narrowest_window(visit: Visiting, town: Town) -> None:
    LayerFactory.create(slug="uses", title="Χρήσεις γης και όροι δόμησης", theme="land_use", legend=LEGEND)
    page = visit(viewport={"width": 320, "height": 640}).open("/plan/")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
