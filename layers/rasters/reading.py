"""Values of a raster on the pixels of a picture anywhere: the right overview, warped with the shift of the datum."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from rasterio.enums import Resampling

from core.geo import WEB_MERCATOR, Tile
from layers.models import Raster
from layers.rasters.errors import RasterTooCostly
from layers.rasters.opening import opened
from layers.rasters.survey import Survey, survey_of
from layers.rasters.warping import warped

# A value that no raster holds: where the picture shows none.
NOWHERE = -3.0e38
MOST_PIXELS = 40_000_000
Values = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class Frame:
    """A picture: its bounds (west, south, east, north) in the units of `srid`, and its size in pixels."""

    bounds: tuple[float, float, float, float]
    srid: int
    width: int
    height: int

    @property
    def pixel(self) -> float:
        west, _south, east, _north = self.bounds
        return (east - west) / self.width

    @property
    def transform(self) -> Affine:
        west, south, east, north = self.bounds
        return Affine((east - west) / self.width, 0, west, 0, (south - north) / self.height, north)

    def grown(self, border: int) -> "Frame":
        """The same with so many pixels more on every side."""
        west, south, east, north = self.bounds
        across, down = border * (east - west) / self.width, border * (north - south) / self.height
        bounds = (west - across, south - down, east + across, north + down)
        return Frame(bounds, self.srid, self.width + 2 * border, self.height + 2 * border)

    @classmethod
    def of_tile(cls, tile: Tile, pixels: int) -> "Frame":
        return cls(tile.bounds(), WEB_MERCATOR, pixels, pixels)


def read_frame(raster: Raster, frame: Frame, resampling: Resampling) -> Values:
    """Bands × height × width of values as the bands mean them, NaN where there are none. Raises RasterTooCostly,
    RasterFileMissing. The nearest of values with fractions are read from the raster itself, since overviews of such
    are averages, which no code is."""
    survey = survey_of(raster)
    is_exact = resampling is Resampling.nearest and not survey.is_whole
    level = _level(survey, frame, raster, () if is_exact else survey.overviews)
    with opened(raster, level) as dataset:
        size = frame.width, frame.height
        how = {"nodata": NOWHERE, "dtype": survey.precise}
        with warped(dataset, frame.transform, size, frame.srid, resampling, **how) as picture:
            values: Values = picture.read(survey.bands)
        values[values == values.dtype.type(NOWHERE)] = np.nan
        return _meant(dataset, survey.bands, values)


def _meant(dataset: Any, bands: tuple[int, ...], values: Values) -> Values:
    for at, band in enumerate(bands):
        scale, offset = dataset.scales[band - 1], dataset.offsets[band - 1]
        if (scale, offset) != (1.0, 0.0):
            values[at] = values[at] * scale + offset
    return values


def _level(survey: Survey, frame: Frame, raster: Raster, overviews: tuple[int, ...]) -> int | None:
    """The coarsest overview that still has a pixel for each of the picture. The same for every picture of one scale,
    so that neighbours fit. Raises RasterTooCostly where even that is too much to read."""
    ratio = frame.pixel / survey.pixel_in(frame.srid)
    fitting = [index for index, factor in enumerate(overviews) if factor <= ratio * 1.01]
    level = fitting[-1] if fitting else None
    factor = 1 if level is None else overviews[level]
    in_frame = frame.width * frame.height * max(1.0, ratio / factor) ** 2
    if min(in_frame, survey.width * survey.height / factor**2) > MOST_PIXELS:
        raise RasterTooCostly(title=raster)
    return level
