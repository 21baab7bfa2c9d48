"""Undo an import, also after later imports and edits: what nobody touched since goes back, the rest is decided."""

from collections.abc import Collection
from typing import Protocol

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import User
from importers.actions.undo_assets import AssetsUndo
from importers.actions.undo_layer import LayerUndo
from importers.actions.undo_raster import RasterUndo
from importers.actions.undo_register import RegisterUndo
from importers.conflicts import RowConflict, RowState, UndoPreview
from importers.models import ImportRun, ImportState, Target
from importers.registers import AREAS, ASSETS, DEPARTMENTS, ISSUES, PLACES, RASTERS
from importers.report import Report
from importers.undo_errors import AlreadyUndone, NothingToUndo
from layers.actions import Cause

__all__ = ["RowConflict", "RowState", "UndoPreview", "conflicts", "undo_preview", "undo_run"]


class Undoing(Protocol):
    """How the runs of one target are undone."""

    def preview(self, run: ImportRun) -> UndoPreview: ...

    def conflicts(self, run: ImportRun, limit: int) -> list[RowConflict]: ...

    def take_back(
        self, run: ImportRun, undo: ImportRun, cause: Cause, back: Collection[str] | None, report: Report
    ) -> None: ...


BY_TARGET: dict[str, Undoing] = {
    Target.LAYER: LayerUndo(),
    Target.ASSETS: AssetsUndo(ASSETS, after=("undo_assets",), deletes=False),
    Target.AREAS: RegisterUndo(AREAS, after=("undo_area_places",)),
    Target.ISSUES: RegisterUndo(ISSUES, after=("undo_issues",), deletes=False),
    Target.ADDRESSES: RegisterUndo(PLACES),
    Target.RASTER: RasterUndo(RASTERS),
    Target.DEPARTMENTS: RegisterUndo(DEPARTMENTS, before=("undo_serves",)),
}


def undo_preview(run: ImportRun) -> UndoPreview:
    """What `undo_run` would do now. Raises AlreadyUndone, NothingToUndo."""
    return _kind(run).preview(run)


def conflicts(run: ImportRun, *, limit: int = 200) -> list[RowConflict]:
    """The first rows of the run that were changed since, by key. Raises AlreadyUndone, NothingToUndo."""
    return _kind(run).conflicts(run, limit)


@transaction.atomic
def undo_run(
    *, run: ImportRun, user: User | None, back: Collection[str] | None = (), dry_run: bool = False
) -> Report:
    """Bring back what the run changed. Rows that were changed since stay as they are, unless their keys are in `back`
    (None: all go back). No mail is sent.

    The undo is a run of its own and can be undone. A dry run says what would happen. Raises AlreadyUndone,
    NothingToUndo.
    """
    held = ImportRun.objects.get(pk=run.pk)
    kind = _kind(held)
    report = Report()
    undo = _begun(held, user)
    kind.take_back(held, undo, Cause(user, _reason(held)), back, report)
    if dry_run:
        transaction.set_rollback(True)
        return report
    run.state, run.asked = ImportState.UNDONE, ""
    run.save(update_fields=["state", "asked"])
    undo.counts, undo.revision = report.counts_json(), report.revision
    undo.findings = [finding.as_json() for finding in report.findings]
    undo.finished_at = timezone.now()
    undo.save()
    report.run = undo
    return report


def _kind(run: ImportRun) -> Undoing:
    undone_by = ImportRun.objects.filter(undoes=run).first()
    if undone_by is not None:
        raise AlreadyUndone(run=run.pk, by=undone_by.pk)
    kind = BY_TARGET.get(run.target)
    if run.state != ImportState.DONE or kind is None:
        raise NothingToUndo(run=run.pk)
    return kind


def _begun(run: ImportRun, user: User | None) -> ImportRun:
    """The run of the undo. A run has one, so a second undo waits here for the first; the run's own row stays free for
    the worker, who writes its progress meanwhile."""
    try:
        with transaction.atomic():
            return _undo_of(run, user)
    except IntegrityError as error:
        raise AlreadyUndone(run=run.pk, by=ImportRun.objects.get(undoes=run).pk) from error


def _undo_of(run: ImportRun, user: User | None) -> ImportRun:
    now = timezone.now()
    return ImportRun.objects.create(
        target=run.target,
        target_slug=run.target_slug,
        file_name=run.file_name,
        file_sha256=run.file_sha256,
        file_bytes=run.file_bytes,
        order={"undoes": run.pk},
        state=ImportState.DONE,
        user=user,
        created_at=now,
        started_at=now,
        undoes=run,
    )


def _reason(run: ImportRun) -> str:
    """Kept with the revision, so in the language of the municipality."""
    with translation.override(settings.LANGUAGE_CODE):
        if run.undoes_id:
            return _("Redone: %(file)s") % {"file": run.file_name}
        return _("Undone: %(file)s") % {"file": run.file_name}
