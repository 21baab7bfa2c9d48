"""One import is one transaction, and leaves a row that tells how it went."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DataError, transaction
from django.utils import timezone

from accounts.models import User
from core.errors import PortalError
from importers.errors import NotStorable
from importers.models import ImportRun, ImportState
from importers.report import Report


@dataclass(frozen=True)
class Assignment:
    """What is to be imported, into what, by whom. A dry run finds out everything and changes nothing."""

    path: Path
    target: str
    slug: str = ""
    mapping: dict[str, Any] = field(default_factory=dict)
    dry_run: bool = False
    user: User | None = None


def carry_out(assignment: Assignment, work: Callable[[Report], None]) -> Report:
    """Do the work in one transaction and keep an ImportRun. A refusal (PortalError) undoes all, is kept as a
    refused run, and is raised on."""
    started, report = timezone.now(), Report()
    try:
        with transaction.atomic():
            _work(work, report)
            if assignment.dry_run:
                transaction.set_rollback(True)
            else:
                _keep(assignment, report, started, ImportState.DONE)
    except PortalError as refusal:
        if not assignment.dry_run:
            _keep(assignment, report, started, ImportState.REFUSED, refusal)
        raise
    return report


def _work(work: Callable[[Report], None], report: Report) -> None:
    try:
        work(report)
    except DataError as error:
        raise NotStorable(detail=str(error).split("\n")[0]) from error
    except ValidationError as error:
        raise NotStorable(detail=error.messages[0]) from error


def _keep(
    assignment: Assignment,
    report: Report,
    started: datetime,
    state: ImportState,
    refusal: PortalError | None = None,
) -> None:
    findings = [finding.as_json() for finding in report.findings]
    if refusal is not None:
        findings.append({"row": 0, "key": "", "code": refusal.code, "message": str(refusal)})
    ImportRun.objects.create(
        file_name=assignment.path.name[:300],
        file_sha256=checksum(assignment.path),
        target=assignment.target,
        target_slug=assignment.slug[:100],
        source_crs=report.source_crs[:200],
        encoding=report.encoding[:40],
        mapping=assignment.mapping,
        counts=report.counts_json(),
        findings=findings,
        state=state,
        user=assignment.user,
        started_at=started,
        finished_at=timezone.now(),
    )


def checksum(path: Path) -> str:
    """SHA-256 of the file, empty when it is not there."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
