"""Gather what the search finds: areas, streets, addresses and named places, from areas and public layers."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from core.statements import statement
from layers.models import Feature, GeometryKind, Layer, Place, Theme, Visibility
from layers.visibility import view_of

STREET_LAYERS = ("roads", "streets")


@transaction.atomic
def rebuild_places() -> int:
    """Bring the places of the search to what areas and public layers hold now; returns how many there are.

    Streets are the features with a `name` of the layers called “roads” or “streets”, one place a street; addresses
    the points with `street` and `number`; other places the features, by the layer's title field, of the base
    layers titled by `name` and of every other layer of points. What is not told to everybody is left out: hidden rows,
    and layers of which a field with such a name is hidden.
    """
    # The moment is ours: now() of the database is the start of the transaction, before what was just written.
    values: dict[str, Any] = {"now": timezone.now()}
    values |= {"streets": _streets(), "addresses": _addresses(), "named": _named()}
    values["hidden"] = _hidden([*values["streets"], *values["addresses"], *values["named"]])
    with connection.cursor() as cursor:
        cursor.execute(statement("layers", "gather_places"), values)
        cursor.execute(statement("layers", "replace_places"))
        cursor.execute("DROP TABLE gathered_places")
        cursor.execute("ANALYZE layers_place")
    return Place.objects.count()


def _ids(*conditions: Q, names: Collection[str] = ()) -> list[int]:
    """Ids as a constant, so that only these partitions are read; of layers that tell everybody these `names`, or those
    in their title field."""
    public = Layer.objects.filter(*conditions, visibility=Visibility.PUBLIC)
    return [layer.pk for layer in public if not _hides(layer, names)]


def _hides(layer: Layer, names: Collection[str]) -> bool:
    read = names or (layer.title_field, f"{layer.title_field}_en")
    return not set(view_of(layer, AnonymousUser()).hidden).isdisjoint(read)


def _hidden(layers: list[int]) -> list[int]:
    """Ids of the rows of these layers that are not told to everybody."""
    ruled = Layer.objects.filter(pk__in=layers).exclude(public_rows="")
    told = Feature.objects.visible_to(AnonymousUser()).filter(layer__in=ruled)
    rows = Feature.objects.filter(layer__in=ruled).current().exclude(pk__in=told.values("pk"))
    return list(rows.values_list("pk", flat=True)) if ruled else []


def _streets() -> list[int]:
    return _ids(Q(slug__in=STREET_LAYERS), names=("name", "name_en"))


def _addresses() -> list[int]:
    has_both = Q(field_schema__properties__has_keys=["street", "number"])
    return _ids(has_both, Q(geometry_kind=GeometryKind.POINT), names=("street", "number"))


def _named() -> list[int]:
    base = Q(theme=Theme.BASE, title_field="name") & ~Q(geometry_kind=GeometryKind.LINE)
    points = ~Q(theme=Theme.BASE) & Q(geometry_kind=GeometryKind.POINT) & ~Q(title_field="")
    return sorted(set(_ids(base | points)) - set(_addresses()))
