"""Heights along a line: distances in metres of the storage CRS's plane, values between the cells of the raster."""

import json
import math
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from django.conf import settings
from django.contrib.gis.geos import LineString
from numpy.typing import NDArray

from core.geo import CRS84, LonLat, to_lonlat, to_storage
from layers.models import Raster
from layers.rasters.errors import BadLine, BadSampling, LineTooLong, NoProfile
from layers.rasters.sampling import values_between
from layers.rasters.spec import Kind, spec_of
from layers.rasters.survey import survey_of

MOST_POSITIONS, MOST_POINTS, USUAL_POINTS = 200, 500, 200
MOST_KILOMETRES = 100
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Sample:
    """`metres` along the line; `value` None where the raster has none."""

    metres: float
    lon: float
    lat: float
    value: float | None


@dataclass(frozen=True)
class Profile:
    """`ascent` and `descent` sum up what lies between neighbouring samples, in the unit of the raster."""

    raster: Raster
    samples: tuple[Sample, ...]
    length_metres: float

    @property
    def values(self) -> list[float]:
        return [sample.value for sample in self.samples if sample.value is not None]

    @property
    def low(self) -> float | None:
        return min(self.values, default=None)

    @property
    def high(self) -> float | None:
        return max(self.values, default=None)

    @property
    def ascent(self) -> float:
        return sum(rise for rise in self._rises if rise > 0)

    @property
    def descent(self) -> float:
        return -sum(rise for rise in self._rises if rise < 0)

    @property
    def steepest(self) -> float | None:
        """The greatest rise or fall per metre between two samples, in metres for metres."""
        metres = spec_of(self.raster).metres
        slopes = [
            abs(two.value - one.value) * metres / (two.metres - one.metres)
            for one, two in pairwise(self.samples)
            if one.value is not None and two.value is not None and two.metres > one.metres
        ]
        return max(slopes, default=None)

    @property
    def _rises(self) -> list[float]:
        pairs = pairwise(self.samples)
        return [
            two.value - one.value for one, two in pairs if one.value is not None and two.value is not None
        ]


def line_from(text: str) -> LineString:
    """“lon,lat;lon,lat…” or a GeoJSON LineString, in degrees. Raises BadLine, BadCoordinates."""
    pairs = (
        _from_json(text) if text.lstrip().startswith("{") else [part.split(",") for part in text.split(";")]
    )
    if not 2 <= len(pairs) <= MOST_POSITIONS or any(len(pair) < 2 for pair in pairs):
        raise BadLine(most=MOST_POSITIONS)
    places = [LonLat.parse(pair[0], pair[1]) for pair in pairs]
    return LineString([(place.lon, place.lat) for place in places], srid=CRS84)


def points_from(text: str) -> int:
    """Raises BadSampling."""
    if not text:
        return USUAL_POINTS
    if not (text.isascii() and text.isdigit() and 2 <= int(text[:6]) <= MOST_POINTS):
        raise BadSampling(given=text[:40], most=MOST_POINTS)
    return int(text)


def profile_of(raster: Raster, line: LineString, points: int) -> Profile:
    """About so many samples evenly along the line, and one at each of its corners. Raises NoProfile, LineTooLong,
    BadCoordinates, RasterFileMissing."""
    if spec_of(raster).kind not in (Kind.ELEVATION, Kind.VALUES):
        raise NoProfile(title=raster)
    plane = to_storage(line)
    if plane.length > 1000 * MOST_KILOMETRES:
        raise LineTooLong(given=math.ceil(plane.length / 1000), most=MOST_KILOMETRES)
    if plane.length < survey_of(raster).resolution_metres / 1000:
        raise BadLine(most=MOST_POSITIONS)
    metres, xs, ys = _along(np.array(plane.coords), points)
    values = values_between(raster, xs.tolist(), ys.tolist(), settings.STORAGE_SRID)
    degrees = to_lonlat(LineString(np.column_stack((xs, ys)).tolist(), srid=settings.STORAGE_SRID))
    samples = tuple(
        Sample(float(along), lon, lat, value)
        for along, (lon, lat), value in zip(metres, degrees.coords, values, strict=True)
    )
    return Profile(raster, samples, float(plane.length))


def _along(corners: Numbers, points: int) -> tuple[Numbers, Numbers, Numbers]:
    """Distances from the start, eastings and northings of the samples."""
    steps = np.hypot(*np.diff(corners[:, :2], axis=0).T)
    at = np.concatenate(([0.0], np.cumsum(steps)))
    metres = np.unique(np.concatenate((np.linspace(0, at[-1], points), at)))
    return metres, np.interp(metres, at, corners[:, 0]), np.interp(metres, at, corners[:, 1])


def _from_json(text: str) -> list[Any]:
    try:
        document = json.loads(text)
    except ValueError as error:
        raise BadLine(most=MOST_POSITIONS) from error
    pairs = document.get("coordinates") if isinstance(document, dict) else None
    if not isinstance(pairs, list) or document.get("type") != "LineString":
        raise BadLine(most=MOST_POSITIONS)
    return [pair if isinstance(pair, list) else [] for pair in pairs]
