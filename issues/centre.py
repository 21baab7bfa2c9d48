"""The middle of an area, for ordering by distance when no better place is known."""

from django.contrib.gis.db.models.functions import Centroid
from django.contrib.gis.geos import Point

from municipality.models import Area


def centre_of(area: Area) -> Point:
    """In the storage CRS, without reading the boundary."""
    return _centres(pk=area.pk)[0]


def centre_of_municipality() -> Point | None:
    """In the storage CRS; None before the boundary is known."""
    return next(iter(_centres(is_home=True)), None)


def _centres(**which: object) -> list[Point]:
    return list(Area.objects.filter(**which).values_list(Centroid("boundary"), flat=True))
