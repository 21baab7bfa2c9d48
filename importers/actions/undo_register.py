"""Take back what an import did to the rows of a register, set by set, from its journal."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.geos import GEOSGeometry
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.statements import quoted, statement
from importers.actions.references import references_to
from importers.conflicts import SHOWN_KEYS, RowConflict, RowState, UndoPreview
from importers.models import ImportRun
from importers.registers import Flat, Register
from importers.report import Report
from importers.undo_errors import NothingToUndo, UndoBlocked
from layers.actions import Cause

GEOMETRIES = ("location", "boundary")
Values = dict[str, Any]


@dataclass(frozen=True)
class RegisterUndo:
    """How one register goes back. Rows that the run had added are deleted unless something names them; the statements
    in `before` run before rows are restored and deleted, those in `after` once they are."""

    register: Register
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    deletes: bool = True

    def preview(self, run: ImportRun) -> UndoPreview:
        with self._judged(run, ()) as cursor:
            cursor.execute("SELECT verdict, count(*) FROM undo_rows GROUP BY verdict")
            found = dict(cursor.fetchall())
        return UndoPreview(found.get("back", 0), found.get("conflict", 0))

    def conflicts(self, run: ImportRun, limit: int) -> list[RowConflict]:
        with self._judged(run, ()) as cursor:
            cursor.execute(statement("importers", "undo_conflicts"), {"limit": limit})
            rows = cursor.fetchall()
        return [
            RowConflict(key, _state(before), _state(after), _state(now), reason)
            for key, reason, before, after, now in rows
        ]

    def take_back(
        self, run: ImportRun, undo: ImportRun, cause: Cause, back: Collection[str] | None, report: Report
    ) -> None:
        values: Values = {
            "undo": undo.pk,
            "at": timezone.now(),
            "actor": cause.actor.pk if cause.actor else None,
            "reason": cause.reason,
        }
        with connection.cursor() as cursor:
            cursor.execute(self._sql("undo_lock"), {"run": run.pk})
        with self._judged(run, back) as cursor:
            _count(cursor, report)
            try:
                with transaction.atomic():
                    self._write(cursor, values)
            except IntegrityError as error:
                raise UndoBlocked(detail=str(error).split("\n")[0]) from error
            cursor.execute(self._sql("undo_journal"), values)
        self.finish(run)

    def finish(self, run: ImportRun) -> None:
        """What else follows from rows that went back."""

    def _write(self, cursor: Any, values: Values) -> None:
        for name in self.before:
            cursor.execute(statement("importers", name), values)
        if self.register.one_only:
            cursor.execute(self._sql("undo_clear_flag"))
        cursor.execute(self._sql("undo_restore"))
        if self.deletes:
            cursor.execute(self._sql("undo_delete"))
        for name in self.after:
            cursor.execute(statement("importers", name), values)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")

    @contextmanager
    def _judged(self, run: ImportRun, back: Collection[str] | None) -> Iterator[Any]:
        """A cursor with the temporary table `undo_rows`, dropped at the end."""
        values: Values = {"run": run.pk, "all_back": back is None, "back": list(back or ())}
        with transaction.atomic(), connection.cursor() as cursor:
            if not run.changes.exists():
                raise NothingToUndo(run=run.pk)
            cursor.execute(self._sql("undo_begin"), values)
            if self.deletes:
                self._keep_used(cursor)
            yield cursor
            cursor.execute("DROP TABLE undo_rows")

    def _keep_used(self, cursor: Any) -> None:
        """A row that stays may be why another one stays, so it is asked until nothing moves."""
        moved = True
        while moved:
            moved = False
            for used in references_to(self.register.model):
                names = {"table": quoted(used.table), "column": quoted(used.column), "key": quoted(used.key)}
                values: Values = {"reason": used.words, "is_self": used.is_self}
                cursor.execute(statement("importers", "undo_keep_used").format(**names), values)
                moved = moved or cursor.rowcount > 0

    def _sql(self, name: str) -> str:
        register = self.register
        return statement("importers", name).format(
            table=register.table,
            flat=register.flat(),
            columns=register.columns(),
            values=register.values("undo.before"),
            flag=quoted(register.one_only),
        )


def _count(cursor: Any, report: Report) -> None:
    cursor.execute(statement("importers", "undo_counts"))
    changes = dict(cursor.fetchall())
    conflicts = changes.pop("conflict", 0)
    report.counts.update(changes)
    if conflicts:
        cursor.execute(statement("importers", "undo_conflicts"), {"limit": SHOWN_KEYS})
        keys = ", ".join(row[0] for row in cursor.fetchall())
        report.tell("undo_left", count=conflicts, keys=keys)


def _state(flat: Flat | None) -> RowState | None:
    if flat is None:
        return None
    geometry = next((name for name in GEOMETRIES if flat.get(name)), "")
    properties = {name: value for name, value in flat.items() if name != geometry}
    return RowState(properties, GEOSGeometry(flat[geometry]) if geometry else None)
