"""What a raster's file says of itself, found once per file: size, place, resolution, the span of its values."""

import math
import warnings
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import rasterio
from django.conf import settings
from numpy.typing import NDArray
from rasterio.enums import ColorInterp
from rasterio.errors import NotGeoreferencedWarning

from core.geo import CRS84, WEB_EXTENT, WEB_MERCATOR, Tile
from layers.models import Raster
from layers.rasters.opening import GDAL_OPTIONS, RASTER_FAILS, path_of, unreadable
from layers.rasters.warping import way

SAMPLE_PIXELS = 512
LOW_PERCENT, HIGH_PERCENT = 2, 98
MANY_VALUES = 64
TILE_PIXELS = 256
Rgba = tuple[int, int, int, int]
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Survey:
    """`bounds` (west, south, east, north) in the raster's own system `crs` (WKT); `pixel` is the width of a pixel in
    it; `overviews` how many times smaller each is. `low` and `high` hold all values but 2 % at each end, seen in an
    overview; `values` the different ones where they are few, so that they may be codes. `bands` are those to draw."""

    width: int
    height: int
    bands: tuple[int, ...]
    kind: str
    nodata: float | None
    crs: str
    bounds: tuple[float, float, float, float]
    pixel: float
    overviews: tuple[int, ...]
    palette: tuple[tuple[int, Rgba], ...]
    low: float
    high: float
    values: tuple[float, ...]

    @property
    def is_whole(self) -> bool:
        """Are its values whole numbers?"""
        return not self.kind.startswith(("float", "complex"))

    @property
    def precise(self) -> str:
        """The kind of number that holds its values after a scale was applied."""
        return "float32" if self.kind in ("uint8", "int8", "uint16", "int16", "float32") else "float64"

    def pixel_in(self, srid: int) -> float:
        """About how wide a pixel in its middle is in the units of another system."""
        return _pixel_in(self.crs, self.middle, self.pixel, srid)

    @property
    def middle(self) -> tuple[float, float]:
        west, south, east, north = self.bounds
        return (west + east) / 2, (south + north) / 2

    @property
    def resolution_metres(self) -> float:
        return self.pixel_in(settings.STORAGE_SRID)

    @property
    def native_zoom(self) -> int:
        """The first zoom whose tiles of 256 pixels show every pixel."""
        world = 2 * WEB_EXTENT / TILE_PIXELS
        return max(0, min(Tile.MAX_ZOOM, math.ceil(math.log2(world / self.pixel_in(WEB_MERCATOR)) - 0.05)))

    def bounds_lonlat(self) -> tuple[float, float, float, float]:
        """In degrees, whole of it inside."""
        found = way(self.crs, CRS84).transform_bounds(*self.bounds)
        west, south, east, north = (float(value) for value in found)
        return max(west, -180.0), max(south, -85.0), min(east, 180.0), min(north, 85.0)


def survey_of(raster: Raster) -> Survey:
    """Raises RasterFileMissing."""
    path = path_of(raster)
    state = path.stat()
    try:
        return _survey(str(path), state.st_mtime_ns, state.st_size)
    except RASTER_FAILS as error:
        raise unreadable(raster) from error


@lru_cache(maxsize=512)
def _pixel_in(crs: str, middle: tuple[float, float], pixel: float, srid: int) -> float:
    x, y = middle
    (x1, x2, x3), (y1, y2, y3) = way(crs, srid).transform((x, x + pixel, x), (y, y, y + pixel))
    return math.sqrt(math.hypot(x2 - x1, y2 - y1) * math.hypot(x3 - x1, y3 - y1))


@lru_cache(maxsize=256)
def _survey(path: str, _changed: int, _size: int) -> Survey:
    with (
        rasterio.Env(**GDAL_OPTIONS),
        warnings.catch_warnings(),
        rasterio.open(path, driver="GTiff", sharing=False) as dataset,
    ):
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        bands = _bands(dataset)
        sample = _sample(dataset, bands)
        few = np.unique(sample)[: MANY_VALUES + 1]
        low, high = np.percentile(sample, (LOW_PERCENT, HIGH_PERCENT)) if sample.size else (0.0, 0.0)
        return Survey(
            width=dataset.width,
            height=dataset.height,
            bands=bands,
            kind=str(dataset.dtypes[0]),
            nodata=dataset.nodata,
            crs=dataset.crs.to_wkt(),
            bounds=tuple(dataset.bounds),
            pixel=math.sqrt(abs(dataset.transform.determinant)),
            overviews=tuple(dataset.overviews(1)),
            palette=_palette(dataset),
            low=float(low),
            high=float(high),
            values=tuple(few.tolist()) if few.size <= MANY_VALUES else (),
        )


def _bands(dataset: Any) -> tuple[int, ...]:
    """Red, green, blue by their names, else the first three of three or more; one band alone."""
    colours = (ColorInterp.red, ColorInterp.green, ColorInterp.blue)
    if all(colour in dataset.colorinterp for colour in colours):
        return tuple(dataset.colorinterp.index(colour) + 1 for colour in colours)
    plain = [
        index
        for index, colour in zip(dataset.indexes, dataset.colorinterp, strict=True)
        if colour != ColorInterp.alpha
    ]
    return tuple(plain[:3]) if len(plain) >= 3 else tuple(plain[:1])


def _palette(dataset: Any) -> tuple[tuple[int, Rgba], ...]:
    if dataset.colorinterp[0] != ColorInterp.palette:
        return ()
    return tuple(sorted(dataset.colormap(1).items()))


def _sample(dataset: Any, bands: tuple[int, ...]) -> Numbers:
    """The values that an overview shows, scaled, without those that are none."""
    share = min(1.0, SAMPLE_PIXELS / max(dataset.width, dataset.height))
    shape = (len(bands), max(1, round(dataset.height * share)), max(1, round(dataset.width * share)))
    read = dataset.read(bands, out_shape=shape, masked=True)
    values = np.concatenate([scaled(dataset, band, read[at].compressed()) for at, band in enumerate(bands)])
    finite: Numbers = values[np.isfinite(values)]
    return finite


def scaled(dataset: Any, band: int, values: Any) -> Any:
    """The values as the band means them: times its scale, plus its offset."""
    scale, offset = dataset.scales[band - 1], dataset.offsets[band - 1]
    numbers = np.asarray(values, dtype="float64")
    return numbers if (scale, offset) == (1.0, 0.0) else numbers * scale + offset
