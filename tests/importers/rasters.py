"""Small rasters made on the spot; positions as in `tests.factories.at`."""

import struct
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from rasterio.errors import NotGeoreferencedWarning
from rasterio.transform import from_origin

from tests.factories.places import SOUTH, WEST

STEP = 10.0
PLACED = from_origin(WEST, SOUTH + 1000, STEP, STEP)


def heights(width: int = 60, height: int = 40) -> Any:
    """Metres rising to the east, one pixel unknown."""
    values = np.tile(np.arange(width, dtype="float32"), (height, 1))
    values[0, 0] = -9999
    return values


def write_raster(path: Path, bands: Any, *, driver: str = "GTiff", **options: Any) -> Path:
    """A raster of these values, rows × columns or bands × rows × columns."""
    values = np.asarray(bands)
    values = values[np.newaxis] if values.ndim == 2 else values
    count, height, width = values.shape
    profile = {"crs": "EPSG:2100", "transform": PLACED, **options}
    palette = profile.pop("palette", None)
    descriptions = profile.pop("descriptions", None)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with rasterio.open(
            path, "w", driver=driver, width=width, height=height, count=count, dtype=values.dtype, **profile
        ) as out:
            out.write(values)
            if palette:
                out.write_colormap(1, palette)
            for band, text in enumerate(descriptions or (), start=1):
                out.set_band_description(band, text)
    return path


def write_claim(path: Path, width: int, height: int) -> Path:
    """A TIFF of some bytes whose header declares this many pixels."""
    entries = [(256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1)]
    entries += [(273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, 100)]
    head = struct.pack("<2sHI", b"II", 42, 8) + struct.pack("<H", len(entries))
    body = b"".join(struct.pack("<HHII", *entry) for entry in entries)
    path.write_bytes(head + body + struct.pack("<I", 0) + bytes(100))
    return path
