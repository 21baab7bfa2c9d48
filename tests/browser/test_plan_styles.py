"""A planner makes a look: the map and the legend follow every change, on a desk and on a phone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from layers.models import Layer
from tests.browser.conftest import Visiting
from tests.factories import FeatureFactory, LayerFactory, box

SCHEMA = {
    "properties": {
        "use": {"type": "string", "title": "Χρήση", "title_en": "Use"},
        "far": {"type": "number", "title": "ΣΔ", "title_en": "FAR"},
    }
}
STYLES = "/plan/layers/zones/styles/"


@pytest.fixture
def zones(transactional_db: None) -> Layer:
    layer = LayerFactory.create(slug="zones", title="Ζώνες", title_en="Zones", field_schema=SCHEMA)
    for number, use in enumerate(("κατοικία", "πράσινο", "κέντρο")):
        west = 1000 + number * 3000
        square = box(west, 2000, west + 2500, 8000)
        FeatureFactory.create(layer=layer, properties={"use": use, "far": number * 0.8}, geom=square)
    return layer


def legend(page: Page) -> Any:
    return page.locator("[data-legend] li")


@pytest.mark.parametrize("phone", [False, True])
def test_a_look_is_made_on_screen(visit: Visiting, zones: Layer, planner: User, phone: bool) -> None:
    desk = visit(planner, phone=phone, language="en")
    page = desk.open(STYLES)
    assert desk.axe() == []
    page.get_by_role("link", name=re.compile("New style|Make the first style")).first.click()
    expect(page.locator("#map canvas")).to_be_visible()
    expect(page.locator("[data-scale]")).to_have_text(re.compile("1:"))
    page.locator("#id_title").fill("Κατά χρήση")
    page.locator("#id_title_en").fill("By use")
    page.locator("#id_kind").select_option("category")
    expect(page.locator("#id_field")).to_be_visible()
    page.locator("#id_field").select_option("use")
    expect(legend(page)).to_have_count(3)
    first = page.locator("fieldset.style-case").first
    first.locator("summary").click()
    first.get_by_label("Hatching", exact=True).select_option("cross")
    expect(legend(page).first.locator("pattern")).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert desk.axe() == []
    page.locator("button[value=save]").click()
    expect(page.get_by_role("heading", name="By use")).to_be_visible()
    assert zones.styles.get().spec["kind"] == "category"
    assert desk.axe() == []


def test_classes_and_what_is_wrong(visit: Visiting, zones: Layer, planner: User) -> None:
    desk = visit(planner, language="en")
    page = desk.open(f"{STYLES}new/")
    page.locator("#id_kind").select_option("class")
    expect(page.locator("#id_method")).to_be_visible()
    page.locator("#id_field").select_option("far")
    page.locator("#id_method").select_option("equal")
    page.locator("#id_count").fill("4")
    page.locator("#id_count").press("Tab")
    expect(legend(page)).to_have_count(4)
    page.locator("[name=labels-on]").check()
    page.locator("[name=labels-text]").fill("{height}")
    expect(page.locator("[data-problem]")).to_be_visible()
    expect(page.locator(".is-wrong [name=labels-text]")).to_be_visible()
    page.locator("[name=labels-text]").fill("FAR {far}")
    expect(page.locator("[data-problem]")).to_be_hidden()
    assert desk.axe() == []


def test_without_a_script_the_form_goes_round_by_the_server(
    visit: Visiting, zones: Layer, planner: User
) -> None:
    desk = visit(planner, language="en", java_script_enabled=False)
    page = desk.open(f"{STYLES}new/")
    page.locator("#id_title").fill("Κατά ΣΔ")
    page.locator("#id_kind").select_option("class")
    page.locator("button[value=kind]").click()
    expect(page.locator("#id_count")).to_be_visible()
    page.locator("button[value=preview][data-without-script]").click()
    expect(legend(page)).not_to_have_count(0)
    page.locator("button[value=save]").click()
    expect(page.get_by_role("heading", name="Κατά ΣΔ")).to_be_visible()
