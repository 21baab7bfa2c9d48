"""Import departments: the tree in any order of rows, recognised by slug."""

from collections.abc import Iterable
from dataclasses import dataclass

from importers.actions.journal import keep_changes
from importers.actions.runs import carry_out
from importers.department_rows import DepartmentReader, DepartmentRow, sound_tree
from importers.models import ImportRun, Target
from importers.order import Order
from importers.registers import DEPARTMENTS, Flat, flat_states
from importers.report import Report
from importers.table_reading import table_reading
from municipality.models import Area, Department, DepartmentKind

SHOWN_LEFT = 20


@dataclass(frozen=True)
class DepartmentsOrder(Order):
    """A list of departments; positions, where the file has them, are not looked at."""


def import_departments(order: DepartmentsOrder) -> Report:
    """Add new departments and bring known ones (by slug) to what the file says of them; what it has no field for
    stays, and so do departments that it lacks, which are told.

    Raises ImportRefused (or another PortalError) with the database untouched.
    """
    return carry_out(order, Target.DEPARTMENTS, "", {}, lambda report, run: _import(order, report, run))


def _import(order: DepartmentsOrder, report: Report, run: ImportRun) -> None:
    held = {
        row.slug: row for row in Department.objects.select_for_update(of=("self",)).select_related("parent")
    }
    with table_reading(order, report) as read:
        read.require("slug", "name")
        rows = DepartmentReader(read.fields, _areas(), report).rows(read.rows())
    tree = {slug: row.parent.slug if row.parent else "" for slug, row in held.items()}
    rows = sound_tree(rows, tree, report)
    before = flat_states(DEPARTMENTS, [held[row.slug].pk for row in rows if row.slug in held])
    _write(rows, held)
    written = {held[row.slug].pk: row.slug for row in rows}
    after = flat_states(DEPARTMENTS, list(written))
    _count(after, before, report)
    keep_changes(run=run, register=DEPARTMENTS, keys=written, before=before)
    left = sorted(set(tree) - set(written.values()))
    if left:
        report.tell("left_alone", keys=", ".join(left[:SHOWN_LEFT]))


def _write(rows: Iterable[DepartmentRow], held: dict[str, Department]) -> None:
    """Parents come before their children; `held` learns the new ones."""
    for row in rows:
        department = held.get(row.slug) or Department(slug=row.slug, kind=DepartmentKind.DEPARTMENT)
        for name, value in row.values.items():
            setattr(department, name, value)
        if row.parent is not None:
            department.parent = held[row.parent] if row.parent else None
        department.full_clean()
        department.save()
        if row.serves is not None:
            department.serves.set(row.serves)
        held[row.slug] = department


def _count(after: dict[int, Flat], before: dict[int, Flat], report: Report) -> None:
    for pk, flat in after.items():
        verdict = "added" if pk not in before else "unchanged" if flat == before[pk] else "changed"
        report.counts[verdict] += 1


def _areas() -> dict[str, int]:
    return {f"{level}:{code}": pk for pk, level, code in Area.objects.values_list("pk", "level", "code")}
