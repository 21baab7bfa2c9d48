"""A planner opens the table of a layer, filters it in words, reads its figures; the map shows the same rows."""

import re

import pytest
from playwright.sync_api import expect

from layers.models import Layer
from tests.browser.conftest import Visiting
from tests.factories import FeatureFactory, LayerFactory, Town
from tests.factories.places import box

FIELDS = {
    "use": {"type": "string", "title": "Χρήση", "title_en": "Use"},
    "far": {"type": "number", "title": "ΣΔ", "title_en": "Ratio"},
}
WINDOWS = pytest.mark.parametrize(
    "window",
    [{"phone": True, "language": "el"}, {"language": "en"}],
    ids=["phone-greek", "desktop-english"],
)


@pytest.fixture
def plots(town: Town) -> Layer:
    schema = {"type": "object", "properties": FIELDS}
    layer = LayerFactory.create(
        slug="plots", title="Οικόπεδα", title_en="Plots", theme="land_use", field_schema=schema
    )
    for number, use in enumerate(("homes", "homes", "shops")):
        shape = box(4800 + 200 * number, 4900, 4900 + 200 * number, 5000)
        properties = {"use": use, "far": 0.8 + number}
        FeatureFactory.create(layer=layer, key=f"P{number}", properties=properties, geom=shape)
    return layer


@WINDOWS
def test_the_table_the_filter_and_the_figures(
    window: dict[str, object], visit: Visiting, plots: Layer
) -> None:
    person = visit(**window, expected=("400",))
    page = person.open("/plan/map/#layers=plots")
    page.locator("[data-tool=table]").click()
    rows = page.locator(".plan-table [data-row]")
    expect(rows).to_have_count(3)
    assert person.axe() == []
    page.locator(".plan-table__sort").nth(-1).click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_count(1)
    rows.nth(1).locator("[data-table-show]").press("Enter")
    expect(rows.nth(1)).to_have_attribute("data-chosen", "")
    page.locator("[data-table-columns] summary").click()
    page.locator("[data-table-columns] [value=far]").uncheck()
    page.locator("[data-table-columns] button").press("Enter")
    expect(page.locator(".plan-table__sort")).to_have_count(1)
    page.locator("[data-table-filter]").click()
    form = page.locator("[data-filter-form]")
    form.locator("[data-field]").select_option("use")
    form.locator("[data-value]").fill("shops")
    assert person.axe() == []
    form.locator("[type=submit]").press("Enter")
    expect(rows).to_have_count(1)
    expect(page.locator("[data-filter-text]")).to_have_value("\"use\" = 'shops'")
    expect(page).to_have_url(re.compile("filter"))
    page.locator("[data-filter-text]").fill("owner = 1")
    page.locator("[data-filter-typed]").press("Enter")
    expect(page.locator("[data-filter-wrong]")).to_contain_text("owner")
    expect(rows).to_have_count(1)
    page.locator("[data-filter-clear]").press("Enter")
    expect(rows).to_have_count(3)
    page.keyboard.press("Escape")
    page.locator("[data-table-figures]").click()
    page.locator("[data-figures-by]").select_option("use")
    expect(page.locator(".plan-figures__table tbody tr")).to_have_count(2)
    assert person.axe() == []
