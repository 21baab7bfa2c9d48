"""The import pages: upload, evidence, decision, report, undo; each through its address."""

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import User
from importers.actions.carrying import carry_out_work
from importers.actions.work import begin
from importers.models import ImportRun, ImportState, SavedMapping
from layers.models import Feature, Layer
from tests.conftest import SignIn
from tests.factories import LayerFactory, Town
from tests.importers.files import point, square, write
from tests.importers.runs import geojson, uploaded

NEW = "/plan/imports/new/"
JSON = {"accept": "application/json"}


@pytest.fixture
def petra(planner: User, sign_in: SignIn) -> Client:
    return sign_in(planner)


def sent(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def form(*files: SimpleUploadedFile, into: str = "layer:new", **more: Any) -> dict[str, Any]:
    return {"files": list(files), "into": into, "title": "Πάρκα και πλατείες", "theme": "land_use", **more}


def shapefile(folder: Path) -> list[SimpleUploadedFile]:
    path = write(folder / "ΠΑΡΚΑ.shp", [square(4000, 7500)], {"CODE": ["A"]}, encoding="utf-8")
    return [sent(part.name, part.read_bytes()) for part in sorted(path.parent.glob("ΠΑΡΚΑ.*"))]


def work(run: ImportRun) -> ImportRun:
    """Do what was asked of the run, as the worker's child does."""
    run.refresh_from_db()
    begun = begin(pk=run.pk, work=run.asked)
    assert begun is not None
    carry_out_work(begun, run.asked)
    return ImportRun.objects.get(pk=run.pk)


def page(client: Client, run: ImportRun) -> str:
    answer = client.get(reverse("importers:run", args=[run.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def at(name: str, run: ImportRun) -> str:
    return reverse(f"importers:{name}", args=[run.pk])


def imported(client: Client, planner: User, content: bytes | None = None) -> ImportRun:
    run = uploaded(planner, content)
    client.post(at("check", run), {"key": "CODE"})
    work(run)
    client.post(at("import", run))
    return work(run)


def test_an_uploaded_file_is_kept_with_its_checksum_and_waits_for_its_check(petra: Client) -> None:
    answer = petra.post(NEW, form(sent("πάρκα.geojson", geojson(["A"]))))
    run = ImportRun.objects.get()
    assert answer.headers["Location"] == f"/plan/imports/{run.pk}/"
    assert (run.state, run.asked, run.file_name) == (ImportState.UPLOADED, "check", "πάρκα.geojson")
    assert (run.target, run.target_slug) == ("layer", "parka-kai-plateies")
    assert Path(run.file.path).read_bytes() == geojson(["A"])
    assert len(run.file_sha256) == 64
    assert run.file_bytes == len(geojson(["A"]))
    assert run.file_kept_until is not None
    assert Path(run.file.path).stat().st_mode & 0o077 == 0, "nobody but the portal reads it"


def test_with_javascript_the_answer_says_where_to_go(petra: Client) -> None:
    answer = petra.post(NEW, form(sent("a.geojson", geojson(["A"]))), headers=JSON)
    assert answer.json() == {"url": f"/plan/imports/{ImportRun.objects.get().pk}/"}


def test_the_parts_of_a_shapefile_become_one_zip_the_same_each_time(petra: Client, tmp_path: Path) -> None:
    parts = shapefile(tmp_path)
    petra.post(NEW, form(*parts))
    petra.post(NEW, form(*reversed([sent(part.name or "", part.open().read()) for part in parts])))
    second, first = ImportRun.objects.all()
    assert first.file_name == "ΠΑΡΚΑ.zip"
    assert first.file_sha256 == second.file_sha256
    with zipfile.ZipFile(first.file.path) as archive:
        assert sorted(archive.namelist()) == sorted(part.name or "" for part in parts)


def test_the_page_says_that_the_same_file_came_before(petra: Client, planner: User) -> None:
    first = uploaded(planner)
    again = uploaded(planner)
    assert at("run", first) in page(petra, again)
    assert at("run", again) not in page(petra, first)


REFUSED = [
    pytest.param([], "nothing", id="no file"),
    pytest.param([("a.geojson", b"")], "empty", id="empty"),
    pytest.param([("letter.docx", b"x")], "kind", id="unknown kind"),
    pytest.param([("a.geojson", b"{}"), ("b.gpkg", b"x")], "several", id="strangers"),
    pytest.param([("a.shp", b"x"), ("b.dbf", b"x")], "several", id="parts of two"),
]


@pytest.mark.parametrize(("files", "why"), REFUSED)
def test_what_cannot_be_taken_is_refused_in_a_sentence_and_nothing_is_kept(
    files: list[tuple[str, bytes]], why: str, petra: Client, settings: Any
) -> None:
    answer = petra.post(NEW, form(*(sent(*file) for file in files)), headers=JSON)
    assert 400 <= answer.status_code < 500
    assert len(answer.json()["errors"][0]["message"]) > 30
    assert not ImportRun.objects.exists()
    assert left_behind(settings) == []


def left_behind(settings: Any) -> list[Path]:
    return [path for path in Path(settings.PRIVATE_FILES_DIR).rglob("*") if path.is_file()]


def test_a_file_beyond_the_limit_is_refused_before_it_is_stored(petra: Client, settings: Any) -> None:
    settings.IMPORT_MAX_BYTES = 1000
    answer = petra.post(NEW, form(sent("a.geojson", b"x" * 1001)), headers=JSON)
    assert answer.status_code == 413
    assert not ImportRun.objects.exists()
    assert left_behind(settings) == []
    huge = petra.post(NEW, form(sent("a.geojson", b"x" * 2_000_000)), headers=JSON)
    assert huge.json()["code"] == "upload_too_large"


def test_a_stranger_is_asked_to_sign_in_and_their_file_is_not_written(
    client: Client, town: Town, settings: Any
) -> None:
    answer = client.post(NEW, form(sent("a.geojson", b"x" * 3_000_000)))
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/login/")
    assert left_behind(settings) == []


def test_a_planner_is_offered_layers_and_a_keeper_the_registers_they_keep(
    petra: Client, town: Town, dora: User, sign_in: SignIn
) -> None:
    LayerFactory.create(slug="zones")
    planners = petra.get(NEW).content.decode()
    assert 'value="layer:zones"' in planners
    assert 'value="layer:new"' in planners
    assert 'value="assets:' not in planners
    administrators = sign_in(dora).get(NEW).content.decode()
    assert f'value="assets:{town.lamp.type.slug}"' in administrators
    assert 'value="areas:' in administrators


def test_a_new_target_needs_a_name(petra: Client) -> None:
    answer = petra.post(NEW, form(sent("a.geojson", b"{}"), title=""), headers=JSON)
    assert [error["field"] for error in answer.json()["errors"]] == ["title"]


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
