"""One import is one transaction, and leaves a row that tells how it went."""

import hashlib
import logging
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import DatabaseError, DataError, InternalError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from psycopg2.errors import DiskFull, OutOfMemory

from core.errors import PortalError
from importers.errors import DatabaseFull, NotStorable, RowsRefused
from importers.models import ImportRun, ImportState
from importers.order import Order
from importers.report import Report
from importers.set_aside import SetAside
from importers.storable import storable

logger = logging.getLogger(__name__)


def carry_out(
    order: Order, target: str, slug: str, facts: dict[str, Any], work: Callable[[Report, ImportRun], None]
) -> Report:
    """Do the work in one transaction and keep an ImportRun, which the work may refer to. A refusal (PortalError)
    undoes all, is kept as a refused run, and is raised on, with the `report` so far. `facts` say what was asked beyond
    the order. A dry run keeps what it found out in the run it was ordered for; without one it leaves nothing."""
    report = Report(set_aside=SetAside(_language(order)))
    run = order.run or ImportRun(created_at=timezone.now())
    run.target, run.target_slug, run.user = target, slug[:100], run.user or order.user
    run.order = {**run.order, **order.facts(), **facts}
    run.mapping = order.rules.as_json()
    run.started_at = run.started_at or timezone.now()
    try:
        with transaction.atomic():
            _begin(order, run)
            _work(work, report, run)
            if report.counts["refused"] and not (order.set_aside or order.dry_run):
                raise _refused_rows(report)
            if order.dry_run:
                report.evidence.setdefault("changes", report.counts_json())
                transaction.set_rollback(True)
            else:
                _keep(order, run, report, ImportState.DONE)
    except PortalError as refusal:
        refusal.report = report  # type: ignore[attr-defined]
        if order.run is None:
            run.pk = None
        if order.run is not None or not order.dry_run:
            _keep_refusal(order, run, report, refusal)
        raise
    if order.dry_run and order.run is not None:
        _keep(order, run, report, ImportState.CHECKED)
    report.run = order.run if order.dry_run else run
    return report


def _language(order: Order) -> str:
    """That of the person who reads the reasons; worked out here, since rows are read in another thread."""
    return (order.user.language if order.user else "") or get_language() or settings.LANGUAGE_CODE


def _begin(order: Order, run: ImportRun) -> None:
    """The run is there from the start, so that what is written can name it."""
    if run._state.adding:
        run.state = ImportState.DONE
        run.file_name = order.file_name[:300]
        run.save()


def _work(work: Callable[[Report, ImportRun], None], report: Report, run: ImportRun) -> None:
    try:
        work(report, run)
    except (DataError, InternalError) as error:
        # InternalError is how PostGIS tells of a place that no map projection reaches.
        raise NotStorable(detail=str(error).split("\n")[0]) from error
    except OperationalError as error:
        # PostgreSQL has undone everything by now; what else may have happened is for the log.
        if isinstance(error.__cause__, DiskFull | OutOfMemory):
            raise DatabaseFull(detail=str(error).split("\n")[0]) from error
        raise
    except ValidationError as error:
        raise NotStorable(detail=error.messages[0]) from error


def _refused_rows(report: Report) -> RowsRefused:
    first = next(finding for finding in report.findings if finding.row and finding.refuses)
    return RowsRefused(
        refused=report.counts["refused"], rows=report.counts["read"], row=first.row, reason=first.message
    )


def _keep_refusal(order: Order, run: ImportRun, report: Report, refusal: PortalError) -> None:
    """Where even the row of the run finds no room, the refusal itself is what counts."""
    try:
        with transaction.atomic():
            _keep(order, run, report, ImportState.REFUSED, refusal)
    except DatabaseError:
        logger.exception("The refusal of an import could not be kept")


def _keep(
    order: Order, run: ImportRun, report: Report, state: ImportState, refusal: PortalError | None = None
) -> None:
    findings = [finding.as_json() for finding in report.findings]
    if refusal is not None:
        findings.append({"row": 0, "key": "", "code": refusal.code, "message": str(refusal)})
    run.file_name = order.file_name[:300]
    run.file_bytes = order.path.stat().st_size if order.path.is_file() else 0
    run.file_sha256 = run.file_sha256 or checksum(order.path)
    run.evidence = storable(report.evidence) or run.evidence
    _keep_refused_rows(run, report)
    run.source_crs, run.encoding = report.source_crs[:200], report.encoding[:40]
    run.counts, run.findings = report.counts_json(), storable(findings)
    run.state, run.asked = state, ""
    run.revision = report.revision if state == ImportState.DONE else None
    run.finished_at = timezone.now()
    run.save()


def _keep_refused_rows(run: ImportRun, report: Report) -> None:
    """The rows of this try take the place of those of an earlier one."""
    storage, earlier = run.refused_rows.storage, run.refused_rows.name
    if report.set_aside is not None and report.set_aside.rows:
        name = f"{Path(run.file_name).stem[:60]}-{run.pk or 0}.csv"
        run.refused_rows.save(name, report.set_aside.as_file(name), save=False)
        run.file_kept_until = run.file_kept_until or _last_day()
    else:
        run.refused_rows = ""
    if earlier:
        transaction.on_commit(lambda: storage.delete(earlier))


def _last_day() -> date:
    """Of the files of a run that is made today."""
    return timezone.localdate() + timedelta(days=settings.IMPORT_FILE_KEPT_DAYS)


def checksum(path: Path) -> str:
    """SHA-256 of the file, empty when it is not there."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
