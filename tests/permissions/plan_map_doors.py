"""The planner's map and saved maps, with what each role meets there."""

import json
from typing import Any

from django.utils import timezone

from core.geo import to_lonlat
from planning.models import PlanningMap
from tests.factories import at
from tests.permissions.doors import Door, Outcome, Who, everybody, only
from tests.permissions.world import World
from tests.tiles import tile_of

PAGE, DONE, MISSING, REFUSED, WRONG = (
    Outcome.PAGE,
    Outcome.DONE,
    Outcome.MISSING,
    Outcome.REFUSED,
    Outcome.WRONG,
)
STRANGERS = (Who.ANYBODY, Who.ALICE)
STAFF = tuple(who for who in Who if who not in STRANGERS)
FORM = {"title": "Χρήσεις", "sharing": "staff", "content": "{}"}
SHAPE = {"type": "LineString", "coordinates": [[22, 38], [22.01, 38]]}


def kept(world: World, sharing: str) -> dict[str, Any]:
    """The planner's map that is shared so."""
    title = f"Χάρτης {sharing}"
    found = PlanningMap.objects.filter(title=title).first()
    if found is None:
        now = timezone.now()
        common = {"owner": world.people["planner"], "created_at": now, "changed_at": now}
        found = PlanningMap.objects.create(title=title, sharing=sharing, **common)
    return {"token": found.token}


def here(world: World) -> dict[str, Any]:
    longitude, latitude, *_ = to_lonlat(at(5050, 5050)).coords
    return {"lon": longitude, "lat": latitude, "layers": "zones,pipes", "map": "17/38/22"}


def tile(slug: str) -> dict[str, Any]:
    there = tile_of(at(5050, 5050), 15)
    return {"slug": slug, "z": there.z, "x": there.x, "y": there.y}


PLAN_MAP_DOORS = [
    Door("planning:map", get=everybody(PAGE)),
    Door("planning:map-layers", get=everybody(PAGE)),
    Door("planning:map-days", get=everybody(PAGE), data=lambda world: {"layers": "zones,pipes"}),
    Door("planning:here", get=everybody(PAGE), data=here),
    Door("planning:here", get=everybody(WRONG), variant="of no place"),
    Door("planning:maps", get=everybody(PAGE)),
    Door("planning:measure", post=everybody(WRONG), data=lambda world: {"shape": json.dumps(SHAPE)}),
    Door("planning:saved-map", get=everybody(PAGE), kwargs=lambda world: kept(world, "public")),
    Door(
        "planning:saved-map",
        get=everybody(PAGE),
        kwargs=lambda world: kept(world, "link"),
        variant="shared by link",
    ),
    Door(
        "planning:saved-map",
        get=only(*STAFF, others=MISSING) | {Who.ANYBODY: MISSING},
        kwargs=lambda world: kept(world, "staff"),
        variant="for staff",
    ),
    Door(
        "planning:saved-map",
        get=everybody(MISSING) | {Who.PLANNER: PAGE, Who.DORA: PAGE},
        kwargs=lambda world: kept(world, "owner"),
        variant="of its owner",
    ),
    Door(
        "planning:save-map",
        post=only(*STAFF, outcome=DONE, others=REFUSED) | {Who.ANYBODY: REFUSED},
        data=lambda world: FORM,
    ),
    Door(
        "planning:change-map",
        post=everybody(REFUSED) | {Who.PLANNER: DONE, Who.DORA: DONE},
        kwargs=lambda world: kept(world, "public"),
        data=lambda world: {**FORM, "title": "Χάρτης public", "sharing": "public", "version": 1},
    ),
    Door(
        "planning:change-map",
        post=only(*STAFF, outcome=REFUSED, others=MISSING)
        | {Who.ANYBODY: REFUSED, Who.PLANNER: WRONG, Who.DORA: WRONG},
        kwargs=lambda world: kept(world, "staff"),
        data=lambda world: {**FORM, "version": 7},
        variant="that was changed meanwhile",
    ),
    Door(
        "planning:remove-map",
        post=everybody(REFUSED) | {Who.PLANNER: DONE, Who.DORA: DONE},
        kwargs=lambda world: kept(world, "public"),
    ),
    Door(
        "planning:remove-map",
        post=everybody(MISSING) | {Who.ANYBODY: REFUSED, Who.PLANNER: DONE, Who.DORA: DONE},
        kwargs=lambda world: kept(world, "owner"),
        variant="of its owner",
    ),
    Door(
        "layers:asked-tile",
        get=everybody(PAGE),
        kwargs=lambda world: tile("zones"),
        variant="of a public layer",
    ),
    Door(
        "layers:asked-tile",
        get=only(*STAFF, others=MISSING) | {Who.ANYBODY: MISSING},
        kwargs=lambda world: tile("pipes"),
        variant="of a layer for staff",
    ),
]
