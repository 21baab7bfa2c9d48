"""A visit to a problem: start it, finish it with proof, or hand it back; each is one transaction."""

from typing import Any

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import Conflict, NotAllowed
from crews.models import Crew, Job, JobEvent, JobState
from issues.actions.history import locked
from issues.actions.photos import add_photo, discard_files
from issues.actions.states import change_state
from issues.errors import ProofMissing
from issues.models import Issue, Photo
from issues.models.photo import PhotoKind
from issues.photos import PreparedPhoto
from issues.states import FIELD, State
from municipality.models import Role
from municipality.roles import require, rights_of


class AlreadyStarted(Conflict):
    code = "already_started"
    sentence = _("%(worker)s has already started this job. Take the next one.")


class JobOver(Conflict):
    code = "job_over"
    sentence = _("This job is no longer yours to finish: it was ended in the meantime.")


@transaction.atomic
def start_job(*, issue: Issue, worker: User, at: Point | None) -> Job:
    """Begin work on an issue; `at` is where the phone is, in the storage CRS. Starting twice is starting once.

    Raises NotAllowed, AlreadyStarted (a Conflict), StepNotAllowed.
    """
    row = locked(issue)
    require(worker, *FIELD, department_id=row.department_id)
    running = Job.objects.started().select_related("worker").filter(issue=row).first()
    if running is not None and row.state == State.IN_PROGRESS:
        if running.worker_id != worker.pk:
            raise AlreadyStarted(worker=str(running.worker))
        return running
    if running is not None:
        _end(running, JobState.HANDED_BACK, worker, overtaken_by=row.state)
    if row.state != State.IN_PROGRESS:
        change_state(issue=row, target=State.IN_PROGRESS, actor=worker)
    job = Job.objects.create(
        issue=row,
        worker=worker,
        crew=Crew.objects.of(worker.pk).filter(department=row.department_id).first(),
        started_at=timezone.now(),
        start_location=at,
    )
    _tell(job, JobState.STARTED, worker, metres=_metres(row, at))
    return job


@transaction.atomic
def finish_job(
    *, job: Job, worker: User, proof: PreparedPhoto | None, no_proof_reason: str = "", at: Point | None
) -> Job:
    """End a job as done, with a photo of the fix or a stated reason why there is none; `at` in the storage CRS.

    The event keeps how many metres the proof was from the pin: by the photo's own position, else by the phone's.
    Raises NotAllowed, JobOver (a Conflict), ProofMissing, StepNotAllowed.
    """
    reason = no_proof_reason.strip()
    if proof is None and not reason:
        raise ProofMissing()
    row = locked(job.issue)
    job = _held(job, worker)
    photo = _proof_of(row, proof, worker)
    try:
        change_state(issue=row, target=State.RESOLVED, actor=worker, text="" if photo else reason)
        job.proof, job.no_proof_reason, job.done_location = photo, "" if photo else reason, at
        job.done_at = timezone.now()
        place, source = (photo.location, "photo") if photo and photo.location else (at, "phone")
        metres = _metres(row, place)
        _end(job, JobState.DONE, worker, metres=metres, measured_by=source if metres is not None else None)
    except BaseException:
        if photo is not None:
            discard_files(photo)
        raise
    return job


@transaction.atomic
def hand_back_job(*, job: Job, worker: User, reason: str) -> Job:
    """Give a started job back to the desk; the issue pauses and the citizen reads the reason.

    Raises NotAllowed, JobOver (a Conflict), ReasonMissing, StepNotAllowed.
    """
    row = locked(job.issue)
    job = _held(job, worker)
    change_state(issue=row, target=State.PAUSED, actor=worker, text=reason.strip())
    _end(job, JobState.HANDED_BACK, worker, reason=reason.strip())
    return job


def _held(job: Job, worker: User) -> Job:
    """The job, locked, when this person may end it: who started it, or a dispatcher of the department."""
    row = Job.objects.select_for_update(of=("self",)).select_related("issue").get(pk=job.pk)
    department_id = row.issue.department_id
    own = row.worker_id == worker.pk and rights_of(worker).reaches(department_id, *FIELD)
    if not own and not rights_of(worker).reaches(department_id, Role.DISPATCHER):
        raise NotAllowed()
    if row.state != JobState.STARTED:
        raise JobOver()
    return row


def _proof_of(issue: Issue, proof: PreparedPhoto | None, worker: User) -> Photo | None:
    if proof is None:
        return None
    return add_photo(issue=issue, prepared=proof, kind=PhotoKind.PROOF, actor=worker, is_public=True)


def _end(job: Job, state: JobState, actor: User, **facts: Any) -> None:
    job.state = state
    job.save(update_fields=["state", "done_at", "done_location", "proof", "no_proof_reason"])
    _tell(job, state, actor, **facts)


def _tell(job: Job, kind: JobState, actor: User, **facts: Any) -> None:
    known = {name: fact for name, fact in facts.items() if fact is not None}
    JobEvent.objects.create(job=job, kind=kind, actor=actor, data=known)


def _metres(issue: Issue, place: Point | None) -> float | None:
    return round(issue.location.distance(place), 1) if place is not None else None
