"""The work that was asked for, done: in a child process of the worker, or wherever a test calls it."""

from collections.abc import Callable
from pathlib import Path

from accounts.models import User
from core.errors import PortalError
from importers.actions.undo import undo_run
from importers.actions.work import keep_check, keep_refused_check, keep_refused_import, keep_refused_undo
from importers.models import ImportRun, Work
from importers.run_errors import FileGone
from importers.targets import target_named


def carry_out_work(run: ImportRun, work: str) -> None:
    """Do it and leave the run saying how it went; a refusal is kept there, not raised."""
    WORKS[Work(work)](run)


def check(run: ImportRun) -> None:
    kind = target_named(run.target)
    try:
        report = kind.carry_out(kind.order(run, file_of(run), dry_run=True, user=run.user))
    except PortalError as refusal:
        keep_refused_check(run=run, report=getattr(refusal, "report", None), refusal=refusal)
    else:
        keep_check(run=run, report=report)


def import_file(run: ImportRun) -> None:
    kind = target_named(run.target)
    try:
        kind.carry_out(kind.order(run, file_of(run), dry_run=False, user=run.user))
    except PortalError as refusal:
        keep_refused_import(pk=run.pk, refusal=refusal)


def undo(run: ImportRun) -> None:
    asked = run.order.pop("undo", {})
    user = User.objects.filter(pk=asked.get("user")).first()
    try:
        undo_run(run=run, user=user, back=asked.get("back", ()))
    except PortalError as refusal:
        keep_refused_undo(run=run, refusal=refusal)


def file_of(run: ImportRun) -> Path:
    """Where the file is kept; raises FileGone."""
    if not run.file or not Path(run.file.path).is_file():
        raise FileGone()
    return Path(run.file.path)


WORKS: dict[Work, Callable[[ImportRun], None]] = {
    Work.CHECK: check,
    Work.IMPORT: import_file,
    Work.UNDO: undo,
}
