"""The piece of ground that a drawing shows, and the piece of paper that it takes."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyproj
import shapely
from django.conf import settings
from django.contrib.gis.geos import Polygon
from numpy.typing import NDArray

from core.geo import CRS84, WEB_EXTENT, WEB_MERCATOR
from layers.exports.systems import Shapes

MM_PER_PIXEL = 25.4 / 96  # A CSS pixel, in which looks are told.
METRES_PER_DEGREE = 2 * WEB_EXTENT / 360
TILE_PIXELS = 512
EDGE_POINTS = 21
AROUND = 15.0  # degrees
Coordinates = NDArray[np.float64]
Bounds = tuple[float, float, float, float]


@dataclass(frozen=True)
class Frame:
    """Ground `bounds` (x before y, in the units of `srid`) on `width` × `height` millimetres, y upwards."""

    srid: int
    bounds: Bounds
    width: float
    height: float

    @classmethod
    def around(cls, x: float, y: float, *, scale: float, width: float, height: float) -> "Frame":
        """In the storage CRS at 1:`scale`, true in its plane, with this point in the middle."""
        across, up = width * scale / 2000, height * scale / 2000
        return cls(settings.STORAGE_SRID, (x - across, y - up, x + across, y + up), width, height)

    @property
    def scale(self) -> float:
        """How many millimetres of the CRS's plane are one on paper, from west to east."""
        west, _south, east, _north = self.bounds
        return (east - west) * 1000 / self.width

    @property
    def zoom(self) -> float:
        """The zoom at which the web map shows as much to a CSS pixel."""
        west, _south, east, _north = self.bounds
        step = (east - west) / self.width * MM_PER_PIXEL
        return math.log2(2 * WEB_EXTENT / (TILE_PIXELS * step * self._web_units()))

    def _web_units(self) -> float:
        """Web Mercator metres to a unit of the frame's CRS, in its middle."""
        if self.srid == WEB_MERCATOR:
            return 1.0
        if self.srid == CRS84:
            return METRES_PER_DEGREE
        _lon, lat = self.middle_lonlat
        return 1 / max(math.cos(math.radians(lat)), 0.01)

    @property
    def middle(self) -> tuple[float, float]:
        west, south, east, north = self.bounds
        return (west + east) / 2, (south + north) / 2

    @property
    def middle_lonlat(self) -> tuple[float, float]:
        lon, lat = moves(self.srid, CRS84).transform(*self.middle)
        return float(lon), float(lat)

    def grown(self, by: float) -> Bounds:
        """The bounds with so many millimetres more on every side."""
        west, south, east, north = self.bounds
        x, y = by * (east - west) / self.width, by * (north - south) / self.height
        return west - x, south - y, east + x, north + y

    def outline(self, srid: int, by: float = 0.0) -> Polygon | None:
        """A box in another CRS that holds the frame, grown by so many millimetres; None where its sides have no
        place there, as those of the whole world."""
        bounds = moved_box(self.grown(by), self.srid, srid)
        if bounds is None:
            return None
        box = Polygon.from_bbox(bounds)
        box.srid = srid
        return box

    def to_paper(self, points: Coordinates) -> Coordinates:
        """Points of the frame's CRS, (n, 2), in millimetres from its lower left corner."""
        west, south, east, north = self.bounds
        ratio = np.array([self.width / (east - west), self.height / (north - south)])
        placed: Coordinates = (points - np.array([west, south])) * ratio
        return placed

    def draw(self, shapes: Shapes, srid: int) -> Shapes:
        """Geometries of a CRS on paper, in millimetres."""
        there = moves(srid, self.srid) if srid != self.srid else None

        def placed(points: Coordinates) -> Coordinates:
            if there is not None:
                points = np.column_stack(there.transform(points[:, 0], points[:, 1]))
            return self.to_paper(points)

        return np.asarray(shapely.transform(shapes, placed), dtype=object)


def moved_box(bounds: Bounds, source: int, target: int) -> Bounds | None:
    """A box in another CRS that holds this one; None where that projection does not reach."""
    if source == target:
        return bounds
    try:
        degrees = moves(source, CRS84).transform_bounds(*bounds, densify_pts=EDGE_POINTS)
        reach = _reach(target)
        inside = reach[0] <= degrees[0] < degrees[2] + 1e-12 <= reach[2] + 1e-9
        if not (inside and reach[1] <= degrees[1] and degrees[3] <= reach[3]):
            return None
        found: Bounds = moves(source, target).transform_bounds(*bounds, densify_pts=EDGE_POINTS)
    except pyproj.exceptions.ProjError:
        return None
    return found if all(map(math.isfinite, found)) else None


@lru_cache(maxsize=8)
def _reach(srid: int) -> Bounds:
    """The degrees in which a projection is good for anything: where it is meant for, and some way around."""
    area = pyproj.CRS.from_epsg(srid).area_of_use
    if area is None:
        return -180.0, -90.0, 180.0, 90.0
    west, east = max(area.west - AROUND, -180.0), min(area.east + AROUND, 180.0)
    return west, max(area.south - AROUND, -90.0), east, min(area.north + AROUND, 90.0)


@lru_cache(maxsize=32)
def moves(source: int, target: int) -> pyproj.Transformer:
    """x before y on both sides. PROJ takes milliseconds to find one; the transformer keeps a context a thread."""
    return pyproj.Transformer.from_crs(source, target, always_xy=True)
