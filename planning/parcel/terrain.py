"""The ground of a plot: how high and how steep, read from the part of the terrain raster that it lies on."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.contrib.gis.geos import GEOSGeometry
from numpy.typing import NDArray

from layers.models import Raster
from layers.rasters.warping import INVERSE, way
from municipality.roles import AnyUser
from planning.parcel.shapes import polygons_of

#: Heights are told in these units; pictures and counts have others, or none.
METRES = ("m", "μ", "μ.", "metres", "meters")
MOST_CELLS = 4_000_000
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Ground:
    """Elevation in metres and slope in percent over the cells that the plot touches; `cell_metres` is their width and
    `cells` their number. A slope is that of Horn over the eight neighbours, as hillshades have it."""

    raster: Raster
    lowest: float
    mean: float
    highest: float
    mean_slope: float | None
    steepest: float | None
    cells: int
    cell_metres: float


def ground_of(shape: GEOSGeometry, user: AnyUser) -> Ground | None:
    """From the first raster of heights around the whole plot; None without one, or where it knows nothing."""
    rasters = Raster.objects.visible_to(user).filter(unit__in=METRES, extent__contains=shape)
    raster = rasters.order_by("slug").first()
    if raster is None or not Path(raster.file.path).is_file():
        return None
    return _read(raster, shape)


def _read(raster: Raster, shape: GEOSGeometry) -> Ground | None:
    import rasterio
    from rasterio.features import geometry_mask
    from rasterio.windows import Window, from_bounds
    from rasterio.windows import transform as transform_of

    with rasterio.open(raster.file.path) as data:
        outline = {"type": "MultiPolygon", "coordinates": _coordinates(shape, data.crs)}
        exact = from_bounds(*_bounds(outline), transform=data.transform)
        left, top = int(np.floor(exact.col_off)) - 1, int(np.floor(exact.row_off)) - 1
        right, low = (
            int(np.ceil(exact.col_off + exact.width)) + 1,
            int(np.ceil(exact.row_off + exact.height)) + 1,
        )
        window = Window(left, top, right - left, low - top)
        if window.width * window.height > MOST_CELLS:
            return None
        heights = data.read(1, window=window, boundless=True, masked=True).astype(float).filled(np.nan)
        where = transform_of(window, data.transform)
        touched = geometry_mask([outline], heights.shape, where, all_touched=True, invert=True)
        cell = abs(float(data.transform.a))
        slopes = _slopes(heights, cell, abs(float(data.transform.e))) if data.crs.is_projected else None
    return _ground(raster, heights[touched], slopes[touched] if slopes is not None else None, cell)


def _ground(raster: Raster, heights: Floats, slopes: Floats | None, cell: float) -> Ground | None:
    known = heights[np.isfinite(heights)]
    steep = slopes[np.isfinite(slopes)] if slopes is not None else np.array([])
    if not known.size:
        return None
    return Ground(
        raster=raster,
        lowest=float(known.min()),
        mean=float(known.mean()),
        highest=float(known.max()),
        mean_slope=float(steep.mean()) if steep.size else None,
        steepest=float(steep.max()) if steep.size else None,
        cells=int(known.size),
        cell_metres=cell,
    )


def _slopes(heights: Floats, width: float, height: float) -> Floats:
    """Percent, by Horn's weights; not a number at the rim and beside cells without a height."""
    h = heights
    slopes = np.full(h.shape, np.nan)
    east = (h[:-2, 2:] + 2 * h[1:-1, 2:] + h[2:, 2:]) - (h[:-2, :-2] + 2 * h[1:-1, :-2] + h[2:, :-2])
    south = (h[2:, :-2] + 2 * h[2:, 1:-1] + h[2:, 2:]) - (h[:-2, :-2] + 2 * h[:-2, 1:-1] + h[:-2, 2:])
    slopes[1:-1, 1:-1] = 100 * np.hypot(east / (8 * width), south / (8 * height))
    return slopes


def _coordinates(shape: GEOSGeometry, crs: Any) -> list[Any]:
    """The rings in the system of the raster, the shift of the datum not forgotten."""
    rings = [[np.array(ring.coords)[:, :2] for ring in polygon] for polygon in polygons_of(shape)]
    if crs.to_epsg() == shape.srid:
        return [[ring.tolist() for ring in polygon] for polygon in rings]
    there = way(crs.to_wkt(), shape.srid)

    def moved(ring: Floats) -> list[Any]:
        return list(zip(*there.transform(ring[:, 0], ring[:, 1], direction=INVERSE), strict=True))

    return [[moved(ring) for ring in polygon] for polygon in rings]


def _bounds(outline: Any) -> tuple[float, float, float, float]:
    corners = np.array(
        [p for polygon in outline["coordinates"] for ring in polygon for p in ring], dtype=float
    )
    (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
    return float(west), float(south), float(east), float(north)
