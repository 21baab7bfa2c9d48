"""A person asks for a check, an import or an undo of a run, or for its end; the worker does it (importers/jobs.py)."""

from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from importers.models import ImportRun, ImportState, Work
from importers.run_errors import CannotNow, StillAtWork

CHECKABLE = (ImportState.UPLOADED, ImportState.CHECKED, ImportState.REFUSED, ImportState.STOPPED)
#: How long nobody has begun with a run before a person is told that the worker may be away.
PATIENCE = timedelta(seconds=30)


@transaction.atomic
def ask_check(
    *,
    run: ImportRun,
    order: dict[str, Any] | None = None,
    mapping: dict[str, Any] | None = None,
    target: tuple[str, str] | None = None,
) -> ImportRun:
    """Have the file looked at with these choices; what an earlier check found is forgotten. `target` is its name
    and slug. Raises StillAtWork, CannotNow."""
    row = _free(run)
    if row.state not in CHECKABLE or not row.file:
        raise CannotNow()
    row.order = row.order if order is None else order
    row.mapping = row.mapping if mapping is None else mapping
    row.target, row.target_slug = target or (row.target, row.target_slug)
    row.state, row.evidence, row.counts, row.findings = ImportState.UPLOADED, {}, {}, []
    return _asked(row, Work.CHECK)


@transaction.atomic
def ask_import(*, run: ImportRun, user: User, set_aside: bool, allow_removals: bool) -> ImportRun:
    """Have the file imported as it was checked, by this person. Raises StillAtWork, CannotNow."""
    row = _free(run)
    if not may_import(row):
        raise CannotNow()
    row.order = {**row.order, "set_aside": set_aside, "allow_removals": allow_removals}
    row.user = user
    return _asked(row, Work.IMPORT)


@transaction.atomic
def ask_undo(*, run: ImportRun, user: User, back: list[str] | None) -> ImportRun:
    """Have an import taken back; `back` are the keys of conflicts that go back too, None means all of them."""
    row = _free(run)
    if not may_undo(row):
        raise CannotNow()
    row.order = {**row.order, "undo": {"user": user.pk, "back": back}}
    return _asked(row, Work.UNDO)


@transaction.atomic
def ask_stop(*, run: ImportRun) -> ImportRun:
    """End what was asked for: at once if nobody has begun, else the worker ends it within seconds."""
    row = ImportRun.objects.select_for_update().get(pk=run.pk)
    if row.asked and row.started_at is None:
        row.asked = ""
        row.save(update_fields=["asked"])
    elif row.asked:
        row.order = {**row.order, "stop": True}
        row.save(update_fields=["order"])
    return row


def may_import(run: ImportRun) -> bool:
    """Was it checked as it stands, and is the file still there?"""
    tried = run.state in (ImportState.REFUSED, ImportState.STOPPED) and bool(run.evidence)
    return bool(run.file) and (run.state == ImportState.CHECKED or tried)


def may_undo(run: ImportRun) -> bool:
    """Only what was carried out, and only once; an undo was carried out too, and undone it brings the import back."""
    return run.state == ImportState.DONE


def _free(run: ImportRun) -> ImportRun:
    row = ImportRun.objects.select_for_update().get(pk=run.pk)
    if row.asked:
        raise StillAtWork()
    return row


def _asked(row: ImportRun, work: Work) -> ImportRun:
    row.asked, row.progress = work, 0
    row.created_at = row.created_at or timezone.now()
    row.started_at = row.finished_at = None
    row.order.pop("stop", None)
    row.save()
    return row
