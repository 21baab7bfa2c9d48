"""The addresses of long work, overlay and what-if, with what each role meets there."""

from typing import Any

from django.utils import timezone

from planning.models import JobState, PlanJob
from tests.permissions.doors import Door, Outcome, Who, only
from tests.permissions.world import World

PAGE, DONE, MISSING = Outcome.PAGE, Outcome.DONE, Outcome.MISSING
STAFF = tuple(who for who in Who if who not in (Who.ANYBODY, Who.ALICE))
SEES_THE_JOB = (Who.PLANNER, Who.DORA)


def job(world: World) -> dict[str, Any]:
    """A job of the planner that nobody has begun."""
    owner = world.people[Who.PLANNER]
    made = PlanJob.objects.create(kind="overlay", title="Χρήσεις", owner=owner, asked_at=timezone.now())
    return {"pk": made.pk}


def done_job(world: World) -> dict[str, Any]:
    found = job(world)
    PlanJob.objects.filter(**found).update(state=JobState.DONE, ended_at=timezone.now())
    return found


def seen(outcome: Outcome) -> dict[Who, Outcome]:
    """The owner and the administrator; other staff are told that there is no such job."""
    return only(*SEES_THE_JOB, outcome=outcome) | {who: MISSING for who in STAFF if who not in SEES_THE_JOB}


PLAN_OVER_DOORS = [
    Door("planning:jobs", get=only(*STAFF)),
    Door("planning:job", get=seen(PAGE), kwargs=job),
    Door("planning:job-progress", get=seen(PAGE), kwargs=job),
    Door("planning:job-file", get=seen(MISSING), kwargs=done_job, variant="without a file"),
    Door("planning:stop-job", post=seen(DONE), kwargs=job),
    Door("planning:forget-job", post=seen(DONE), kwargs=done_job),
]
