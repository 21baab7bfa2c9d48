"""Values of a raster at positions: of the cell that holds one, or between the middles of the four cells around."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from layers.models import Raster
from layers.rasters.opening import opened
from layers.rasters.survey import scaled, survey_of
from layers.rasters.warping import INVERSE, way

Numbers = NDArray[np.float64]


def cell_values(raster: Raster, x: float, y: float, srid: int) -> list[float] | None:
    """What the cell at this position (in the units of `srid`) says, band by band; None outside the raster and where it
    has no value. Raises RasterFileMissing."""
    survey = survey_of(raster)
    with opened(raster) as dataset:
        [column], [row] = _cells(dataset, survey.crs, [x], [y], srid)
        found = _read(dataset, survey.bands, column - 0.5, row - 0.5, 1)
    return None if np.isnan(found).all() else [float(value) for value in found[:, 0, 0]]


def values_between(raster: Raster, xs: Sequence[float], ys: Sequence[float], srid: int) -> list[float | None]:
    """The first band at these positions, weighted between the middles of the cells around each; where one of those has
    no value, what the cell itself says. One small read a position: the blocks of the file are kept meanwhile."""
    survey = survey_of(raster)
    with opened(raster) as dataset:
        columns, rows = _cells(dataset, survey.crs, xs, ys, srid)
        found = [
            _between(dataset, survey.bands[:1], column, row)
            for column, row in zip(columns, rows, strict=True)
        ]
    return [None if np.isnan(value) else float(value) for value in found]


def _cells(
    dataset: Any, crs: str, xs: Sequence[float], ys: Sequence[float], srid: int
) -> tuple[Numbers, Numbers]:
    """Columns and rows, with fractions, from the outer corner of the first cell."""
    across, down = way(crs, srid).transform(np.asarray(xs), np.asarray(ys), direction=INVERSE)
    columns, rows = ~dataset.transform @ (across, down)
    return np.asarray(columns, dtype="float64"), np.asarray(rows, dtype="float64")


def _between(dataset: Any, bands: tuple[int, ...], column: float, row: float) -> float:
    if not (np.isfinite(column) and np.isfinite(row)):
        return float("nan")
    left, top = np.floor(column - 0.5), np.floor(row - 0.5)
    across, down = column - 0.5 - left, row - 0.5 - top
    cells = _read(dataset, bands, left, top, 2)[0]
    weights = np.outer((1 - down, down), (1 - across, across))
    if np.isnan(cells[weights > 0]).any():
        return float(_read(dataset, bands, column - 0.5, row - 0.5, 1)[0, 0, 0])
    return float(np.nansum(cells * weights))


def _read(dataset: Any, bands: tuple[int, ...], left: float, top: float, side: int) -> Numbers:
    """Bands × side × side values from the cell (left, top) on, NaN outside the raster. `left` and `top` are rounded to
    the nearest cell."""
    found = np.full((len(bands), side, side), np.nan)
    if not (np.isfinite(left) and np.isfinite(top)):
        return found
    # Whatever lies far away is as far as anything outside.
    column, row = int(np.clip(np.rint(left), -9, 1e9)), int(np.clip(np.rint(top), -9, 1e9))
    first, last = max(column, 0), min(column + side, dataset.width)
    upper, lower = max(row, 0), min(row + side, dataset.height)
    if first >= last or upper >= lower:
        return found
    read = dataset.read(bands, window=Window(first, upper, last - first, lower - upper), masked=True)
    for at, band in enumerate(bands):
        values = scaled(dataset, band, read[at].astype("float64").filled(np.nan))
        found[at, upper - row : lower - row, first - column : last - column] = values
    return found
