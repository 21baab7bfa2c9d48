"""Coordinates: the storage CRS, the CRSs of the doors, and bounds checked at the edge."""

import math
import threading
from dataclasses import dataclass
from typing import TypeVar, cast

from django.conf import settings
from django.contrib.gis.gdal import CoordTransform, GDALException, SpatialReference
from django.contrib.gis.geos import GEOSGeometry, Point, Polygon

from core.errors import BadCoordinates

G = TypeVar("G", bound=GEOSGeometry)

CRS84 = 4326  # GEOS and PROJ in Django keep longitude first for this code.
WEB_MERCATOR = 3857
WEB_EXTENT = 20_037_508.342789244


@dataclass(frozen=True)
class LonLat:
    """A position in degrees, WGS84, longitude first."""

    lon: float
    lat: float

    @classmethod
    def parse(cls, lon: object, lat: object) -> "LonLat":
        """Read two texts or numbers; raises BadCoordinates when they are no place on Earth."""
        try:
            x, y = float(str(lon).replace(",", ".")), float(str(lat).replace(",", "."))
        except ValueError as error:
            raise BadCoordinates() from error
        if not (math.isfinite(x) and math.isfinite(y) and abs(x) <= 180 and abs(y) <= 90):
            raise BadCoordinates()
        return cls(x, y)

    def to_storage(self) -> Point:
        """The same place in the storage CRS, in metres."""
        return to_storage(Point(self.lon, self.lat, srid=CRS84))


def to_storage(geometry: G) -> G:
    """A copy in the storage CRS; raises BadCoordinates where the projection has no value."""
    return _transformed(geometry, settings.STORAGE_SRID)


def to_lonlat(geometry: G) -> G:
    """A copy in CRS84: degrees, longitude first."""
    return _transformed(geometry, CRS84)


class _Known(threading.local):
    """Finding an operation takes PROJ milliseconds, so each thread keeps those it used; they are not shared."""

    def __init__(self) -> None:
        self.transforms: dict[tuple[int, int], CoordTransform] = {}

    def transform(self, source: int, target: int) -> CoordTransform:
        if (source, target) not in self.transforms:
            found = CoordTransform(SpatialReference(source), SpatialReference(target))
            self.transforms[source, target] = found
        return self.transforms[source, target]


_known = _Known()


def _transformed(geometry: G, srid: int) -> G:
    if geometry.srid is None:
        raise ValueError("a geometry without its coordinate system cannot be transformed")
    try:
        copy = geometry.transform(_known.transform(geometry.srid, srid), clone=True)
    except GDALException as error:
        raise BadCoordinates() from error
    if copy is None or not all(math.isfinite(value) for value in copy.extent):
        raise BadCoordinates()
    return cast(G, copy)


@dataclass(frozen=True)
class Tile:
    """An XYZ tile of the web Mercator quad, numbered from the north-west."""

    z: int
    x: int
    y: int

    MAX_ZOOM = 22

    @property
    def exists(self) -> bool:
        return 0 <= self.z <= self.MAX_ZOOM and 0 <= self.x < 2**self.z and 0 <= self.y < 2**self.z

    @property
    def width_metres(self) -> float:
        """Width in web Mercator metres (not ground metres)."""
        return float(2 * WEB_EXTENT / 2**self.z)

    def bounds(self, buffer: float = 0.0) -> tuple[float, float, float, float]:
        """west, south, east, north in EPSG:3857, grown by `buffer` tile widths on each side."""
        width = self.width_metres
        grow = width * buffer
        west, north = self.x * width - WEB_EXTENT, WEB_EXTENT - self.y * width
        return west - grow, north - width - grow, west + width + grow, north + grow

    def envelope(self, buffer: float = 0.0) -> Polygon:
        polygon = Polygon.from_bbox(self.bounds(buffer))
        polygon.srid = WEB_MERCATOR
        return polygon
