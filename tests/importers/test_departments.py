"""Departments from a table: any order of rows, the tree checked, only what the file says changed, undone."""

from pathlib import Path
from typing import Any

import pytest

from importers.actions.departments import DepartmentsOrder, import_departments
from importers.actions.undo import undo_run
from importers.models import ImportChange
from importers.report import Report
from importers.targets import target_named
from municipality.models import Department
from tests.factories import Town
from tests.importers.expectations import contents, counts, refused
from tests.importers.files import write_csv
from tests.importers.test_commands import run

pytestmark = pytest.mark.django_db

HEADER = "ΚΩΔ;ΟΝΟΜΑ;ΠΑΝΩ;ΕΙΔΟΣ;MAIL;ΠΕΡΙΟΧΕΣ"
DOCUMENT = {
    "slug": {"field": "ΚΩΔ", "case": "lower"},
    "name": "ΟΝΟΜΑ",
    "parent": {"field": "ΠΑΝΩ", "case": "lower"},
    "kind": {
        "field": "ΕΙΔΟΣ",
        "values": {"Δ/νση": "directorate", "Τμήμα": "department"},
        "default": "office",
    },
    "email": "MAIL",
    "serves": "ΠΕΡΙΟΧΕΣ",
}


def bring(tmp_path: Path, *lines: str, **order: Any) -> Report:
    rules = target_named("departments").rules(DOCUMENT, "")
    path = write_csv(tmp_path / "υπηρεσίες.csv", [HEADER, *lines])
    return import_departments(DepartmentsOrder(path, rules=rules, **{"set_aside": True, **order}))


def refusals(report: Report) -> list[tuple[int, str]]:
    return sorted((finding.row, finding.code) for finding in report.findings if finding.refuses)


def test_children_may_come_before_their_parents(town: Town, tmp_path: Path) -> None:
    area = f"unit:{town.north.code}"
    report = bring(
        tmp_path,
        f"PRASINO-A;Πράσινο Α;PRASINO;Τμήμα;green@example.gr;{area}, unit:{town.south.code}",
        "PRASINO;Διεύθυνση Πρασίνου;TECHNICAL;Δ/νση;;",
    )
    assert counts(report) == {"read": 2, "added": 2}
    green = Department.objects.get(slug="prasino-a")
    assert green.parent is not None
    assert (green.parent.slug, green.parent.kind, green.parent.parent) == (
        "prasino",
        "directorate",
        town.technical,
    )
    assert set(green.serves.all()) == {town.north, town.south}
    assert (green.email, green.kind) == ("green@example.gr", "department")
    [left] = [finding.facts["keys"] for finding in report.findings if finding.code == "left_alone"]
    assert "roads" in left


def test_what_the_file_does_not_say_stays(town: Town, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["slug;name", "roads;Οδοποιία Ι"])
    before = Department.objects.get(slug="roads")
    report = import_departments(DepartmentsOrder(path))
    assert counts(report) == {"read": 1, "changed": 1}
    after = Department.objects.get(slug="roads")
    assert after.name == "Οδοποιία Ι"
    assert (after.parent, after.name_en, after.kind) == (before.parent, before.name_en, before.kind)


def test_the_same_file_again_changes_nothing(town: Town, tmp_path: Path) -> None:
    lines = ["A;Άλφα;;Δ/νση;;", "B;Βήτα;A;Τμήμα;b@example.gr;"]
    bring(tmp_path, *lines)
    before = contents()
    assert counts(bring(tmp_path, *lines)) == {"read": 2, "unchanged": 2}
    assert contents() == before


def test_rows_that_do_not_fit_are_set_aside_with_those_below_them(town: Town, tmp_path: Path) -> None:
    report = bring(
        tmp_path,
        "A;Άλφα;B;Δ/νση;;",
        "B;Βήτα;A;Δ/νση;;",
        "C;Γάμα;B;Τμήμα;;",
        "D;Δέλτα;NOWHERE;Τμήμα;;",
        "E;;;Τμήμα;;",
        "ΣΤ;Στίγμα;;Τμήμα;;",
        "F;Ζήτα;;Τμήμα;nobody;",
        "G;Ήτα;;Τμήμα;;unit:Ω",
        "H;Θήτα;;Τμήμα;;",
        "H;Θήτα;;Τμήμα;;",
    )
    assert refusals(report) == [
        (1, "circle"),
        (2, "circle"),
        (3, "circle"),
        (4, "no_department"),
        (5, "no_name"),
        (6, "bad_slug"),
        (7, "bad_contact"),
        (8, "no_area"),
        (10, "repeated_key"),
    ]
    assert report.counts["added"] == 1
    assert report.run is not None
    report.run.refresh_from_db()
    with report.run.refused_rows.open() as file:
        assert "ΠΕΡΙΟΧΕΣ" in file.read().decode("utf-8-sig").splitlines()[0]


def test_a_known_department_cannot_come_below_itself(town: Town, tmp_path: Path) -> None:
    """`roads` is below `technical`, of which the file says the opposite."""
    Department.objects.filter(slug="roads").update(parent=town.technical)
    with refused("rows_refused"):
        bring(tmp_path, "technical;Τεχνικές;roads;Δ/νση;;", "other;Άλλη;;Τμήμα;;", set_aside=False)


def test_an_import_of_departments_is_undone(town: Town, tmp_path: Path) -> None:
    before = contents()
    area = f"unit:{town.south.code}"
    report = bring(tmp_path, "new;Νέα;roads;Τμήμα;;", f"roads;Οδοί;;Δ/νση;roads@example.gr;{area}")
    assert report.run is not None
    assert ImportChange.objects.filter(run=report.run).count() == 2
    assert contents() != before
    undo_run(run=report.run, user=None)
    assert contents() == before


def test_the_command_imports_a_table(town: Town, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["slug;name;parent", "parks;Πάρκα;technical"])
    assert "1 added" in run("import_departments", path)
    assert Department.objects.get(slug="parks").parent == town.technical


def test_a_table_without_names_is_refused(town: Town, tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["slug;title", "parks;Πάρκα"])
    with refused("no_such_field", field="name"):
        import_departments(DepartmentsOrder(path))
