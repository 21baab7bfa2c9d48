"""What applies to a plot, as people ask for it: by number, on the map, by keyboard; on a phone, in both languages."""

import pytest
from playwright.sync_api import expect

from core.geo import to_lonlat
from tests.browser.conftest import Visiting
from tests.factories import FeatureFactory, LayerFactory, Town, at
from tests.factories.places import box
from tests.planning.parcel.plots import KAEK, Ground, ground, schema, zone

WINDOWS = [
    pytest.param({"phone": True, "language": "el", "color_scheme": "light"}, id="phone-light-greek"),
    pytest.param({"phone": False, "language": "en", "color_scheme": "dark"}, id="desktop-dark-english"),
]


@pytest.fixture
def plot(town: Town) -> Ground:
    """In two zones, one of them a sliver, with a reservation along the street and a lamp beside it."""
    made = ground(scale=1000)
    zone(made.zones, "Ζώνη κατοικίας", 5000.3, 4000, 6000, 6000)
    zone(made.zones, "Ζώνη κέντρου", 4000, 4000, 5000.3, 6000, sd=2.4)
    kept = LayerFactory.create(
        slug="kept", title="Δεσμεύσεις", theme="plan", field_schema=schema({}, "reservation")
    )
    FeatureFactory.create(layer=kept, key="Διαπλάτυνση", geom=box(4000, 4000, 6000, 5003))
    lamps = LayerFactory.create(slug="poles", title="Στύλοι", theme="networks", geometry_kind="point")
    FeatureFactory.create(layer=lamps, key="ΣΤ-1", geom=at(5025, 5010))
    return made


@pytest.mark.parametrize("window", WINDOWS)
def test_a_plot_is_found_by_its_number_and_read(
    window: dict[str, object], visit: Visiting, plot: Ground
) -> None:
    visitor = visit(**window)
    page = visitor.open("/plan/parcel/")
    assert visitor.axe() == []
    visitor.fill("Cadastral number (KAEK), address or place", f"{KAEK[:5]} {KAEK[5:]}/0/0")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/plan/parcel/parcels/{KAEK}/")
    expect(page.get_by_role("heading", level=1)).to_have_text(KAEK)
    expect(page.get_by_text("Ζώνη κατοικίας").first).to_be_visible()
    visitor.sees("possibly an artefact: smaller than its own uncertainty")
    expect(page.get_by_text("Διαπλάτυνση").first).to_be_visible()
    expect(page.locator("svg.plot-picture")).to_be_visible()
    assert visitor.axe() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]  # type: ignore[index]


def test_the_page_fits_the_narrowest_window(visit: Visiting, plot: Ground) -> None:
    page = visit(viewport={"width": 320, "height": 640}).open(f"/plan/parcel/parcels/{KAEK}/")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_another_date_is_asked_with_the_form(visit: Visiting, plot: Ground) -> None:
    visitor = visit(language="en", expected=("status of 404",))
    page = visitor.open(f"/plan/parcel/parcels/{KAEK}/")
    page.locator("#id_valid").fill("2000-01-01")
    visitor.press("Show")
    page.wait_for_url("**valid=2000-01-01**")
    expect(page.get_by_text(f"There is no plot “{KAEK}”")).to_be_visible()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(KAEK)


def test_a_click_on_the_map_tells_the_plot_and_leads_to_its_page(visit: Visiting, plot: Ground) -> None:
    visitor = visit(language="en")
    middle = to_lonlat(at(5010, 5015))
    page = visitor.open(f"/plan/map/#map=18/{middle.y:.6f}/{middle.x:.6f}")
    button = page.get_by_role("button", name="What applies to a plot?")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    canvas = page.locator("canvas.maplibregl-canvas")
    canvas.focus()
    page.keyboard.press("Enter")
    card = page.locator(".plot-card")
    expect(card).to_contain_text(KAEK)
    assert visitor.axe() == []
    page.keyboard.press("Escape")
    expect(card).to_have_count(0)
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    canvas.focus()
    page.keyboard.press("Enter")
    page.get_by_role("link", name="All that applies").click()
    page.wait_for_url(f"**/plan/parcel/parcels/{KAEK}/")
