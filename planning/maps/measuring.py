"""Lengths and areas of what somebody draws: plane, as papers have them, and on the ellipsoid, as the ground has them.

The two differ: the projection shrinks by up to 0.04 %, and by the distance from its central meridian.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

import pyproj
from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry, LineString, Polygon
from django.utils.translation import gettext as _

from core.errors import BadCoordinates
from core.geo import CRS84, to_storage
from layers.measures import measures_of
from planning.maps.reading import Part

MOST_CORNERS = 5_000
FEWEST = {"LineString": 2, "Polygon": 3}


@dataclass(frozen=True)
class Measured:
    """Metres and square metres; areas are None of a line, and of a ring whose sides cross each other."""

    plane_length: float
    plane_area: float | None
    geodesic_length: float
    geodesic_area: float | None
    is_crossed: bool

    def written(self) -> dict[str, Any]:
        lengths = {"plane": round(self.plane_length, 3), "ellipsoid": round(self.geodesic_length, 3)}
        found: dict[str, Any] = {"length": lengths, "crossed": self.is_crossed, **reference()}
        if self.plane_area is not None and self.geodesic_area is not None:
            found["area"] = {
                "plane": round(self.plane_area, 3),
                "ellipsoid": round(self.geodesic_area, 3),
            }
        return found


def measure(document: Any) -> Measured:
    """Of a GeoJSON-like {"type": "LineString" | "Polygon", "coordinates": [[lon, lat], …]}, degrees; a polygon is
    its one ring, closed or not. Raises BadMap and BadCoordinates."""
    part = Part(document)
    kind = part.value.get("type")
    if kind not in FEWEST:
        raise part.refuse("type", _("It must be LineString or Polygon."))
    corners = [_corner(part, n, one) for n, one in enumerate(part.items("coordinates", MOST_CORNERS))]
    if len(corners) < FEWEST[kind]:
        raise part.refuse("coordinates", _("It has too few corners to be measured."))
    return _measured(corners, is_surface=kind == "Polygon")


def _corner(part: Part, number: int, value: Any) -> tuple[float, float]:
    place = f"coordinates[{number}]"
    if not isinstance(value, list) or len(value) != 2:
        raise part.refuse(place, _("It must be longitude and latitude."))
    pair = Part({"longitude": value[0], "latitude": value[1]}, place)
    return pair.number("longitude", -180, 180, 0), pair.number("latitude", -90, 90, 0)


def _measured(corners: list[tuple[float, float]], *, is_surface: bool) -> Measured:
    if is_surface and corners[0] != corners[-1]:
        corners = [*corners, corners[0]]
    line = to_storage(LineString(corners, srid=CRS84))
    easts, norths = zip(*line.coords, strict=True)
    longitudes, latitudes = _degrees().transform(easts, norths)
    length = _geod().line_length(longitudes, latitudes)
    if not is_surface:
        return Measured(measures_of(line).length_metres or 0.0, None, length, None, False)
    surface: GEOSGeometry = Polygon(line.coords, srid=line.srid)
    perimeter = measures_of(surface).perimeter_metres or 0.0
    if not surface.valid:
        return Measured(perimeter, None, length, None, True)
    area, _perimeter = _geod().polygon_area_perimeter(longitudes, latitudes)
    return Measured(perimeter, measures_of(surface).area_m2, length, abs(area), False)


def reference() -> dict[str, str]:
    """What the plane and the ellipsoid are called."""
    crs = _storage()
    ellipsoid = crs.ellipsoid.name if crs.ellipsoid else ""
    return {"grid": f"{crs.name} (EPSG:{settings.STORAGE_SRID})", "ellipsoid_name": ellipsoid}


@cache
def _storage() -> pyproj.CRS:
    return pyproj.CRS.from_epsg(settings.STORAGE_SRID)


@cache
def _geod() -> pyproj.Geod:
    geod = _storage().get_geod()
    if geod is None:
        raise BadCoordinates()
    return geod


@cache
def _degrees() -> pyproj.Transformer:
    """From the plane to the degrees of its own ellipsoid, so that no datum comes between."""
    return pyproj.Transformer.from_crs(_storage(), _storage().geodetic_crs, always_xy=True)
