"""Long work is asked for, told about, ended: by a person, by the child process that does it, and by the worker."""

import logging
import shutil
from collections.abc import Collection
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.children import INTERRUPTED, STOPPED
from core.errors import PortalError, TooManyRequests
from core.session_lock import held
from planning.jobs.errors import sentence_of
from planning.jobs.files import folder_of_results
from planning.jobs.kinds import KINDS, Result
from planning.models import JobState, PlanJob

logger = logging.getLogger("worker")
#: Held by the child process for as long as it works on a job; nobody else's number.
LOCK_SPACE = 413
#: So many jobs of one person may wait or be at work.
MOST_AT_ONCE = 10
KEPT_FOR = timedelta(days=30)
AT_WORK = (JobState.WAITING, JobState.WORKING)


@transaction.atomic
def ask_for(*, kind: str, title: str, order: dict[str, Any], owner: User, language: str) -> PlanJob:
    """Have the worker do it. Raises TooManyRequests when this person has enough waiting."""
    if kind not in KINDS:
        raise ValueError(f"no such kind of work: {kind}")
    if PlanJob.objects.filter(owner=owner, state__in=AT_WORK).count() >= MOST_AT_ONCE:
        raise TooManyRequests(sentence_of("enough"))
    return PlanJob.objects.create(
        kind=kind,
        title=title[:200],
        order=order,
        owner=owner,
        language=language[:5],
        asked_at=timezone.now(),
    )


@transaction.atomic
def begin(*, pk: int) -> PlanJob | None:
    """The job, marked as begun; None when nobody waits for it (any more)."""
    job = PlanJob.objects.select_for_update().filter(pk=pk, state=JobState.WAITING).first()
    if job is not None:
        job.state, job.started_at, job.share = JobState.WORKING, timezone.now(), 0.0
        job.save(update_fields=["state", "started_at", "share"])
    return job


def tell(*, pk: int, share: float) -> None:
    """How far it is, 0 to 1."""
    working = PlanJob.objects.filter(pk=pk, state=JobState.WORKING)
    working.update(share=min(max(share, 0.0), 1.0))


@transaction.atomic
def finish(*, pk: int, result: Result) -> PlanJob:
    """Keep what came of it; its file is moved to where only its owner gets it from."""
    job = PlanJob.objects.select_for_update().get(pk=pk)
    job.state, job.share, job.answer, job.ended_at = JobState.DONE, 1.0, result.answer, timezone.now()
    if result.file is not None:
        job.file = _keep(job, result.file)
    job.save()
    return job


def _keep(job: PlanJob, file: Path) -> str:
    folder = folder_of_results(job)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = folder / file.name
    shutil.move(file, kept)
    kept.chmod(0o600)
    return str(kept.relative_to(settings.PRIVATE_FILES_DIR))


def refuse(*, pk: int, refusal: PortalError) -> None:
    """It cannot be done, and the sentence says why."""
    fail(pk=pk, problem=str(refusal))


@transaction.atomic
def fail(*, pk: int, problem: str, state: JobState = JobState.FAILED) -> None:
    """It ended without a result."""
    job = PlanJob.objects.select_for_update().get(pk=pk)
    job.state, job.problem, job.ended_at = state, problem, timezone.now()
    job.save(update_fields=["state", "problem", "ended_at"])


@transaction.atomic
def stop(*, job: PlanJob) -> PlanJob:
    """End it: at once if nobody has begun, else the worker ends its process within seconds."""
    row = PlanJob.objects.select_for_update().get(pk=job.pk)
    if row.state == JobState.WAITING:
        row.state, row.ended_at = JobState.STOPPED, timezone.now()
    elif row.state == JobState.WORKING:
        row.order = {**row.order, "stop": True}
    row.save(update_fields=["state", "ended_at", "order"])
    return row


def settle(*, pk: int, why: str) -> bool:
    """Write down that a job has ended without a result, if it has; False while a process still works on it."""
    with held(LOCK_SPACE, pk) as free:
        job = PlanJob.objects.filter(pk=pk, state=JobState.WORKING).first()
        if free and job is not None:
            why = STOPPED if job.order.get("stop") else why
            state = JobState.STOPPED if why == STOPPED else JobState.FAILED
            fail(pk=pk, problem=sentence_of(why, job.language), state=state)
            logger.warning("Plan job %d ended without a result: %s", pk, why)
    return free


def settle_interrupted(*, but: Collection[int] = ()) -> None:
    """Jobs that were begun and whose process is gone, which nobody has told of (`but` these)."""
    begun = PlanJob.objects.filter(state=JobState.WORKING).exclude(pk__in=but)
    for pk in begun.values_list("pk", flat=True):
        settle(pk=pk, why=INTERRUPTED)


@transaction.atomic
def forget(*, job: PlanJob) -> None:
    """Remove a job that has ended, and its file."""
    row = PlanJob.objects.select_for_update().filter(pk=job.pk).exclude(state__in=AT_WORK).first()
    if row is not None:
        folder = folder_of_results(row)
        row.delete()
        transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))


def forget_old_jobs() -> int:
    """Remove those that ended long ago. Gives their number."""
    old = PlanJob.objects.filter(ended_at__lt=timezone.now() - KEPT_FOR)
    jobs = list(old)
    for job in jobs:
        forget(job=job)
    return len(jobs)
