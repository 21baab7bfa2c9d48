"""A place typed as numbers: latitude and longitude in degrees, or E and N of the storage CRS in metres."""

import re

from django.conf import settings
from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _

from core.errors import BadCoordinates
from core.geo import LonLat, to_lonlat, to_storage
from layers.search.hits import Hit

WITH_POINTS = re.compile(r"^\s*(-?\d+(?:\.\d+)?)\s*°?\s*[,;\s]\s*(-?\d+(?:\.\d+)?)\s*°?\s*$")
WITH_COMMAS = re.compile(r"^\s*(-?\d+(?:,\d+)?)\s*°?\s*[;\s]\s*(-?\d+(?:,\d+)?)\s*°?\s*$")
SMALLEST_METRES = 1000


def coordinates(text: str) -> list[Hit]:
    """“38.2461, 21.7351” or “38,2461 21,7351”, latitude first; “302113 4234520” as easting and northing."""
    found = WITH_POINTS.match(text) or WITH_COMMAS.match(text)
    if found is None:
        return []
    first, second = (float(number.replace(",", ".")) for number in found.groups())
    try:
        if min(abs(first), abs(second)) >= SMALLEST_METRES:
            return [_metres(first, second)]
        is_exact = all(not number.lstrip("-").isdigit() for number in found.groups())
        return [_degrees(first, second)] if is_exact else []
    except BadCoordinates:
        return []


def _degrees(lat: float, lon: float) -> Hit:
    place = LonLat.parse(lon, lat)
    title = f"{place.lat:.6g}, {place.lon:.6g}"
    return Hit(title, _("latitude and longitude"), _("coordinates"), place.lon, place.lat)


def _metres(east: float, north: float) -> Hit:
    typed = Point(east, north, srid=settings.STORAGE_SRID)
    place = to_lonlat(typed)
    # Far outside its area a projection still gives numbers, but not the way back.
    if to_storage(place).distance(typed) > 1:
        raise BadCoordinates()
    return Hit(
        f"{east:.10g}, {north:.10g}", f"EPSG:{settings.STORAGE_SRID}", _("coordinates"), place.x, place.y
    )
