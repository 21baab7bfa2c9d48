"""What the worker and its child processes write about a run: begun, how far, how it ended."""

import logging
from collections.abc import Collection
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils import timezone

from core.children import INTERRUPTED, STOPPED
from core.errors import PortalError
from core.session_lock import held
from importers.models import ImportRun, ImportState, Work
from importers.quotes import without_quotes
from importers.report import Report
from importers.storable import storable

logger = logging.getLogger("worker")
#: Held by the child process for as long as it works on a run; nobody else's number.
LOCK_SPACE = 312


@transaction.atomic
def begin(*, pk: int, work: str) -> ImportRun | None:
    """The run, marked as begun; None when that is not asked for (any more)."""
    run = ImportRun.objects.select_for_update().filter(pk=pk, asked=work, started_at=None).first()
    if run is None:
        return None
    run.started_at = timezone.now()
    run.save(update_fields=["started_at"])
    return run


def tell_progress(*, pk: int, share: float) -> None:
    ImportRun.objects.filter(pk=pk).exclude(asked="").update(progress=min(max(share, 0.0), 1.0))


def keep_check(*, run: ImportRun, report: Report) -> None:
    """A dry run went through: a person may decide."""
    _keep_findings(run, report)
    _end(run, ImportState.CHECKED)


def keep_refused_check(*, run: ImportRun, report: Report | None, refusal: PortalError) -> None:
    """A dry run was refused: the run waits for other choices, or another file."""
    if report is not None:
        _keep_findings(run, report)
    run.findings = storable([refusal_json(refusal), *run.findings])
    _end(run, ImportState.UPLOADED)


def keep_refused_undo(*, run: ImportRun, refusal: PortalError) -> None:
    """The run is as it was before."""
    _tell(run.pk, refusal_json(refusal))


def refusal_json(refusal: PortalError) -> dict[str, Any]:
    facts = {name: str(fact) for name, fact in refusal.facts.items()}
    return {
        "row": 0,
        "key": "",
        "code": refusal.code,
        "message": str(refusal),
        "facts": facts,
        "refusal": True,
    }


@transaction.atomic
def keep_refused_import(*, pk: int, refusal: PortalError) -> None:
    """The run says that it was refused, with the facts, so that a page can say it in its reader's words."""
    run = ImportRun.objects.select_for_update().get(pk=pk)
    others = [each for each in run.findings if each["code"] != refusal.code or each["row"]]
    run.findings = storable([refusal_json(refusal), *others])
    _end(run, ImportState.REFUSED)


def settle_interrupted(*, but: Collection[int] = ()) -> None:
    """Works that were begun and whose process is gone, which nobody has told of (`but` these): nothing of theirs was
    written."""
    begun = ImportRun.objects.exclude(asked="").filter(started_at__isnull=False).exclude(pk__in=but)
    for pk in begun.values_list("pk", flat=True):
        settle(pk=pk, why=INTERRUPTED)


def settle(*, pk: int, why: str) -> bool:
    """Write down that the work of a run has ended without a result, if it has; False while a process still works on
    it."""
    with held(LOCK_SPACE, pk) as free:
        run = ImportRun.objects.exclude(asked="").filter(pk=pk, started_at__isnull=False).first()
        if free and run is not None:
            why = STOPPED if run.order.get("stop") else why
            _tell(pk, {"row": 0, "key": "", "code": why, "message": "", "facts": {}, "refusal": True})
            logger.warning("The work on import %d ended without a result: %s", pk, why)
    return free


@transaction.atomic
def _tell(pk: int, finding: dict[str, Any]) -> None:
    """The work of a run ended with this word; the state says what holds now."""
    run = ImportRun.objects.select_for_update().get(pk=pk)
    was_undo = run.asked == Work.UNDO
    others = [each for each in run.findings if not each.get("refusal")]
    run.findings = storable([finding, *others])
    run.order = {name: value for name, value in run.order.items() if name not in ("stop", "undo")}
    _end(run, ImportState(run.state) if was_undo else ImportState.STOPPED)


def _keep_findings(run: ImportRun, report: Report) -> None:
    run.counts, run.evidence = report.counts_json(), storable(report.evidence)
    run.evidence["found"] = dict(report.found)
    run.evidence["inside_share"] = report.inside_share
    run.findings = storable([finding.as_json() for finding in report.findings])
    run.source_crs, run.encoding = report.source_crs[:200], report.encoding[:40]


def _end(run: ImportRun, state: ImportState) -> None:
    run.state, run.asked = state, ""
    run.finished_at = timezone.now()
    run.order.pop("stop", None)
    run.save()


def remove(kept: FieldFile) -> None:
    """The file, and the folder it had for itself."""
    if not kept:
        return
    folder = Path(kept.path).parent
    kept.delete(save=False)
    with suppress(OSError):
        folder.rmdir()


def forget_files(*, today: date) -> int:
    """Remove files that were kept long enough, and what was quoted from them; their rows stay. Gives the number of
    runs."""
    expired = ImportRun.objects.filter(file_kept_until__lt=today, asked="").exclude(file="", refused_rows="")
    count = 0
    for run in expired.iterator():
        for kept in (run.file, run.refused_rows):
            remove(kept)
        run.evidence = without_quotes(run.evidence)
        run.save(update_fields=["file", "refused_rows", "evidence"])
        count += 1
    return count
