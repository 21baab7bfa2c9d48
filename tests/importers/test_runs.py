"""The row of an import: what a check leaves, what a refusal leaves, what the command line leaves."""

from pathlib import Path

import pytest

from accounts.models import User
from core.errors import PortalError
from importers.models import ImportRun, ImportState
from importers.targets import target_named
from layers.models import Layer
from tests.factories import Town
from tests.importers.expectations import contents
from tests.importers.files import square, write
from tests.importers.layers import load

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(dora: User) -> ImportRun:
    return ImportRun.objects.create(
        target="layer",
        target_slug="parcels",
        file_name="Οικόπεδα του 2024.gpkg",
        order={"key": "kaek", "set_aside": False},
        state=ImportState.UPLOADED,
        asked="check",
        user=dora,
    )


def carry_out(run: ImportRun, path: Path, *, dry_run: bool) -> None:
    kind = target_named(run.target)
    kind.carry_out(kind.order(run, path, dry_run=dry_run, user=run.user))


def test_a_check_is_kept_in_its_run(run: ImportRun, tmp_path: Path) -> None:
    path = write(tmp_path / "kept-elsewhere.gpkg", [square(0, 0), None], {"kaek": ["1", "2"]})
    before = contents()
    carry_out(run, path, dry_run=True)
    assert contents() == before
    run = ImportRun.objects.get()
    assert (run.state, run.asked, run.file_name) == ("checked", "", "Οικόπεδα του 2024.gpkg")
    assert (run.counts["added"], run.counts["refused"]) == (1, 1)
    assert [finding["code"] for finding in run.findings if finding["row"]] == ["no_geometry"]
    assert run.evidence["rows"] == 2
    assert "EPSG:2100" in run.source_crs
    assert (run.revision, run.changes.count()) == (None, 0)


def test_a_refused_check_keeps_the_sentence(run: ImportRun, tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", [square(0, 0)], {"other": ["1"]})
    with pytest.raises(PortalError) as caught:
        carry_out(run, path, dry_run=True)
    assert caught.value.report.counts["read"] == 0  # type: ignore[attr-defined]
    run = ImportRun.objects.get()
    assert (run.state, run.asked) == ("refused", "")
    assert run.findings[-1]["code"] == "no_such_field"
    assert "kaek" in run.findings[-1]["message"]


def test_a_run_that_was_checked_is_then_imported(run: ImportRun, tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", [square(0, 0)], {"kaek": ["1"]})
    carry_out(run, path, dry_run=True)
    carry_out(run, path, dry_run=False)
    run = ImportRun.objects.get()
    assert (run.state, run.counts["added"], run.evidence["rows"]) == ("done", 1, 1)
    assert run.revision is not None
    assert run.revision.reason == "Οικόπεδα του 2024.gpkg"
    assert Layer.objects.get().source == "Οικόπεδα του 2024.gpkg"


def test_a_refused_import_leaves_its_run_and_nothing_else(run: ImportRun, tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", [square(0, 0), None], {"kaek": ["1", "2"]})
    before = contents()
    with pytest.raises(PortalError):
        carry_out(run, path, dry_run=False)
    assert contents() == before
    run = ImportRun.objects.get()
    assert (run.state, run.counts["refused"]) == ("refused", 1)
    assert run.refused_rows


def test_a_dry_run_of_the_command_line_leaves_nothing(town: Town, tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", [square(0, 0)], {"kaek": ["1"]})
    report = load(path, dry_run=True)
    assert (report.run, ImportRun.objects.count()) == (None, 0)
    assert report.evidence["rows"] == 1
