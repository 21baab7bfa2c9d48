"""A piece of a raster as a GeoTIFF: its own pixels in its own system, warped ones in another, never too many."""

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rasterio
from affine import Affine
from django.utils.translation import gettext as _
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.enums import ColorInterp, MaskFlags, Resampling
from rasterio.windows import Window

from core.geo import CRS84
from layers.exports.systems import System, system_named, systems
from layers.models import Raster
from layers.rasters.errors import BadClipBox, ClipTooLarge, NothingToClip, UnknownClipSystem
from layers.rasters.opening import opened
from layers.rasters.spec import Kind, spec_of
from layers.rasters.survey import Survey, survey_of
from layers.rasters.warping import INVERSE, warped, way

MOST_PIXELS = 25_000_000
PIECE = 1024
Box = tuple[float, float, float, float]
Read = Callable[[Window], tuple[NDArray[Any], NDArray[Any] | None]]


@dataclass(frozen=True)
class Clip:
    """What to cut out: `transform` and size in pixels in `system`; `window` of the raster's own pixels where that is
    its own system too, so that they are copied as they are."""

    raster: Raster
    system: System
    transform: Affine
    width: int
    height: int
    window: Window | None


def box_from(text: str) -> Box:
    """West, south, east and north in degrees. Raises BadClipBox."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise BadClipBox(given=text[:80]) from error
    is_box = all(map(math.isfinite, (west, south, east, north))) and west < east and south < north
    if not is_box or west < -180 or east > 180 or south < -90 or north > 90:
        raise BadClipBox(given=text[:80])
    return west, south, east, north


def system_from(text: str) -> System:
    """As downloads name it; the storage CRS when nothing is asked. Raises UnknownClipSystem."""
    found = system_named(text) if text else next(one for one in systems().values() if one.is_storage)
    if found is None:
        raise UnknownClipSystem(given=text[:40], known=", ".join(systems()))
    return found


def clip_of(raster: Raster, box: Box, system: System) -> Clip:
    """The part of the raster inside the box (degrees). Raises NothingToClip, ClipTooLarge, RasterFileMissing."""
    survey = survey_of(raster)
    is_own = CRS.from_wkt(survey.crs) == CRS.from_epsg(system.srid)
    with opened(raster) as dataset:
        grid = dataset.transform if is_own else _grid(survey, system)
    inside = _inside(survey, system, box, raster)
    columns, rows = zip(
        *(~grid @ corner for corner in ((inside[0], inside[3]), (inside[2], inside[1]))), strict=True
    )
    left, right = math.floor(min(columns) + 1e-6), math.ceil(max(columns) - 1e-6)
    top, bottom = math.floor(min(rows) + 1e-6), math.ceil(max(rows) - 1e-6)
    width, height = right - left, bottom - top
    if width < 1 or height < 1:
        raise NothingToClip(title=raster)
    if width * height > MOST_PIXELS:
        raise ClipTooLarge(given=math.ceil(width * height / 1e6), most=MOST_PIXELS // 1_000_000)
    window = Window(left, top, width, height) if is_own else None
    return Clip(raster, system, grid @ Affine.translation(left, top), width, height, window)


def write_clip(clip: Clip, path: Path) -> None:
    """Write the GeoTIFF, piece by piece."""
    with opened(clip.raster) as dataset, _reader(clip, dataset) as (read, profile):
        options = {"GDAL_TIFF_INTERNAL_MASK": True}
        with rasterio.Env(**options), rasterio.open(path, "w", **profile) as out:
            _describe(dataset, out, clip.raster)
            for window in _windows(clip.width, clip.height):
                values, mask = read(window)
                out.write(values, window=window)
                if mask is not None:
                    out.write_mask(mask, window=window)


@contextmanager
def _reader(clip: Clip, dataset: Any) -> Iterator[tuple[Read, dict[str, Any]]]:
    nodata = dataset.nodata
    if nodata is None and str(dataset.dtypes[0]).startswith("float"):
        nodata = math.nan
    profile = {
        "driver": "GTiff",
        "width": clip.width,
        "height": clip.height,
        "count": dataset.count,
        "dtype": dataset.dtypes[0],
        "crs": dataset.crs if clip.window is not None else CRS.from_epsg(clip.system.srid),
        "transform": clip.transform,
        "nodata": nodata,
        "compress": "deflate",
        "tiled": True,
        "blockxsize": 512,
        "blockysize": 512,
        "bigtiff": "IF_SAFER",
    }
    if clip.window is not None:
        yield _own_pixels(dataset, clip.window), profile
        return
    has_alpha = ColorInterp.alpha in dataset.colorinterp
    how = {} if has_alpha else {"add_alpha": True} if nodata is None else {"nodata": nodata}
    size = clip.width, clip.height
    how_read = _resampling(clip.raster)
    with warped(dataset, clip.transform, size, clip.system.srid, how_read, **how) as piece:
        yield _warped_pixels(piece, dataset.count, with_mask=nodata is None and not has_alpha), profile


def _own_pixels(dataset: Any, whole: Window) -> Read:
    has_mask = (
        MaskFlags.per_dataset in dataset.mask_flag_enums[0] and ColorInterp.alpha not in dataset.colorinterp
    )

    def read(window: Window) -> tuple[NDArray[Any], NDArray[Any] | None]:
        own = Window(
            whole.col_off + window.col_off, whole.row_off + window.row_off, window.width, window.height
        )
        return dataset.read(window=own), dataset.read_masks(1, window=own) if has_mask else None

    return read


def _warped_pixels(piece: Any, count: int, *, with_mask: bool) -> Read:
    bands = list(range(1, count + 1))

    def read(window: Window) -> tuple[NDArray[Any], NDArray[Any] | None]:
        return piece.read(bands, window=window), piece.dataset_mask(window=window) if with_mask else None

    return read


def _describe(dataset: Any, out: Any, raster: Raster) -> None:
    out.colorinterp = dataset.colorinterp
    out.descriptions = dataset.descriptions
    out.scales, out.offsets = dataset.scales, dataset.offsets
    if dataset.colorinterp[0] == ColorInterp.palette:
        out.write_colormap(1, dataset.colormap(1))
    out.update_tags(
        TIFFTAG_IMAGEDESCRIPTION=str(raster), TIFFTAG_COPYRIGHT=raster.licence or _("see README.txt")
    )


def _resampling(raster: Raster) -> Resampling:
    return Resampling.nearest if spec_of(raster).kind is Kind.CLASSES else Resampling.bilinear


def _grid(survey: Survey, system: System) -> Affine:
    """Pixels as large as those of the raster, at round multiples of their size."""
    pixel = survey.pixel_in(system.srid)
    return Affine(pixel, 0, 0, 0, -pixel, 0)


def _inside(survey: Survey, system: System, box: Box, raster: Raster) -> Box:
    """What of the box is in the raster, in units of the system."""
    there = way(survey.crs, system.srid).transform_bounds(*survey.bounds)
    asked = way(system.code, CRS84).transform_bounds(*box, direction=INVERSE)
    west, south = max(there[0], asked[0]), max(there[1], asked[1])
    east, north = min(there[2], asked[2]), min(there[3], asked[3])
    if not (west < east and south < north):
        raise NothingToClip(title=raster)
    return west, south, east, north


def _windows(width: int, height: int) -> Iterator[Window]:
    for top in range(0, height, PIECE):
        for left in range(0, width, PIECE):
            yield Window(left, top, min(PIECE, width - left), min(PIECE, height - top))
