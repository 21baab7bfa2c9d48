"""A planner brings a Shapefile in and takes it back: upload, check, evidence, import, report, undo."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from importers.actions.asking import ask_check, ask_import
from importers.jobs import ImportJobs
from importers.models import ImportRun
from layers.models import Feature, Layer
from tests.browser.conftest import Visiting
from tests.browser.visit import Visit
from tests.factories import Town
from tests.importers.files import square, write
from tests.importers.pages import work
from tests.importers.runs import geojson, uploaded
from tests.issues.crash import environment

NAMES = ["Πλατεία Ηρώων", "Άλσος Αγίου Γεωργίου", "Πάρκο Ψηλών Αλωνίων"]


@pytest.fixture
def worker(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The worker's import side, in a thread, with real child processes."""
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

    jobs = ImportJobs()
    try:
        while not stop.wait(0.1):
            jobs.look()
    finally:
        jobs.close()
        connection.close()


def own_shapefile(folder: Path) -> list[Path]:
    """Parks in windows-1253, with no `.cpg` that would say so, and one without a shape."""
    shapes = [square(4000 + 300 * index, 7500) for index in range(len(NAMES))]
    codes = [f"Π{number}" for number in range(len(NAMES))]
    path = write(folder / "ΠΑΡΚΑ.shp", shapes, {"CODE": codes, "NAME": NAMES}, encoding="cp1253")
    path.with_suffix(".cpg").unlink(missing_ok=True)
    return sorted(part for part in folder.iterdir() if part.stem == "ΠΑΡΚΑ")


@pytest.mark.parametrize("window", [("el", True), ("en", False)], ids=["phone-greek", "desktop-english"])
def test_a_shapefile_from_the_upload_to_the_undo(
    window: tuple[str, bool], visit: Visiting, town: Town, planner: User, worker: None, tmp_path: Path
) -> None:
    language, phone = window
    petra = visit(planner, phone=phone, language=language)
    upload(petra, own_shapefile(tmp_path))
    look_at_the_evidence(petra)
    choose_the_key(petra)
    bring_in(petra)
    take_back(petra)


def upload(petra: Visit, parts: list[Path]) -> None:
    page = petra.open("/plan/imports/")
    petra.follow("First import")
    assert petra.axe() == []
    page.locator("#id_files").set_input_files(parts)
    expect(page.locator("[data-files] li")).to_have_count(len(parts))
    page.locator("#id_into").select_option("layer:new")
    petra.fill("Name of the new one", "Πάρκα του δήμου")
    assert petra.axe() == []
    petra.press("Upload and check")
    page.wait_for_url("**/plan/imports/*/")


def evidence(petra: Visit) -> Page:
    expect(petra.page.locator("[data-choices]")).to_be_visible()
    return petra.page


def look_at_the_evidence(petra: Visit) -> None:
    """Greek text in the right encoding, the place with its proof, the rows on the map; and nothing changed."""
    page = evidence(petra)
    expect(page.locator("#encoding input:checked")).to_have_value("cp1253")
    expect(page.locator("#encoding")).to_contain_text("Άλσος Αγίου Γεωργίου")
    expect(page.locator("#place > summary")).to_contain_text("EPSG:2100")
    expect(page.locator(".tile--added .tile__number")).to_have_text("3")
    expect(page.locator("#map[data-ready]")).to_be_visible()
    assert not Layer.objects.exists()
    assert petra.axe() == []


def choose_the_key(petra: Visit) -> None:
    page = petra.page
    page.locator("#target").evaluate("part => { part.open = true; }")
    page.locator("#id_key").select_option("CODE")
    petra.sees("You changed a choice below: check again first, to see what it would do now.")
    expect(page.locator("[data-import]")).to_be_disabled()
    petra.press("Check again")
    expect(page.locator("#id_key")).to_have_value("CODE", timeout=60_000)
    assert petra.axe() == []


def bring_in(petra: Visit) -> None:
    petra.page.locator("[data-import]").click()
    expect(petra.page.locator("a[href$='/undo/']")).to_be_visible(timeout=60_000)
    layer = Layer.objects.get()
    assert sorted(feature.properties["NAME"] for feature in Feature.objects.of_layer(layer.pk)) == sorted(
        NAMES
    )
    assert petra.axe() == []


def take_back(petra: Visit) -> None:
    page = petra.page
    page.locator("a[href$='/undo/']").click()
    page.wait_for_url("**/undo/")
    assert petra.axe() == []
    petra.press("Undo the import")
    petra.sees("Imported, and undone later")
    layer = Layer.objects.get()
    assert (
        not Feature.objects.of_layer(layer.pk)
        .filter(recorded__upper_inf=True, valid__upper_inf=True)
        .exists()
    )
    assert petra.axe() == []


@pytest.mark.real_data
def test_the_municipal_units_of_patras(
    visit: Visiting, town: Town, planner: User, worker: None, settings: Any
) -> None:
    folder = Path(settings.SHARED_DATA_DIR) / "patras" / "ENOTHTES_DIAMERISMATA"
    parts = sorted(folder.glob("DHMOTIKES_ENOTHTES.*"))
    if not parts:
        pytest.skip(f"{folder} is not beside this checkout")
    petra = visit(planner)
    petra.open("/plan/imports/")
    upload(petra, parts)
    page = evidence(petra)
    expect(page.locator(".tile--added .tile__number")).to_have_text("5")
    expect(page.locator("#encoding")).to_contain_text("ΔΗΜΟΤΙΚΗ ΕΝΟΤΗΤΑ")
    bring_in_real(petra)


def bring_in_real(petra: Visit) -> None:
    petra.page.locator("[data-import]").click()
    expect(petra.page.locator("a[href$='/undo/']")).to_be_visible(timeout=60_000)
    assert Feature.objects.of_layer(Layer.objects.get().pk).count() == 5


def test_a_dropped_file_is_taken_and_a_wrong_one_is_told(visit: Visiting, town: Town, planner: User) -> None:
    petra = visit(planner, language="en", expected=("status of 400",))
    page = petra.open("/plan/imports/new/")
    drop(page, "letter.docx")
    page.locator("#id_into").select_option("layer:new")
    expect(page.locator("[name=title]")).to_have_value("letter")
    petra.press("Upload and check")
    expect(page.get_by_role("alert")).to_contain_text("letter.docx")
    expect(page.locator("#id_into")).to_have_value("layer:new")
    assert not ImportRun.objects.exists()
    assert petra.axe() == []


def drop(page: Page, name: str) -> None:
    page.evaluate(
        """name => {
            const data = new DataTransfer();
            data.items.add(new File(["x"], name));
            document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
        }""",
        name,
    )


def test_without_javascript_a_file_is_uploaded_and_its_page_says_where_it_stands(
    visit: Visiting, town: Town, planner: User, tmp_path: Path
) -> None:
    petra = visit(planner, language="en", java_script_enabled=False)
    page = petra.open("/plan/imports/new/")
    path = tmp_path / "parks.geojson"
    path.write_bytes(geojson(["A"]))
    page.locator("#id_files").set_input_files(path)
    page.locator("#id_into").select_option("layer:new")
    petra.fill("Name of the new one", "Parks")
    petra.press("Upload and check")
    page.wait_for_url("**/plan/imports/*/")
    petra.sees("Look again")
    assert ImportRun.objects.get().asked == "check"


def test_the_page_fits_a_narrow_window_and_the_conflicts_scroll_on_their_own(
    visit: Visiting, town: Town, planner: User
) -> None:
    run = imported_and_changed_since(planner)
    petra = visit(planner, viewport={"width": 320, "height": 640})
    page = petra.open(f"/plan/imports/{run.pk}/undo/")
    expect(page.locator(".conflict")).to_have_count(1)
    assert petra.axe() == []
    for path in ("", "new/", f"{run.pk}/", f"{run.pk}/undo/"):
        page = petra.open(f"/plan/imports/{path}")
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 320, path


def imported_and_changed_since(planner: User) -> ImportRun:
    """The middle one of three imports of one row, whose name each of them changed."""
    for name in ("Παλιό όνομα", "Νεότερο όνομα", "Όνομα"):
        run = uploaded(planner, geojson(["A"], [name]))
        ask_check(run=run)
        work(run)
        ask_import(run=run, user=planner, set_aside=False, allow_removals=False)
        work(run)
    return ImportRun.objects.all()[1]
