"""Gather what the search finds: areas, streets, addresses and named places, from areas and public layers."""

from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from core.statements import statement
from layers.models import GeometryKind, Layer, Place, Theme, Visibility

STREET_LAYERS = ("roads", "streets")


@transaction.atomic
def rebuild_places() -> int:
    """Bring the places of the search to what areas and public layers hold now; returns how many there are.

    Streets are the features with a `name` of the layers called “roads” or “streets”, one place a street; addresses
    the points with `street` and `number`; other places the features, by the layer's title field, of the base
    layers titled by `name` and of every other layer of points.
    """
    # The moment is ours: now() of the database is the start of the transaction, before what was just written.
    values: dict[str, Any] = {"now": timezone.now()}
    values |= {"streets": _streets(), "addresses": _addresses(), "named": _named()}
    with connection.cursor() as cursor:
        cursor.execute(statement("layers", "gather_places"), values)
        cursor.execute(statement("layers", "replace_places"))
        cursor.execute("DROP TABLE gathered_places")
        cursor.execute("ANALYZE layers_place")
    return Place.objects.count()


def _ids(*conditions: Q) -> list[int]:
    """Ids as a constant, so that only these partitions are read."""
    public = Layer.objects.filter(*conditions, visibility=Visibility.PUBLIC)
    return list(public.values_list("pk", flat=True))


def _streets() -> list[int]:
    return _ids(Q(slug__in=STREET_LAYERS))


def _addresses() -> list[int]:
    has_both = Q(field_schema__properties__has_keys=["street", "number"])
    return _ids(has_both, Q(geometry_kind=GeometryKind.POINT))


def _named() -> list[int]:
    base = Q(theme=Theme.BASE, title_field="name") & ~Q(geometry_kind=GeometryKind.LINE)
    points = ~Q(theme=Theme.BASE) & Q(geometry_kind=GeometryKind.POINT) & ~Q(title_field="")
    return sorted(set(_ids(base | points)) - set(_addresses()))
