"""The commands as a person meets them: words, exit codes, a bar on a terminal, never a traceback."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils import translation

from importers.models import ImportRun
from importers.progress import told
from importers.sources import ReadOptions, open_source
from layers.models import Layer
from municipality.models import Area
from tests.factories import Town
from tests.importers.files import bowtie, square, write, write_csv, write_geojson


def run(*arguments: object) -> str:
    out = io.StringIO()
    with translation.override("en"):
        call_command(*map(str, arguments), stdout=out)
    return out.getvalue()


@pytest.mark.django_db
def test_import_layer_tells_what_it_did(town: Town, tmp_path: Path) -> None:
    path = write(tmp_path / "zones.gpkg", [bowtie(0, 0), None], {"id": ["A", "B"]})
    said = run("import_layer", path, "--layer", "zones", "--key", "id", "--title", "Ζώνες", "--set-aside")
    assert "GGRS87 / Greek Grid (EPSG:2100)" in said
    assert "In the extent of the municipality: 100.0 %" in said
    assert (
        "Row 1 (A): Repaired: the outline crosses itself."
        " Area before 5000.0 m², after 5000.0 m². Other programs may say 0.0"
    ) in said
    assert "Row 2 (B): The row has no geometry." in said
    assert "2 rows read: 1 added, 0 changed, 0 removed, 0 unchanged, 1 repaired, 1 refused." in said
    assert Layer.objects.get(slug="zones").title == "Ζώνες"


@pytest.mark.django_db
def test_a_dry_run_says_so(town: Town, tmp_path: Path) -> None:
    path = write(tmp_path / "zones.gpkg", [square(0, 0)], {"id": ["A"]})
    assert "nothing was changed" in run("import_layer", path, "--layer", "zones", "--dry-run")
    assert not Layer.objects.exists()


@pytest.mark.django_db
def test_a_guessed_encoding_is_shown_with_a_sample(town: Town, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["id;name;lon;lat", "1;Άγιος Ανδρέας;21,73;38,24"], "cp1253")
    said = run("import_layer", path, "--layer", "a", "--key", "id")
    assert "cp1253 was recognised" in said
    assert "Άγιος Ανδρέας" in said


@pytest.mark.django_db
def test_many_findings_are_counted_not_listed(town: Town, tmp_path: Path) -> None:
    lines = ["id,lon,lat", "0,21.73,38.24", *(f"{number},," for number in range(1, 301))]
    said = run(
        "import_layer", write_csv(tmp_path / "a.csv", lines), "--layer", "a", "--key", "id", "--set-aside"
    )
    assert "… and 290 more like this" in said
    assert said.count("blank or not numbers") == 10
    assert len(ImportRun.objects.get().findings) == 200


@pytest.mark.django_db
def test_import_areas_and_assets_and_issues_and_seed(town: Town, tmp_path: Path) -> None:
    areas = write_geojson(tmp_path / "a.geojson", [square(0, 0)], [{"code": "1", "name": "Α", "latin": "A"}])
    options = ("--level", "zone", "--code", "code", "--name", "name", "--name-en", "latin")
    assert "1 added" in run("import_areas", areas, *options)
    assert Area.objects.get(level="zone").name_en == "A"
    lamps = write_csv(tmp_path / "l.csv", ["code,x,y", "ΦΩ-00001,300010,4230010"])
    place = ("--lon", "x", "--lat", "y", "--source-crs", "EPSG:2100")
    assert "1 added" in run("import_assets", lamps, "--type", "streetlight", "--key", "code", *place)
    mapping = tmp_path / "m.yaml"
    mapping.write_text(f"category: {{constant: {town.pothole.slug}}}\nreported: day\nlon: x\nlat: y\n")
    cases = write_csv(tmp_path / "c.csv", ["day,x,y", "2024-05-01,300010,4230010"])
    assert "1 added" in run("import_issues", cases, "--mapping", mapping, "--source-crs", "EPSG:2100")
    organisation = tmp_path / "o.yaml"
    organisation.write_text("departments: [{slug: parks, name: Πράσινο}]")
    assert "1 added" in run("seed_organisation", organisation)


@pytest.mark.django_db
def test_a_refusal_is_one_sentence_that_says_what_to_do(town: Town, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["id,p,q", "1,2,3"])
    for command in (
        ("import_layer", path, "--layer", "a"),
        ("import_areas", path, "--level", "zone", "--code", "id", "--name", "id"),
        ("import_assets", path, "--type", "streetlight", "--key", "id"),
    ):
        with pytest.raises(CommandError, match="Name the columns with --lon and --lat") as caught:
            run(*command)
        assert caught.value.returncode == 1


@pytest.mark.django_db
def test_ctrl_c_leaves_the_database_as_it_was(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("importers.rows._wkb", interrupted)
    path = write(tmp_path / "zones.gpkg", [square(0, 0)], {"id": ["A"]})
    with pytest.raises(CommandError, match="as before") as caught:
        run("import_layer", path, "--layer", "zones")
    assert caught.value.returncode == 130
    assert not Layer.objects.exists()


def test_a_terminal_sees_a_bar_and_a_file_does_not(tmp_path: Path) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    path = write_csv(tmp_path / "a.csv", ["id,lon,lat", "1,21,38"])
    terminal, quiet = Terminal(), io.StringIO()
    for out in (terminal, quiet):
        with open_source(path, ReadOptions()) as source:
            assert sum(len(batch) for batch in told(source, out)) == 1
    assert "█" * 30 in terminal.getvalue()
    assert "100 %" in terminal.getvalue()
    assert quiet.getvalue() == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["import_layer", "none.gpkg", "--layer", "a", "--dry-run"], 1), (["import_layer", "none.gpkg"], 2)],
)
@pytest.mark.django_db
def test_exit_codes(arguments: list[str], code: int) -> None:
    name = settings.DATABASES["default"]["NAME"]
    address = settings.DATABASES["default"]
    url = f"postgis://{address['USER']}:{address['PASSWORD']}@{address['HOST']}:{address['PORT']}/{name}"
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_that_does_not_answer_is_a_sentence() -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "import_layer", "none.gpkg", "--layer", "a"],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": "postgis://nobody:x@127.0.0.1:9/nothing"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "DATABASE_URL" in done.stderr
    assert "Traceback" not in done.stderr
