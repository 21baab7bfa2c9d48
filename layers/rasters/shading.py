"""Slope, aspect and light on a grid of heights, by Horn's gradient (1981), in metres on the ground."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.geo import CRS84, WEB_MERCATOR
from layers.rasters.reading import Frame

Floats = NDArray[np.floating[Any]]
# The ellipsoid WGS 84.
AXIS, ECCENTRICITY_2 = 6_378_137.0, 0.006_694_379_990_14
# Where the light comes from: from the north-west, half way up, as maps have it.
AZIMUTH, ALTITUDE = math.radians(315), math.radians(45)


@dataclass(frozen=True)
class Gradient:
    """Metres of rise per metre to the east and to the north."""

    east: Floats
    north: Floats

    @property
    def slope(self) -> Floats:
        """Rise per metre along the steepest way; 1 is 100 %."""
        return np.hypot(self.east, self.north)

    @property
    def facing(self) -> Floats:
        """Degrees from north, clockwise, of the way down."""
        return np.degrees(np.arctan2(-self.east, -self.north)) % 360

    def light(self, exaggeration: float = 1.0) -> Floats:
        """Light on the ground from 0 to 1; level ground has sin(ALTITUDE)."""
        east, north = self.east * exaggeration, self.north * exaggeration
        towards = math.sin(AZIMUTH) * east + math.cos(AZIMUTH) * north
        normal = np.sqrt(1 + east**2 + north**2)
        lit = (math.sin(ALTITUDE) - math.cos(ALTITUDE) * towards) / normal
        return np.clip(lit, 0, 1)


def gradient_of(heights: Floats, frame: Frame, metres: float = 1.0) -> Gradient:
    """Of the pixels inside a border of one: `heights` is one pixel larger than `frame` on every side. `metres` is how
    many metres one unit of height is. A neighbour without a value counts as high as the middle."""
    middle = heights[1:-1, 1:-1]
    around = {
        (row, column): _beside(heights, middle, row, column)
        for row in (-1, 0, 1)
        for column in (-1, 0, 1)
        if (row, column) != (0, 0)
    }
    east = (
        around[-1, 1] + 2 * around[0, 1] + around[1, 1] - around[-1, -1] - 2 * around[0, -1] - around[1, -1]
    )
    north = (
        around[-1, -1] + 2 * around[-1, 0] + around[-1, 1] - around[1, -1] - 2 * around[1, 0] - around[1, 1]
    )
    across, down = ground_pixel(frame)
    return Gradient(east * metres / (8 * across[:, None]), north * metres / (8 * down[:, None]))


def _beside(heights: Floats, middle: Floats, row: int, column: int) -> Floats:
    rows, columns = heights.shape
    found = heights[1 + row : rows - 1 + row, 1 + column : columns - 1 + column]
    return np.where(np.isnan(found), middle, found)


def ground_pixel(frame: Frame) -> tuple[Floats, Floats]:
    """Metres on the ground across and down a pixel, row by row."""
    _west, south, _east, north = frame.bounds
    down = (north - south) / frame.height
    middles = north - down * (np.arange(frame.height) + 0.5)
    if frame.srid == WEB_MERCATOR:
        latitude = 2 * np.arctan(np.exp(middles / AXIS)) - math.pi / 2
        per_east, per_north = _radii(latitude)
        scale = np.cos(latitude) / AXIS
        return frame.pixel * per_east * scale, down * per_north * scale
    if frame.srid == CRS84:
        latitude = np.radians(middles)
        per_east, per_north = _radii(latitude)
        return np.radians(frame.pixel) * per_east * np.cos(latitude), np.radians(down) * per_north
    return np.full(frame.height, frame.pixel), np.full(frame.height, down)


def _radii(latitude: Floats) -> tuple[Floats, Floats]:
    """Radii of the ellipsoid across (east) and along (north) the meridian."""
    inner = 1 - ECCENTRICITY_2 * np.sin(latitude) ** 2
    return AXIS / np.sqrt(inner), AXIS * (1 - ECCENTRICITY_2) / inner**1.5
