"""The catalogue of layers, with what each role meets there."""

from tests.permissions.doors import Door, Outcome, everybody

PAGE = Outcome.PAGE

PLAN_CAT_DOORS = [
    Door("planning:catalogue", get=everybody(PAGE)),
    Door("planning:catalogue", get=everybody(PAGE), data=lambda world: {"q": "ζώνες"}, variant="searched"),
]
