"""Every address of the portal, with what each role meets there. A new URL is not done before it stands here."""

from typing import Any

from core.geo import to_lonlat
from tests.factories import at
from tests.permissions.doors import Door, Outcome, Who, everybody, only
from tests.permissions.import_doors import IMPORT_DOORS
from tests.permissions.ogc_doors import OGC_DOORS
from tests.permissions.plan_cat_doors import PLAN_CAT_DOORS
from tests.permissions.plan_edit_doors import PLAN_EDIT_DOORS
from tests.permissions.plan_map_doors import PLAN_MAP_DOORS
from tests.permissions.plan_over_doors import PLAN_OVER_DOORS
from tests.permissions.plan_parcel_doors import PLAN_PARCEL_DOORS
from tests.permissions.plan_print_doors import PLAN_PRINT_DOORS
from tests.permissions.plan_ras_doors import PLAN_RAS_DOORS
from tests.permissions.plan_sty_doors import PLAN_STY_DOORS
from tests.permissions.plan_tab_doors import PLAN_TAB_DOORS
from tests.permissions.world import World
from tests.tiles import tile_of

PAGE, DONE, MISSING, REFUSED, WRONG = (
    Outcome.PAGE,
    Outcome.DONE,
    Outcome.MISSING,
    Outcome.REFUSED,
    Outcome.WRONG,
)
DESK = (Who.OPERATOR, Who.BEA, Who.DORA)
STAFF = (
    *(Who.OPERATOR, Who.BEA, Who.CARL, Who.CREW),
    *(Who.PLANNER, Who.KEEPER, Who.EXECUTIVE, Who.DORA),
)
FIELD = (Who.BEA, Who.CREW, Who.DORA)


def number(world: World) -> dict[str, Any]:
    return {"number": world.issue.number}


def working(world: World) -> dict[str, Any]:
    return {"number": world.working.number}


def private(world: World) -> dict[str, Any]:
    return {"number": world.private.number}


def token(world: World) -> dict[str, Any]:
    return {"token": world.issue.token}


def fixed_token(world: World) -> dict[str, Any]:
    return {"token": world.fixed.token}


def follower(world: World) -> dict[str, Any]:
    return {"token": world.follower.token}


def version(world: World) -> dict[str, Any]:
    return {"version": world.issue.version}


def pin(world: World) -> dict[str, Any]:
    longitude, latitude, *_ = to_lonlat(at(5000, 7500)).coords
    return {"lon": longitude, "lat": latitude}


def tile(slug: str, revision: int) -> dict[str, Any]:
    there = tile_of(at(5050, 5050), 15)
    return {"slug": slug, "revision": revision, "z": there.z, "x": there.x, "y": there.y}


PORTAL = [
    Door("home", get=everybody(PAGE)),
    Door("about", get=everybody(PAGE)),
    Door("privacy", get=everybody(PAGE)),
    Door("accessibility", get=everybody(PAGE)),
    Door("healthz", get=everybody(PAGE)),
    Door("set-language", post=everybody(DONE), data=lambda world: {"language": "en"}),
    Door("accounts:login", get=everybody(DONE) | {Who.ANYBODY: PAGE}),
    Door("accounts:logout", post=everybody(DONE)),
]
MAP = [
    Door("map-nearby", get=everybody(PAGE)),
    Door("map-issues", get=everybody(PAGE)),
    Door("map-style", get=everybody(PAGE)),
    Door("map-catalogue", get=everybody(PAGE)),
    Door("icon", get=everybody(PAGE), kwargs=lambda world: {"name": "bulb"}),
    Door("layers:search", get=everybody(PAGE)),
    Door(
        "layers:tile",
        get=everybody(PAGE),
        kwargs=lambda world: tile("zones", world.feature.layer.revision),
        variant="of a public layer",
    ),
    Door(
        "layers:tile",
        get=only(*STAFF, others=MISSING) | {Who.ANYBODY: MISSING},
        kwargs=lambda world: tile("pipes", world.staff_feature.layer.revision),
        variant="of a layer for staff",
    ),
    *OGC_DOORS,
    Door("layers:downloads", get=everybody(PAGE)),
    Door(
        "layers:export",
        get=everybody(PAGE),
        kwargs=lambda world: {"slug": "zones"},
        data=lambda world: {"format": "geojson"},
        variant="of a public layer",
    ),
    Door(
        "layers:export",
        get=only(*STAFF, others=MISSING) | {Who.ANYBODY: MISSING},
        kwargs=lambda world: {"slug": "pipes"},
        variant="of a layer for staff",
    ),
    Door(
        "layers:export",
        get=everybody(WRONG),
        kwargs=lambda world: {"slug": "zones"},
        data=lambda world: {"format": "pigeon"},
        variant="in no format",
    ),
    Door("layers:layer", get=everybody(PAGE), kwargs=lambda world: {"slug": "zones"}, variant="public"),
    Door(
        "layers:layer",
        get=only(*STAFF, others=MISSING) | {Who.ANYBODY: MISSING},
        kwargs=lambda world: {"slug": "pipes"},
        variant="for staff",
    ),
    Door(
        "layers:feature",
        get=everybody(PAGE),
        kwargs=lambda world: {"slug": "zones", "feature_id": world.feature.pk},
        variant="of a public layer",
    ),
    Door(
        "layers:feature",
        get=only(*STAFF, others=MISSING) | {Who.ANYBODY: MISSING},
        kwargs=lambda world: {"slug": "pipes", "feature_id": world.staff_feature.pk},
        variant="of a layer for staff",
    ),
    Door(
        "assets:asset",
        get=everybody(PAGE),
        kwargs=lambda world: {"type": world.lamp.type.slug, "code": world.lamp.code},
    ),
]
DESK_DOORS = [
    Door("issues:desk", get=only(*DESK, Who.CARL, Who.EXECUTIVE)),
    Door("issues:desk-map", get=only(*DESK, Who.CARL, Who.EXECUTIVE)),
    Door("issues:desk-issue", get=only(*DESK, Who.EXECUTIVE), kwargs=number),
    Door(
        "issues:desk-issue",
        get=only(*DESK, Who.EXECUTIVE) | {Who.CARL: MISSING},
        kwargs=private,
        variant="of a private category",
    ),
    Door(
        "issues:assign",
        post=only(*DESK, outcome=DONE),
        kwargs=number,
        data=lambda world: {**version(world), "department": world.town.roads.pk, "text": "δική σας"},
    ),
    Door(
        "issues:change-state",
        post=only(*DESK, outcome=DONE),
        kwargs=number,
        data=lambda world: {**version(world), "target": "accepted"},
    ),
    Door(
        "issues:add-note",
        post=only(*DESK, outcome=DONE),
        kwargs=number,
        data=lambda world: {"text": "Ερχόμαστε", "audience": "citizen"},
    ),
    Door(
        "issues:publish",
        post=only(*DESK, outcome=DONE),
        kwargs=number,
        data=lambda world: {"is_public": "on"},
    ),
    Door(
        "issues:change-category",
        post=only(*DESK, outcome=DONE),
        kwargs=number,
        data=lambda world: {**version(world), "category": world.town.pothole.slug},
    ),
    Door(
        "issues:join",
        post=only(*DESK, outcome=DONE),
        kwargs=number,
        data=lambda world: {"earlier": world.earlier.number},
    ),
    Door(
        "issues:desk-bulk",
        post=only(*DESK, Who.CARL, outcome=DONE),
        data=lambda world: {"act": "accept", "number": [world.issue.number]},
    ),
]
CREW_DOORS = [
    Door("crews:crew", get=only(*FIELD, Who.CARL)),
    Door("crews:nearby", get=only(*FIELD, Who.CARL), data=pin),
    Door("crews:job", get=only(*FIELD), kwargs=number),
    Door("crews:start", post=only(*FIELD, outcome=DONE), kwargs=number),
    Door(
        "crews:done",
        post=only(*FIELD, outcome=DONE),
        kwargs=working,
        data=lambda world: {"no_proof_reason": "βροχή"},
    ),
    Door(
        "crews:hand-back",
        post=only(*FIELD, outcome=DONE),
        kwargs=working,
        data=lambda world: {"reason": "σκάλα"},
    ),
]
CITIZEN = [
    Door("issues:list", get=everybody(PAGE)),
    Door("issues:export", get=everybody(PAGE), data=lambda world: {"format": "csv"}),
    Door("issues:issue", get=everybody(PAGE), kwargs=number),
    Door(
        "issues:issue",
        get=everybody(MISSING) | dict.fromkeys((*DESK, Who.CREW, Who.EXECUTIVE), PAGE),
        kwargs=private,
        variant="of a private category",
    ),
    Door(
        "issues:follow",
        post=everybody(DONE),
        kwargs=number,
        data=lambda world: {"email": "somebody@example.gr"},
    ),
    Door("issues:same-here", post=everybody(DONE), kwargs=number),
    Door("issues:confirm-follow", get=everybody(PAGE), post=everybody(DONE), kwargs=follower),
    Door("issues:unfollow", get=everybody(PAGE), post=everybody(DONE), kwargs=follower),
    Door(
        "issues:report",
        get=everybody(PAGE),
        post=everybody(DONE),
        data=lambda world: {**pin(world), "category": world.town.pothole.slug},
    ),
    Door("issues:report-where", get=everybody(PAGE), data=pin),
    Door("issues:report-assets", get=everybody(PAGE), data=pin),
    Door("issues:report-similar", get=everybody(PAGE), data=pin),
    Door("issues:track", get=everybody(PAGE), kwargs=token),
    Door("issues:track-photo", post=everybody(DONE), kwargs=token),
    Door("issues:withdraw", post=everybody(DONE), kwargs=token),
    Door("issues:answer", post=everybody(DONE), kwargs=fixed_token, data=lambda world: {"is_fixed": "yes"}),
    Door(
        "issues:photo",
        get=everybody(MISSING) | dict.fromkeys((*DESK, Who.CREW, Who.EXECUTIVE), PAGE),
        kwargs=lambda world: {"uuid": world.photo.uuid, "size": "thumb"},
        variant="that staff have not shown",
    ),
]
DOORS = [
    *PORTAL,
    *MAP,
    *CITIZEN,
    *DESK_DOORS,
    *CREW_DOORS,
    *IMPORT_DOORS,
    *PLAN_MAP_DOORS,
    *PLAN_OVER_DOORS,
    *PLAN_STY_DOORS,
    *PLAN_EDIT_DOORS,
    *PLAN_RAS_DOORS,
    *PLAN_PARCEL_DOORS,
    *PLAN_PRINT_DOORS,
    *PLAN_TAB_DOORS,
    *PLAN_CAT_DOORS,
]
