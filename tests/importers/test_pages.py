"""The page of an import: evidence, decision, report, undo; each through its address."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from accounts.models import User
from importers.models import ImportRun, ImportState, SavedMapping
from layers.models import Feature, Layer
from tests.conftest import SignIn
from tests.importers.files import point, square, write
from tests.importers.pages import at, imported, page, work
from tests.importers.runs import geojson, uploaded


@pytest.fixture
def petra(planner: User, sign_in: SignIn) -> Client:
    return sign_in(planner)


def test_the_page_says_that_the_same_file_came_before(petra: Client, planner: User) -> None:
    first = uploaded(planner)
    again = uploaded(planner)
    assert at("run", first) in page(petra, again)
    assert at("run", again) not in page(petra, first)


def test_from_the_check_to_the_import_and_back(petra: Client, planner: User) -> None:
    run = uploaded(planner)
    petra.post(at("check", run), {"key": "CODE"})
    checked = work(run)
    shown = page(petra, checked)
    assert at("import", run) in shown
    assert '<span class="tile__number numbers">3</span>' in shown
    assert not Layer.objects.filter(slug="parks").exists()

    petra.post(at("import", run))
    done = work(run)
    assert done.state == ImportState.DONE
    layer = Layer.objects.get(slug="parks")
    assert layer.key_field == "CODE"
    assert at("undo", run) in page(petra, done)

    preview = petra.get(at("undo", run)).content.decode()
    assert '<span class="tile__number numbers">3</span>' in preview
    petra.post(at("undo", run))
    undone = work(run)
    assert undone.state == ImportState.UNDONE
    assert at("run", undone.undone_by) in page(petra, undone)
    assert at("run", undone) in page(petra, undone.undone_by)


def test_an_undo_is_undone_and_the_first_run_says_what_holds(petra: Client, planner: User) -> None:
    reads_english(petra)
    run = imported(petra, planner)
    seen = [(stage_shown(petra, run), listed(petra, "done", run), listed(petra, "undone", run))]
    chain = run
    for _times in range(3):
        petra.post(at("undo", chain))
        chain = work(chain).undone_by
        seen.append((stage_shown(petra, run), listed(petra, "done", run), listed(petra, "undone", run)))
    assert seen == [
        ("imported", True, False),
        ("undone", False, True),
        ("imported again", True, False),
        ("undone", False, True),
    ]
    assert names_now() == {}


def test_the_undo_of_an_undo_asks_whether_the_import_comes_back(petra: Client, planner: User) -> None:
    reads_english(petra)
    run = imported(petra, planner)
    assert "Undo this import?" in petra.get(at("undo", run)).content.decode()
    petra.post(at("undo", run))
    undo = work(run).undone_by
    assert "Bring the import back?" in petra.get(at("undo", undo)).content.decode()
    petra.post(at("undo", undo))
    redone = work(undo).undone_by
    assert set(names_now()) == {"A", "B", "C"}
    assert "This run brought an import back" in page(petra, redone)
    assert "Imported, undone, and brought back" in page(petra, run)
    assert "Undo this import?" in petra.get(at("undo", redone)).content.decode()
    assert petra.get(at("undo", run)).status_code == 409, "what was undone is brought back by its undo alone"


def reads_english(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


def stage_shown(client: Client, run: ImportRun) -> str:
    word: str = client.get(at("progress", run)).json()["word"]
    return word


def listed(client: Client, state: str, run: ImportRun) -> bool:
    answer = client.get(reverse("importers:runs"), {"state": state}).content.decode()
    return f'href="{at("run", run)}"' in answer


def test_conflicts_show_three_states_and_each_is_decided(petra: Client, planner: User) -> None:
    first = imported(petra, planner, geojson(["A", "B"], ["one", "two"]))
    imported(petra, planner, geojson(["A", "B"], ["uno", "due"]))
    middle = ImportRun.objects.exclude(pk=first.pk).get()
    imported(petra, planner, geojson(["A", "B"], ["eins", "zwei"]))
    shown = petra.get(at("undo", middle)).content.decode()
    for value in ("one", "uno", "eins"):
        assert f"<td>{value}</td>" in shown
    keys = {name: key for name, key in (("row-0", "A"), ("row-1", "B")) if f'name="{name}"' in shown}
    assert len(keys) == 2
    petra.post(at("undo", middle), {"row-0": "back", "key-0": "A", "row-1": "now", "key-1": "B"})
    work(middle)
    assert names_now() == {"A": "one", "B": "zwei"}


def names_now() -> dict[str, str]:
    layer = Layer.objects.get(slug="parks")
    now = Feature.objects.of_layer(layer.pk).filter(recorded__upper_inf=True, valid__upper_inf=True)
    return {feature.key: feature.properties["NAME"] for feature in now}


def test_a_file_without_a_coordinate_system_asks_and_is_checked_again(
    petra: Client, planner: User, tmp_path: Path
) -> None:
    path = write(tmp_path / "p.gpkg", [square(4000, 7500)], {"CODE": ["A"]}, crs=None)
    run = uploaded(planner, path.read_bytes(), file_name="p.gpkg")
    petra.post(at("check", run), {})
    asks = work(run)
    assert asks.state == ImportState.UPLOADED
    shown = page(petra, asks)
    assert 'value="EPSG:2100"' in shown
    assert "--source-crs" not in shown
    petra.post(at("check", run), {"crs": "EPSG:2100"})
    assert work(run).state == ImportState.CHECKED
    petra.post(at("check", run), {"crs": "other", "crs_other": "2100"})
    assert work(run).order["options"]["source_crs"] == "EPSG:2100"


def test_rows_that_cannot_go_in_are_shown_downloaded_and_set_aside_on_request(
    petra: Client, planner: User, tmp_path: Path
) -> None:
    shapes = [square(4000, 7500), None, square(4400, 7500)]
    path = write(tmp_path / "p.gpkg", shapes, {"CODE": ["A", "B", "C"]})
    run = uploaded(planner, path.read_bytes(), file_name="p.gpkg", order={"key": "CODE"})
    petra.post(at("check", run), {"key": "CODE"})
    checked = work(run)
    assert 'name="set_aside"' in page(petra, checked)
    petra.post(at("import", run))
    assert work(run).state == ImportState.REFUSED
    assert not Layer.objects.filter(slug="parks").exists()
    petra.post(at("import", run), {"set_aside": "on"})
    assert work(run).state == ImportState.DONE
    answer = petra.get(at("set-aside", run))
    assert answer.headers["Content-Disposition"].startswith("attachment")
    rows = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert ";B" in rows or "B;" in rows


def test_the_file_is_downloaded_as_it_came_and_never_shown(petra: Client, planner: User) -> None:
    run = uploaded(planner)
    answer = petra.get(at("file", run))
    assert b"".join(answer.streaming_content) == geojson(["A", "B", "C"])  # type: ignore[attr-defined]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Type"] == "application/octet-stream"


def test_a_file_that_is_not_kept_any_more_is_told(petra: Client, planner: User) -> None:
    run = uploaded(planner)
    Path(run.file.path).unlink()
    assert petra.get(at("file", run)).status_code == 404


def test_fields_are_renamed_and_left_out_and_the_table_is_kept_by_name(petra: Client, planner: User) -> None:
    run = uploaded(planner)
    petra.post(at("check", run), {"key": "CODE"})
    work(run)
    table = {"has_table": "1", "s0-keep": "on", "s0-name": "code", "s1-name": "NAME"}
    petra.post(at("check", run), {**table, "key": "code", "save_as": "πάρκα του δήμου"})
    checked = work(run)
    assert checked.mapping == {"code": "CODE", "others": "drop"}
    assert SavedMapping.objects.get().document == checked.mapping
    petra.post(at("import", run))
    work(run)
    feature = Feature.objects.of_layer(Layer.objects.get(slug="parks").pk).first()
    assert feature is not None
    assert set(feature.properties) == {"code"}


def test_a_kept_table_fills_the_next_one(petra: Client, planner: User) -> None:
    kept = SavedMapping.objects.create(name="π", target="layer", document={"code": "CODE", "others": "drop"})
    run = uploaded(planner)
    petra.post(at("check", run), {"key": "CODE"})
    work(run)
    shown = petra.get(at("run", run), {"mapping": kept.pk}).content.decode()
    assert 'name="s0-name" value="code"' in shown
    petra.post(reverse("importers:forget-mapping", args=[kept.pk]), {"run": run.pk})
    assert not SavedMapping.objects.exists()


def test_progress_is_json_and_the_sample_is_geojson(petra: Client, planner: User) -> None:
    run = uploaded(planner)
    petra.post(at("check", run), {"key": "CODE"})
    assert petra.get(at("progress", run)).json()["at_work"] is True
    work(run)
    assert petra.get(at("progress", run)).json()["code"] == "checked"
    sample = petra.get(at("sample", run))
    assert sample.headers["Content-Type"] == "application/geo+json"
    assert len(sample.json()["features"]) == 3


def test_what_was_asked_can_be_stopped(petra: Client, planner: User) -> None:
    run = uploaded(planner)
    petra.post(at("check", run), {"key": "CODE"})
    petra.post(at("stop", run))
    run.refresh_from_db()
    assert run.asked == ""


def test_a_run_at_work_takes_no_other_wish(petra: Client, planner: User) -> None:
    run = uploaded(planner)
    petra.post(at("check", run), {"key": "CODE"})
    assert petra.post(at("check", run), {"key": "NAME"}).status_code == 409


def test_the_list_is_filtered_and_needs_few_queries(
    petra: Client, planner: User, django_assert_max_num_queries: Any
) -> None:
    for number in range(30):
        uploaded(planner, b"{}", file_name=f"αρχείο-{number}.geojson", slug=f"layer-{number % 3}")
    with django_assert_max_num_queries(16):
        shown = petra.get("/plan/imports/").content.decode()
    assert shown.count('class="run-row card"') == 25
    assert petra.get("/plan/imports/", {"page": "2"}).content.decode().count('class="run-row card"') == 5
    found = petra.get("/plan/imports/", {"q": "αρχείο-7."}).content.decode()
    assert found.count('class="run-row card"') == 1
    assert petra.get("/plan/imports/", {"state": "done"}).content.decode().count("run-row card") == 0


def test_a_table_of_points_asks_for_its_columns(petra: Client, planner: User) -> None:
    x, y = point(4000, 7500).x, point(4000, 7500).y
    table = io.StringIO()
    table.write(f"ΚΩΔ;ΑΝΑΤ;ΒΟΡ\nA;{x:.1f};{y:.1f}\n".replace(".", ","))
    run = uploaded(planner, table.getvalue().encode("utf-8-sig"), file_name="π.csv", order={"title": "Π"})
    petra.post(at("check", run), {})
    asks = work(run)
    assert asks.state == ImportState.UPLOADED
    assert 'name="lon"' in page(petra, asks)
    chosen = {"lon": "ΑΝΑΤ", "lat": "ΒΟΡ", "crs": "EPSG:2100", "key": "ΚΩΔ"}
    petra.post(at("check", run), chosen)
    assert work(run).state == ImportState.CHECKED
