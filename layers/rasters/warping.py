"""From the system of a raster to another, the shift of the datum never forgotten.

A raster may lie on a datum that PROJ knows only by its way to WGS 84. GDAL then goes straight to the Greek Grid as if
nothing lay between, 300 metres off; here such a raster goes through WGS 84.
"""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from typing import Any, Protocol

import pyproj
from affine import Affine
from pyproj.enums import TransformDirection
from pyproj.exceptions import ProjError
from rasterio.crs import CRS
from rasterio.enums import Resampling
from rasterio.vrt import WarpedVRT

from core.geo import CRS84, WEB_MERCATOR

# How far, in pixels of the raster, a straight line may stand for the exact projection.
TOLERANCE = 0.02
FORWARD, INVERSE = TransformDirection.FORWARD, TransformDirection.INVERSE


class Way(Protocol):
    """Longitude or easting first on both sides."""

    def transform(self, x: Any, y: Any, *, direction: TransformDirection = FORWARD) -> Any: ...

    def transform_bounds(
        self, west: float, south: float, east: float, north: float, *, direction: TransformDirection = FORWARD
    ) -> tuple[float, float, float, float]: ...


class ThroughDegrees:
    """Two ways one after the other, by way of WGS 84."""

    def __init__(self, crs: str, srid: int) -> None:
        self.there = _direct(crs, CRS84)
        self.onwards = _direct("OGC:CRS84", srid)

    def transform(self, x: Any, y: Any, *, direction: TransformDirection = FORWARD) -> Any:
        first, then = self._order(direction)
        return then.transform(*first.transform(x, y, direction=direction), direction=direction)

    def transform_bounds(
        self, west: float, south: float, east: float, north: float, *, direction: TransformDirection = FORWARD
    ) -> tuple[float, float, float, float]:
        first, then = self._order(direction)
        between = first.transform_bounds(west, south, east, north, direction=direction)
        found: tuple[float, float, float, float] = then.transform_bounds(*between, direction=direction)
        return found

    def _order(self, direction: TransformDirection) -> tuple[pyproj.Transformer, pyproj.Transformer]:
        ways = (self.there, self.onwards)
        return ways if direction == FORWARD else ways[::-1]


@lru_cache(maxsize=256)
def way(crs: str, srid: int) -> Way:
    """From a system (WKT or a name) to another; raises ProjError where there is none that is exact."""
    return _direct(crs, srid) if is_direct(crs, srid) else ThroughDegrees(crs, srid)


@lru_cache(maxsize=256)
def is_direct(crs: str, srid: int) -> bool:
    try:
        _direct(crs, srid)
    except ProjError:
        return False
    return True


def _direct(crs: str, srid: int) -> pyproj.Transformer:
    target = "OGC:CRS84" if srid == CRS84 else f"EPSG:{srid}"
    return pyproj.Transformer.from_crs(crs, target, always_xy=True, allow_ballpark=False)


@contextmanager
def warped(
    dataset: Any, grid: Affine, size: tuple[int, int], srid: int, resampling: Resampling, **how: Any
) -> Iterator[Any]:
    """The dataset on another grid (width and height in pixels, units of `srid`), read when asked for. `how` goes to
    rasterio's WarpedVRT."""
    common = {"resampling": resampling, "tolerance": TOLERANCE, **how}
    crs = dataset.crs.to_wkt()
    with ExitStack() as stack:
        source = dataset
        if not is_direct(crs, srid):
            between = _mercator_grid(grid, size, srid)
            source = stack.enter_context(
                WarpedVRT(dataset, crs=CRS.from_epsg(WEB_MERCATOR), **between, **common)
            )
            common.pop("add_alpha", None)
        width, height = size
        yield stack.enter_context(
            WarpedVRT(source, crs=CRS.from_epsg(srid), transform=grid, width=width, height=height, **common)
        )


def _mercator_grid(grid: Affine, size: tuple[int, int], srid: int) -> dict[str, Any]:
    """Web Mercator around the same place, with pixels half as wide."""
    width, height = size
    (west, north), (east, south) = grid @ (-2, -2), grid @ (width + 2, height + 2)
    left, bottom, right, top = way("EPSG:3857", srid).transform_bounds(
        min(west, east), min(south, north), max(west, east), max(south, north), direction=INVERSE
    )
    across, down = 2 * (width + 4), 2 * (height + 4)
    transform = Affine((right - left) / across, 0, left, 0, (bottom - top) / down, top)
    return {"transform": transform, "width": across, "height": down}
