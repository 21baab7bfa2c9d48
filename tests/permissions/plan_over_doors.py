"""The addresses of long work, overlay and what-if, with what each role meets there."""

from typing import Any

from django.utils import timezone

from planning.models import JobState, PlanJob
from planning.overlay.order import Order
from planning.overlay.reckon import overlay, sides_of
from tests.permissions.doors import Door, Outcome, Who, everybody, only
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


def zones_by_area(world: World) -> dict[str, str]:
    return {"what": "zones", "by": "areas-unit", "by_field": "name"}


def overlay_job(world: World) -> dict[str, Any]:
    """What came of the planner's order."""
    found = done_job(world)
    order = Order(**zones_by_area(world))
    answer = {"overlay": overlay(*sides_of(order, world.people[Who.PLANNER])).as_json()}
    PlanJob.objects.filter(**found).update(order=order.as_json(), answer=answer)
    return found


def seen(outcome: Outcome) -> dict[Who, Outcome]:
    """The owner and the administrator; other staff are told that there is no such job."""
    return only(*SEES_THE_JOB, outcome=outcome) | {who: MISSING for who in STAFF if who not in SEES_THE_JOB}


PLAN_OVER_DOORS = [
    Door("planning:overlay", get=everybody(PAGE)),
    Door(
        "planning:overlay",
        get=everybody(PAGE),
        data=lambda world: {**zones_by_area(world), "go": "1"},
        variant="with an answer",
    ),
    Door("planning:overlay-file", get=everybody(PAGE), data=zones_by_area),
    Door(
        "planning:overlay-file",
        get=everybody(MISSING),
        data=lambda world: {**zones_by_area(world), "what": "nowhere"},
        variant="of a layer that is not there",
    ),
    Door("planning:ask-overlay", post=only(*STAFF, outcome=DONE), data=zones_by_area),
    Door("planning:keep-overlay", post=only(Who.PLANNER, Who.DORA, outcome=DONE), data=zones_by_area),
    Door("planning:overlay-result", get=seen(MISSING) | {Who.PLANNER: PAGE}, kwargs=overlay_job),
    Door("planning:overlay-result-file", get=seen(MISSING) | {Who.PLANNER: PAGE}, kwargs=overlay_job),
    Door("planning:jobs", get=only(*STAFF)),
    Door("planning:job", get=seen(PAGE), kwargs=job),
    Door("planning:job-progress", get=seen(PAGE), kwargs=job),
    Door("planning:job-file", get=seen(MISSING), kwargs=done_job, variant="without a file"),
    Door("planning:stop-job", post=seen(DONE), kwargs=job),
    Door("planning:forget-job", post=seen(DONE), kwargs=done_job),
]
