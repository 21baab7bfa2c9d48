"""Rows set aside: a table with the reason of each, in the reader's language, to be mended and imported again."""

import csv
import io
from pathlib import Path

import pytest

from accounts.models import User
from importers.models import ImportRun
from importers.report import Finding
from importers.set_aside import SetAside
from importers.targets import target_named
from tests.factories import Town
from tests.importers.files import square, write, write_csv
from tests.importers.layers import load
from tests.importers.test_commands import run

pytestmark = pytest.mark.django_db


def table(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def kept(run: ImportRun) -> list[list[str]]:
    run.refresh_from_db()
    with run.refused_rows.open() as file:
        return table(file.read())


@pytest.fixture
def parcels(tmp_path: Path) -> Path:
    return write(
        tmp_path / "Αγροτεμάχια.gpkg",
        [square(0, 0), None, square(200, 0)],
        {"kaek": ["01", "02", ""], "name": ["Άλφα", "Βήτα; γωνία", "=1+1"], "m2": [1.5, 2.5, 3.5]},
    )


def test_refused_rows_are_kept_with_all_their_fields(town: Town, parcels: Path) -> None:
    report = load(parcels)
    assert report.run is not None
    header, *rows = kept(report.run)
    assert header[3:] == ["kaek", "name", "m2"]
    assert rows == [
        ["2", "02", "Η γραμμή δεν έχει γεωμετρία.", "02", "Βήτα; γωνία", "2.5"],
        ["3", "", "Το πεδίο-κλειδί είναι κενό.", "", "'=1+1", "3.5"],
    ]


def test_reasons_are_in_the_language_of_the_reader(dora: User, parcels: Path) -> None:
    dora.language = "en"
    report = load(parcels, user=dora)
    assert report.run is not None
    assert [row[2] for row in kept(report.run)] == [
        "reason",
        "The row has no geometry.",
        "The key field is blank.",
    ]


def test_a_file_without_defects_leaves_no_table(town: Town, tmp_path: Path) -> None:
    report = load(write(tmp_path / "a.gpkg", [square(0, 0)], {"kaek": ["1"]}))
    assert report.run is not None
    assert not report.run.refused_rows


def test_a_check_offers_the_table_and_the_next_one_replaces_it(
    dora: User, parcels: Path, django_capture_on_commit_callbacks: object
) -> None:
    run = ImportRun.objects.create(
        target="layer", target_slug="parcels", order={"key": "kaek"}, state="uploaded"
    )
    kind = target_named("layer")
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
            kind.carry_out(kind.order(run, parcels, dry_run=True, user=dora))
    assert len(kept(run)) == 3
    storage = run.refused_rows.storage
    assert len([name for name in storage.listdir("imports")[1] if name.endswith(".csv")]) == 1


def test_the_command_writes_the_table_where_it_is_told(town: Town, tmp_path: Path, parcels: Path) -> None:
    target = tmp_path / "refused.csv"
    options = ("--layer", "parcels", "--key", "kaek", "--set-aside-file", target)
    run("import_layer", parcels, *options, "--dry-run")
    assert [row[0] for row in table(target.read_bytes())[1:]] == ["2", "3"]
    target.unlink()
    with pytest.raises(Exception, match="2 of 3 rows"):
        run("import_layer", parcels, *options)
    assert [row[1] for row in table(target.read_bytes())[1:]] == ["02", ""]


def test_a_mended_table_goes_in(town: Town, tmp_path: Path) -> None:
    lines = ["code;x;y", "ΦΩ-00001;300010;4230010", "ΦΩ-2;300020;4230010"]
    place = ("--lon", "x", "--lat", "y", "--source-crs", "EPSG:2100")
    lamps = ("--type", "streetlight", "--key", "code", *place)
    refused = tmp_path / "refused.csv"
    run(
        "import_assets",
        write_csv(tmp_path / "a.csv", lines),
        *lamps,
        "--set-aside",
        "--set-aside-file",
        refused,
    )
    mended = refused.read_text(encoding="utf-8-sig").replace("ΦΩ-2;3", "ΦΩ-00002;3")
    refused.write_text(mended, encoding="utf-8-sig")
    assert "1 added" in run("import_assets", refused, *lamps)


def test_many_rows_do_not_stay_in_memory() -> None:
    aside = SetAside("en")
    aside.expect(["a"])
    for number in range(1, 60_001):
        aside.write(Finding("no_geometry", number))
    assert aside._file is not None
    assert getattr(aside._file, "_rolled") is True  # noqa: B009 - typed without it
    assert len(table(b"".join(aside.as_file("a.csv").chunks()))) == 60_001


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("+30 2610 123", "+30 2610 123"),
        ("-2+3", "'-2+3"),
        ("@a", "'@a"),
        (-2, "-2"),
        (True, "true"),
        ([1], "[1]"),
    ],
)
def test_a_cell_is_never_a_formula(value: object, cell: str) -> None:
    import numpy as np

    from importers.sources.base import Batch

    aside = SetAside("en")
    aside.expect(["a"])
    aside.see(Batch(5, np.array([None]), [{"a": value}]))
    aside.write(Finding("no_geometry", 5))
    assert table(b"".join(aside.as_file("a.csv").chunks()))[1] == ["5", "", "The row has no geometry.", cell]
