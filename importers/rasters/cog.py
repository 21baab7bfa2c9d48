"""A raster becomes a cloud-optimised GeoTIFF, block by block: same pixels, no data, palette, names and masks."""

import warnings
from pathlib import Path
from typing import Any

import rasterio
import rasterio.shutil
from affine import Affine
from rasterio.enums import ColorInterp, MaskFlags
from rasterio.errors import NotGeoreferencedWarning
from rasterio.windows import Window

from importers.errors import BrokenFile
from importers.rasters.opening import GDAL_OPTIONS, RASTER_FAILS

PIECE = 2048
COG_OPTIONS = {
    "driver": "COG",
    "COMPRESS": "DEFLATE",
    "LEVEL": "6",
    "BLOCKSIZE": "512",
    "BIGTIFF": "IF_SAFER",
    "NUM_THREADS": "2",
    "STATISTICS": "NO",
}


def write_cog(dataset: Any, target: Path, *, crs: str, transform: Affine, replace: bool) -> None:
    """Write the open dataset to `target`, whose folder is for temporary files too. `replace`: `crs` (WKT) and
    `transform` are not those of the dataset. Raises BrokenFile where it cannot be read to its end."""
    try:
        with rasterio.Env(**GDAL_OPTIONS), warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            if replace:
                plain = target.with_suffix(".plain.tif")
                _copy_placed(dataset, plain, crs, transform)
                with rasterio.open(plain, driver="GTiff", sharing=False) as placed:
                    rasterio.shutil.copy(placed, target, **_options(placed))
                plain.unlink()
            else:
                rasterio.shutil.copy(dataset, target, **_options(dataset))
            _check(dataset, target)
    except RASTER_FAILS as error:
        raise BrokenFile(file=Path(dataset.name).name, row=0) from error


def _options(dataset: Any) -> dict[str, str]:
    """Overviews of measured things are averages; of codes and palettes the nearest, since there is nothing between
    two codes."""
    has_palette = dataset.colorinterp[0] == ColorInterp.palette
    is_measured = not has_palette and (dataset.count >= 3 or str(dataset.dtypes[0]).startswith("float"))
    return {
        **COG_OPTIONS,
        "PREDICTOR": "NO" if has_palette else "YES",
        "OVERVIEW_RESAMPLING": "AVERAGE" if is_measured else "NEAREST",
    }


def _copy_placed(dataset: Any, plain: Path, crs: str, transform: Affine) -> None:
    """The same pixels where the file itself does not say where they are."""
    profile = {
        "driver": "GTiff",
        "width": dataset.width,
        "height": dataset.height,
        "count": dataset.count,
        "dtype": dataset.dtypes[0],
        "nodata": dataset.nodata,
        "crs": crs,
        "transform": transform,
        "tiled": True,
        "blockxsize": 512,
        "blockysize": 512,
        "bigtiff": "IF_SAFER",
    }
    with rasterio.open(plain, "w", **profile) as out:
        out.colorinterp = dataset.colorinterp
        out.descriptions = dataset.descriptions
        if dataset.colorinterp[0] == ColorInterp.palette:
            out.write_colormap(1, dataset.colormap(1))
        has_mask = (
            MaskFlags.per_dataset in dataset.mask_flag_enums[0]
            and MaskFlags.alpha not in dataset.mask_flag_enums[0]
        )
        for window in _windows(dataset):
            out.write(dataset.read(window=window), window=window)
            if has_mask:
                out.write_mask(dataset.read_masks(1, window=window), window=window)


def _windows(dataset: Any) -> list[Window]:
    """Pieces of at most PIECE × PIECE pixels; full rows where the file is written in rows."""
    return [
        Window(left, top, min(PIECE, dataset.width - left), min(PIECE, dataset.height - top))
        for top in range(0, dataset.height, PIECE)
        for left in range(0, dataset.width, PIECE)
    ]


def _check(dataset: Any, target: Path) -> None:
    with rasterio.open(target, driver="GTiff", sharing=False) as written:
        for name in ("width", "height", "count", "dtypes"):
            if getattr(written, name) != getattr(dataset, name):
                raise OSError(f"{name} is not the same")
