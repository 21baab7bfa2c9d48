"""The addresses of the looks of layers, with what each role meets there."""

from typing import Any

from layers.actions.styles import save_style
from layers.styles.spec import Case, Spec, Symbol
from tests.permissions.doors import Door, Outcome, Who, everybody, only
from tests.permissions.world import World

PAGE, DONE, MISSING = Outcome.PAGE, Outcome.DONE, Outcome.MISSING
MAKES_LOOKS = (Who.PLANNER, Who.DORA)
STAFF = tuple(who for who in Who if who not in (Who.ANYBODY, Who.ALICE))
FOR_STAFF = only(*STAFF, others=MISSING) | {Who.ANYBODY: MISSING}
HIDDEN = "of a layer for staff"
ONE = Spec("single", cases=(Case(Symbol("#00ff00")),))


def zones(world: World) -> dict[str, Any]:
    return {"slug": "zones"}


def styled(world: World) -> dict[str, Any]:
    save_style(layer=world.feature.layer, slug="plain", title="Απλό", title_en="Plain", spec=ONE, kinds={})
    return {"slug": "zones", "style": "plain"}


def named(world: World) -> dict[str, Any]:
    styled(world)
    return {"style": "zones.plain"}


def arranged(world: World) -> dict[str, Any]:
    styled(world)
    return {"slug": "zones"}


PLAN_STY_DOORS = [
    Door("layers:styles-json", get=everybody(PAGE), kwargs=zones),
    Door("layers:styles-json", get=FOR_STAFF, kwargs=lambda world: {"slug": "pipes"}, variant=HIDDEN),
    Door("layers:style-json", get=everybody(PAGE), kwargs=styled),
    Door("layers:style-json", get=everybody(MISSING), kwargs=lambda world: {"slug": "zones", "style": "none"},
         variant="that is not there"),
    Door("layers:styles", get=only(*MAKES_LOOKS), kwargs=zones),
    Door("layers:new-style", get=only(*MAKES_LOOKS), kwargs=zones),
    Door("layers:style", get=only(*MAKES_LOOKS), kwargs=styled),
    Door("layers:preview-style", post=only(*MAKES_LOOKS), kwargs=zones),
    Door("layers:arrange-styles", post=only(*MAKES_LOOKS, outcome=DONE), kwargs=arranged,
         data=lambda world: {"style": "plain", "act": "first"}),
    Door("layers:ogc:styles", get=everybody(PAGE)),
    Door("layers:ogc:collection-styles", get=everybody(PAGE), kwargs=lambda world: {"name": "zones"}),
    Door("layers:ogc:collection-styles", get=FOR_STAFF, kwargs=lambda world: {"name": "pipes"}, variant=HIDDEN),
    Door("layers:ogc:style", get=everybody(PAGE), kwargs=named),
    Door("layers:ogc:style", get=FOR_STAFF, kwargs=lambda world: {"style": "pipes.default"}, variant=HIDDEN),
    Door("layers:ogc:style-metadata", get=everybody(PAGE), kwargs=named),
    Door("layers:ogc:style-metadata", get=FOR_STAFF, kwargs=lambda world: {"style": "pipes.default"},
         variant=HIDDEN),
]  # fmt: skip
