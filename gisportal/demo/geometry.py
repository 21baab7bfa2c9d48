"""From the drawings of the demo, in EPSG:2100, to geometries of the storage CRS."""

import shapely
from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry, Point
from shapely.geometry.base import BaseGeometry

DRAWN_IN = 2100


def stored(shape: BaseGeometry) -> GEOSGeometry:
    """A copy in the storage CRS."""
    geometry = GEOSGeometry(memoryview(shapely.to_wkb(shape)), srid=DRAWN_IN)
    return (
        geometry
        if settings.STORAGE_SRID == DRAWN_IN
        else geometry.transform(settings.STORAGE_SRID, clone=True)
    )


def stored_point(x: float, y: float) -> Point:
    """A point drawn at x, y."""
    point = Point(x, y, srid=DRAWN_IN)
    if settings.STORAGE_SRID != DRAWN_IN:
        point.transform(settings.STORAGE_SRID)
    return point
