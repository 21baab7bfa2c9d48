"""A planner measures one layer in another, has it done in the background, and reads what a draft plan changes."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from accounts.models import User
from layers.models import Layer
from planning.actions.versions import make_version
from planning.jobs.children import PlanJobs
from planning.models import PlanVersion
from planning.overlay import cost
from tests.browser.conftest import Visiting
from tests.browser.visit import Visit
from tests.factories import FeatureFactory, LayerFactory, Town
from tests.factories.places import box
from tests.issues.crash import environment

WINDOWS = pytest.mark.parametrize(
    "window", [("el", True), ("en", False)], ids=["phone-greek", "desktop-english"]
)
FIELDS = {
    "use": {"type": "string", "title": "Χρήση", "title_en": "Use", "x-role": "land_use"},
    "far": {"type": "number", "title": "ΣΔ", "title_en": "Ratio", "x-role": "floor_area_ratio"},
}


@pytest.fixture
def layers(town: Town, planner: User) -> PlanVersion:
    """A plan of two zones, and a draft that changes one of them; three plots."""
    zones = {
        "Ζ1": ({"use": "Κατοικία", "far": 0.8}, box(4000, 4000, 5000, 5500)),
        "Ζ2": ({"use": "Κέντρο", "far": 1.6}, box(5000, 4000, 6000, 5500)),
    }
    draft = {"Ζ2": ({"use": "Κατοικία", "far": 1.2}, box(5000, 4000, 6000, 5500))}
    plots: dict[str, Any] = {f"Ο{n}": ({}, box(4900 + 60 * n, 4500, 4950 + 60 * n, 4550)) for n in range(3)}
    made = {slug: _layer(slug, title, english, part, rows) for slug, title, english, part, rows in (
        ("zones", "Ζώνες", "Zones", "none", zones),
        ("draft", "Σχέδιο", "Draft", "none", draft),
        ("plots", "Οικόπεδα", "Plots", "plot", plots),
    )}  # fmt: skip
    return make_version(title="ΓΠΣ 2026", current=made["zones"], draft=made["draft"], author=planner)


def _layer(slug: str, title: str, english: str, part: str, rows: dict[str, Any]) -> Layer:
    schema = {"type": "object", "properties": FIELDS, "x-part": part}
    layer = LayerFactory.create(slug=slug, title=title, title_en=english, field_schema=schema)
    for key, (properties, geom) in rows.items():
        FeatureFactory.create(layer=layer, key=key, properties=properties, geom=geom)
    return layer


@pytest.fixture
def worker(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The worker's side of plan jobs, in a thread, with real child processes."""
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    stop = threading.Event()
    watch = threading.Thread(target=_watch, args=(stop,))
    watch.start()
    yield
    stop.set()
    watch.join()


def _watch(stop: threading.Event) -> None:
    from django.db import connection

    jobs = PlanJobs()
    try:
        while not stop.wait(0.1):
            jobs.look()
    finally:
        jobs.close()
        connection.close()


@WINDOWS
def test_zones_by_area_from_the_choice_to_the_layer(
    window: tuple[str, bool], visit: Visiting, layers: PlanVersion, planner: User
) -> None:
    language, phone = window
    petra = visit(planner, phone=phone, language=language)
    page = petra.open("/plan/overlay/")
    assert petra.axe() == []
    page.locator("#id_what").select_option("zones")
    page.locator("#id_by").select_option("areas-unit")
    page.locator("#id_what_field").select_option("use")
    petra.press("Reckon")
    expect(page.locator(".overlay-bars li")).to_have_count(2)
    expect(page.locator("tbody tr")).to_have_count(2)
    expect(page.locator("tbody tr", has_text="Βορράς")).to_have_count(1)
    assert petra.axe() == []
    no_wider_than_the_window(petra)
    petra.press("Keep as a layer")
    page.wait_for_url("**/layers/**")


@WINDOWS
def test_long_work_is_followed_to_its_result(
    window: tuple[str, bool],
    visit: Visiting,
    layers: PlanVersion,
    planner: User,
    worker: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cost, "ROWS_AT_ONCE", 0)
    language, phone = window
    petra = visit(planner, phone=phone, language=language)
    page = petra.open("/plan/overlay/?what=zones&by=areas-unit&by_field=name&what_field=use&go=1")
    assert petra.axe() == []
    petra.press("Do it in the background")
    petra.follow("Open the result")
    expect(page.locator("tbody tr")).to_have_count(2)
    assert petra.axe() == []
    page.goto(f"{petra.address}/plan/jobs/")
    expect(page.locator(".job-row")).to_have_count(1)
    assert petra.axe() == []
    no_wider_than_the_window(petra)


@WINDOWS
def test_what_a_draft_changes(
    window: tuple[str, bool], visit: Visiting, layers: PlanVersion, planner: User
) -> None:
    language, phone = window
    petra = visit(planner, phone=phone, language=language)
    page = petra.open("/plan/versions/")
    assert petra.axe() == []
    page.get_by_role("link", name="ΓΠΣ 2026").click()
    expect(page.locator("#map canvas")).to_be_visible()
    expect(page.locator("tbody tr", has_text="Ζ2")).to_have_count(1)
    expect(page.locator("tbody tr", has_text="Ο2")).to_have_count(1)
    assert petra.axe() == []
    no_wider_than_the_window(petra)
    page.locator(".version-decide summary").click()
    assert petra.axe() == []
    page.locator("#id_reason").fill("ΦΕΚ 1/Δ/2026")
    petra.press("Adopt")
    page.wait_for_url("**/layers/zones/**")


@WINDOWS
def test_the_other_pages_are_accessible(
    window: tuple[str, bool], visit: Visiting, layers: PlanVersion, planner: User
) -> None:
    language, phone = window
    petra = visit(planner, phone=phone, language=language)
    for path in ("/plan/zonal/", "/plan/versions/new/", "/plan/jobs/"):
        petra.open(path)
        assert petra.axe() == []
        no_wider_than_the_window(petra)


def no_wider_than_the_window(person: Visit) -> None:
    assert person.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
