"""The ground as a raster: heights on a grid of 20 metres, as a cloud-optimised GeoTIFF."""

from pathlib import Path

import numpy as np
import rasterio
import shapely
from rasterio.transform import from_origin

from .areas import home
from .frame import Floats
from .landscape import height, inland_metres

STEP = 20.0
NO_DATA = -9999.0
EPSG = 2100


def heights() -> tuple[Floats, float, float]:
    """Rows from north to south of heights in metres around the municipality, and the west and north edge."""
    west, south, east, north = home().buffer(400).bounds
    west, north = STEP * (west // STEP), STEP * (north // STEP + 1)
    columns, rows = int((east - west) / STEP) + 1, int((north - south) / STEP) + 1
    x, y = np.meshgrid(west + STEP * (np.arange(columns) + 0.5), north - STEP * (np.arange(rows) + 0.5))
    ground = height(x, y)
    ground[inland_metres(x, y) < 0] = NO_DATA
    return ground, west, north


def write_terrain(path: Path) -> shapely.Polygon:
    """Write the raster to `path` and return its extent (EPSG:2100)."""
    ground, west, north = heights()
    rows, columns = ground.shape
    path.parent.mkdir(parents=True, exist_ok=True)
    with rasterio.open(
        path,
        "w",
        driver="COG",
        width=columns,
        height=rows,
        count=1,
        dtype="float32",
        crs=f"EPSG:{EPSG}",
        transform=from_origin(west, north, STEP, STEP),
        nodata=NO_DATA,
        compress="deflate",
        predictor=3,
    ) as raster:
        raster.write(ground.astype("float32"), 1)
    return shapely.box(west, north - rows * STEP, west + columns * STEP, north)
