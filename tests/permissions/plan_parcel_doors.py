"""The addresses of what applies to a plot, with what each role meets there."""

from typing import Any

from layers.models import Feature, Layer
from tests.factories import FeatureFactory, LayerFactory
from tests.permissions.doors import Door, Outcome, Who, everybody, only
from tests.permissions.world import World

PAGE, MISSING = Outcome.PAGE, Outcome.MISSING
STAFF = tuple(who for who in Who if who not in (Who.ANYBODY, Who.ALICE))
FOR_STAFF = only(*STAFF, others=MISSING) | {Who.ANYBODY: MISSING}


def plot(visibility: str) -> dict[str, Any]:
    slug = f"plots-{visibility}"
    layer = Layer.objects.filter(slug=slug).first()
    if layer is None:
        layer = LayerFactory.create(slug=slug, theme="cadastre", visibility=visibility)
        FeatureFactory.create(layer=layer, key="050120301001")
    return {"slug": slug, "key": Feature.objects.of_layer(layer.pk).get().key}


def public(world: World) -> dict[str, Any]:
    return plot("public")


def staff(world: World) -> dict[str, Any]:
    return plot("staff")


PLAN_PARCEL_DOORS = [
    Door("planning:find-parcel", get=everybody(PAGE)),
    Door(
        "planning:find-parcel",
        get=everybody(PAGE),
        data=lambda world: {"q": "asklipiou"},
        variant="with words",
    ),
    Door("planning:parcel", get=everybody(PAGE), kwargs=public),
    Door("planning:parcel", get=FOR_STAFF, kwargs=staff, variant="of a layer for staff"),
    Door("planning:parcel-pdf", get=everybody(PAGE), kwargs=public),
    Door("planning:parcel-pdf", get=FOR_STAFF, kwargs=staff, variant="of a layer for staff"),
]
