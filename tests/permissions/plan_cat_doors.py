"""The catalogue of layers, with what each role meets there."""

from typing import Any

from layers.models import CodeList
from tests.permissions.doors import Door, Outcome, Who, everybody, only
from tests.permissions.world import World

PAGE, MISSING, WRONG = Outcome.PAGE, Outcome.MISSING, Outcome.WRONG
PLANNERS = (Who.PLANNER, Who.DORA)


def codes(world: World) -> dict[str, Any]:
    kept, _made = CodeList.objects.get_or_create(slug="uses", defaults={"title": "Χρήσεις"})
    return {"slug": kept.slug}


PLAN_CAT_DOORS = [
    Door("planning:catalogue", get=everybody(PAGE)),
    Door("planning:catalogue", get=everybody(PAGE), data=lambda world: {"q": "ζώνες"}, variant="searched"),
    Door("planning:code-lists", get=everybody(PAGE)),
    Door("planning:codes", get=everybody(PAGE), kwargs=codes),
    Door("planning:codes", get=everybody(MISSING), kwargs=lambda world: {"slug": "none"}, variant="missing"),
    Door(
        "planning:entry",
        get=only(*PLANNERS),
        post=only(*PLANNERS, outcome=WRONG),
        kwargs=lambda world: {"slug": "zones"},
    ),
    Door(
        "planning:entry",
        get=only(*PLANNERS, outcome=MISSING),
        kwargs=lambda world: {"slug": "none"},
        variant="of no layer",
    ),
    Door("layers:dcat-jsonld", get=everybody(PAGE)),
    Door("layers:dcat-turtle", get=everybody(PAGE)),
]
