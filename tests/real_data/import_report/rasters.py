"""A stored raster beside the file it came from, both read by rasterio."""

from pathlib import Path

import numpy as np
import rasterio

from layers.models import Raster


def unlike_raster(path: Path, slug: str) -> list[str]:
    """Nothing when size, bands, kind of number, nodata, place and every pixel are the same."""
    stored = Raster.objects.get(slug=slug)
    with rasterio.open(path) as theirs, rasterio.open(stored.file.path) as ours:
        found = [
            f"{name} {getattr(ours, name)}, the file has {getattr(theirs, name)}"
            for name in ("width", "height", "count", "dtypes")
            if getattr(ours, name) != getattr(theirs, name)
        ]
        if not found and not np.array_equal(
            ours.read(), theirs.read(), equal_nan=theirs.dtypes[0].startswith("f")
        ):
            found.append("pixels differ")
    return found
