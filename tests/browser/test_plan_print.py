"""Print in the browser: the sheet is tried out, and the file that was taken home opens with the network cut."""

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from core.geo import to_lonlat
from layers.models import Layer
from tests.browser.conftest import Visiting
from tests.factories import FeatureFactory, LayerFactory, at, box
from tests.permissions.world import World

SCHEMA = {"properties": {"name": {"type": "string", "title": "Όνομα", "title_en": "Name"}}}
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def planned(world: World) -> Layer:
    """A blue square in the middle of the town."""
    style = [{"type": "fill", "paint": {"fill-color": "#0054ba"}}]
    legend = [{"label": "Τετράγωνο", "label_en": "Square", "color": "#0054ba", "shape": "polygon"}]
    layer: Layer = LayerFactory.create(
        slug="planned", title="Σχέδιο", title_en="Plan", style=style, legend=legend, field_schema=SCHEMA
    )
    FeatureFactory.create(
        layer=layer, geom=box(5000, 5000, 5100, 5100), properties={"name": "Πλατεία <b>Α</b>"}
    )
    return layer


def words() -> str:
    lon, lat = to_lonlat(at(5050, 5050)).coords
    return f"layers=planned&map=17/{lat:.6f}/{lon:.6f}&title={quote('Το σχέδιο')}"


@pytest.mark.parametrize("phone", [False, True])
@pytest.mark.parametrize("language", ["el", "en"])
def test_the_sheet_is_shown_and_changes_with_its_choices(
    planned: Layer, visit: Visiting, phone: bool, language: str
) -> None:
    visitor = visit(phone=phone, language=language)
    page = visitor.open(f"/plan/print/?{words()}")
    _drawn(page)
    assert visitor.axe() == []
    page.locator("#print-paper").select_option("A3")
    page.wait_for_url(re.compile("paper=A3"))
    _drawn(page)
    with page.expect_navigation():
        page.locator(".print__ways a").first.click()
    _drawn(page)
    width = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert width <= 0


def test_a_sheet_that_cannot_be_drawn_says_why(planned: Layer, visit: Visiting) -> None:
    visitor = visit(language="en", expected=("400",))
    page = visitor.open(f"/plan/print/?{words()}&filter.planned={quote('nothing = 1')}")
    expect(page.locator("[data-preview-refusal]")).to_contain_text("nothing")


def _drawn(page: Page) -> None:
    image = page.locator("[data-preview]")
    expect(image).to_be_visible()
    page.wait_for_function("document.querySelector('[data-preview]').naturalWidth > 500")


def test_the_file_opens_with_the_network_cut(
    planned: Layer, visit: Visiting, browser: Browser, tmp_path: Path
) -> None:
    page = visit(language="en").open(f"/plan/print/?{words()}")
    with page.expect_download() as taken:
        page.locator("a[href*='map.html']").click()
    file = tmp_path / "map.html"
    taken.value.save_as(file)
    _look_at(browser, file)


def _look_at(browser: Browser, file: Path) -> None:
    context = browser.new_context(viewport={"width": 1200, "height": 800}, offline=True)
    complaints: list[str] = []
    try:
        page = context.new_page()
        page.on("console", lambda message: complaints.extend([message.text] * (message.type == "error")))
        page.on("pageerror", lambda error: complaints.append(str(error)))

        def only_the_file(route: Route) -> None:
            if route.request.url.startswith(("file:", "data:", "blob:")):
                route.continue_()
            else:
                complaints.append(route.request.url)
                route.abort()

        page.route("**/*", only_the_file)
        page.goto(file.as_uri())
        _shows_everything(page)
        assert complaints == []
    finally:
        context.close()


def _shows_everything(page: Page) -> None:
    """Map, layers, legend, popup, and the control that takes a layer away."""
    outside = "[...document.querySelectorAll('[src],[href]')].map(e => e.src || e.href).filter(a => /^https?:/.test(a))"
    assert page.evaluate(outside) == []
    expect(page.get_by_text("Square")).to_be_visible()
    _wait_for_blue(page, "> 1000")
    page.mouse.click(600, 400)
    popup = page.locator(".leaflet-popup-content")
    expect(popup).to_contain_text("Πλατεία <b>Α</b>")
    expect(popup).to_contain_text("Name")
    page.keyboard.press("Escape")
    page.locator(".leaflet-control-layers").get_by_text("Plan").click()
    _wait_for_blue(page, "=== 0")
    page.locator(".leaflet-control-layers").get_by_text("Plan").click()
    page.locator(".leaflet-control-zoom-out").click()
    _wait_for_blue(page, "> 100")


BLUE = """[...document.querySelectorAll("canvas")].reduce((sum, canvas) => {
    if (!canvas.width || !canvas.height) return sum;
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let own = 0;
    for (let at = 0; at < data.length; at += 4)
        if (data[at] === 0 && data[at + 1] === 84 && data[at + 2] === 186 && data[at + 3] === 255) own += 1;
    return sum + own;
}, 0)"""


def _wait_for_blue(page: Page, condition: str) -> None:
    """Until so many pixels of the canvases are of the layer's blue; Leaflet draws at the next frame."""
    page.wait_for_function(f"() => {BLUE} {condition}")


def test_print_stands_among_the_deeds_of_the_map(planned: Layer, visit: Visiting) -> None:
    page = visit(language="en").open(f"/plan/map/#{words()}")
    page.locator("[data-tool='print']").click()
    page.wait_for_url(re.compile("/plan/print/"))
    assert "layers=planned" in page.url
    _drawn(page)
