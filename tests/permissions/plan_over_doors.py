"""The addresses of long work, overlay and what-if, with what each role meets there."""

from typing import Any

from django.utils import timezone

from layers.models import Layer
from planning.actions.versions import make_version
from planning.models import JobState, PlanJob, PlanVersion
from planning.overlay.order import Order
from planning.overlay.reckon import overlay, sides_of
from planning.versions.compare import compare
from planning.zonal.results import Zonal, Zone
from tests.factories import LayerFactory
from tests.permissions.doors import Door, Outcome, Who, everybody, only
from tests.permissions.world import World

PLANNERS = (Who.PLANNER, Who.DORA)
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


def version(world: World) -> dict[str, Any]:
    """A draft that only staff may see, of a public layer."""
    return {"pk": _version(world, world.staff_feature.layer).pk}


def public_version(world: World) -> dict[str, Any]:
    return {"pk": _version(world, LayerFactory.create()).pk}


def _version(world: World, draft: Layer) -> PlanVersion:
    author = world.people[Who.PLANNER]
    return make_version(title="Σχέδιο", current=world.feature.layer, draft=draft, author=author)


def version_job(world: World) -> dict[str, Any]:
    """What came of the planner's order to compare."""
    found, draft = done_job(world), _version(world, world.staff_feature.layer)
    comparison = compare(draft, world.people[Who.PLANNER]).as_json()
    changed = {"kind": "compare", "order": {"version": draft.pk}, "answer": {"comparison": comparison}}
    PlanJob.objects.filter(**found).update(**changed)
    return found


def no_raster(world: World) -> dict[str, str]:
    return {"raster": "nowhere", "by": "areas-unit"}


def zonal_job(world: World) -> dict[str, Any]:
    """What came of the planner's order."""
    found = done_job(world)
    answer = {"zonal": Zonal("Ύψη", "Ενότητες", "", "m", (Zone("Βορράς", 1.0),)).as_json()}
    PlanJob.objects.filter(**found).update(kind="zonal", order=no_raster(world), answer=answer)
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
    Door("planning:versions", get=everybody(PAGE)),
    Door("planning:version", get=everybody(PAGE), kwargs=public_version),
    Door(
        "planning:version",
        get=everybody(MISSING) | dict.fromkeys(STAFF, PAGE),
        kwargs=version,
        variant="of staff",
    ),
    Door("planning:version-file", get=everybody(PAGE), kwargs=public_version),
    Door(
        "planning:version-file",
        get=everybody(MISSING) | dict.fromkeys(STAFF, PAGE),
        kwargs=version,
        variant="of staff",
    ),
    Door("planning:ask-version", post=only(*STAFF, outcome=DONE), kwargs=version),
    Door(
        "planning:make-version",
        get=only(*PLANNERS),
        post=only(*PLANNERS, outcome=DONE),
        data=lambda world: {
            "title": "x",
            "current": world.feature.layer_id,
            "draft": world.staff_feature.layer_id,
        },
    ),
    Door(
        "planning:adopt-version",
        post=only(*PLANNERS, outcome=DONE),
        kwargs=version,
        data=lambda world: {"valid_from": "2026-01-01", "reason": "ΦΕΚ"},
    ),
    Door("planning:drop-version", post=only(*PLANNERS, outcome=DONE), kwargs=version),
    Door("planning:version-result", get=seen(MISSING) | {Who.PLANNER: PAGE}, kwargs=version_job),
    Door("planning:version-result-file", get=seen(MISSING) | {Who.PLANNER: PAGE}, kwargs=version_job),
    Door("planning:zonal", get=everybody(PAGE)),
    Door(
        "planning:zonal-file", get=everybody(MISSING), data=no_raster, variant="of a raster that is not there"
    ),
    Door("planning:ask-zonal", post=only(*STAFF, outcome=MISSING), data=no_raster, variant="of no raster"),
    Door(
        "planning:keep-zonal", post=only(*PLANNERS, outcome=MISSING), data=no_raster, variant="of no raster"
    ),
    Door("planning:zonal-result", get=seen(MISSING) | {Who.PLANNER: PAGE}, kwargs=zonal_job),
    Door("planning:zonal-result-file", get=seen(MISSING) | {Who.PLANNER: PAGE}, kwargs=zonal_job),
    Door("planning:jobs", get=only(*STAFF)),
    Door("planning:job", get=seen(PAGE), kwargs=job),
    Door("planning:job-progress", get=seen(PAGE), kwargs=job),
    Door("planning:job-file", get=seen(MISSING), kwargs=done_job, variant="without a file"),
    Door("planning:stop-job", post=seen(DONE), kwargs=job),
    Door("planning:forget-job", post=seen(DONE), kwargs=done_job),
]
