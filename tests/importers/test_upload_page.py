"""A file is uploaded: kept with its checksum, bounded, or refused in a sentence with nothing left behind."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from django.contrib.gis.geos import Polygon
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.models import User
from assets.actions import change_asset_type
from importers.models import ImportRun, ImportState
from layers.models import Raster
from municipality.models import Role
from tests.conftest import SignIn
from tests.factories import LayerFactory, MembershipFactory, Town, UserFactory
from tests.importers.files import square, write
from tests.importers.pages import form, sent
from tests.importers.runs import geojson

NEW = "/plan/imports/new/"
JSON = {"accept": "application/json"}


@pytest.fixture
def petra(planner: User, sign_in: SignIn) -> Client:
    return sign_in(planner)


def shapefile(folder: Path) -> list[SimpleUploadedFile]:
    path = write(folder / "ΠΑΡΚΑ.shp", [square(4000, 7500)], {"CODE": ["A"]}, encoding="utf-8")
    return [sent(part.name, part.read_bytes()) for part in sorted(path.parent.glob("ΠΑΡΚΑ.*"))]


def test_a_new_raster_never_takes_the_place_of_another(petra: Client, town: Town) -> None:
    Raster.objects.create(
        slug="ypsometra", title="Υψόμετρα", extent=Polygon.from_bbox(town.home.boundary.extent)
    )
    petra.post(NEW, form(sent("dem.tif", b"II*\0"), into="raster:new", title="Υψόμετρα"))
    assert ImportRun.objects.get().target_slug == "ypsometra-2"


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
    keeper = UserFactory.create()
    MembershipFactory.create(user=keeper, department=town.lighting_north, role=Role.KEEPER)
    change_asset_type(asset_type=town.lamp.type, keeper=town.lighting_north)
    keepers = sign_in(keeper).get(NEW).content.decode()
    assert f'value="assets:{town.lamp.type.slug}"' in keepers
    assert 'value="assets:new"' not in keepers
    assert 'value="layer:' not in keepers
    administrators = sign_in(dora).get(NEW).content.decode()
    assert f'value="assets:{town.lamp.type.slug}"' in administrators
    assert 'value="areas:' in administrators


def test_a_new_target_needs_a_name(petra: Client) -> None:
    answer = petra.post(NEW, form(sent("a.geojson", b"{}"), title=""), headers=JSON)
    assert [error["field"] for error in answer.json()["errors"]] == ["title"]
