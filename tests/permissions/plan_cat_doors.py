"""The catalogue of layers, with what each role meets there."""

from typing import Any

from layers.models import CodeList
from tests.permissions.doors import Door, Outcome, everybody
from tests.permissions.world import World

PAGE, MISSING = Outcome.PAGE, Outcome.MISSING


def codes(world: World) -> dict[str, Any]:
    kept, _made = CodeList.objects.get_or_create(slug="uses", defaults={"title": "Χρήσεις"})
    return {"slug": kept.slug}


PLAN_CAT_DOORS = [
    Door("planning:catalogue", get=everybody(PAGE)),
    Door("planning:catalogue", get=everybody(PAGE), data=lambda world: {"q": "ζώνες"}, variant="searched"),
    Door("planning:code-lists", get=everybody(PAGE)),
    Door("planning:codes", get=everybody(PAGE), kwargs=codes),
    Door("planning:codes", get=everybody(MISSING), kwargs=lambda world: {"slug": "none"}, variant="missing"),
]
