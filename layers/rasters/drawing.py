"""A raster as a picture: any named look, any place, any size."""

from typing import Any

import numpy as np
from rasterio.enums import Resampling

from core.geo import Tile
from layers.models import Raster
from layers.rasters.looks import Look, Picture
from layers.rasters.reading import Frame, read_frame
from layers.rasters.spec import spec_of
from layers.rasters.survey import survey_of
from layers.rasters.warping import way

QUALITY = 82


def drawn(raster: Raster, look: Look, frame: Frame) -> Picture:
    """Red, green, blue and alpha, 4 × height × width; nothing (alpha 0) outside the raster and where it has no value.
    Raises RasterTooCostly, RasterFileMissing."""
    wide = frame.grown(look.border) if look.border else frame
    values = read_frame(raster, wide, _resampling(raster, look, frame))
    return look.draw(values, frame, spec_of(raster))


def encoded(picture: Picture, format: str, *, lossless: bool) -> bytes:
    """`format` is png or webp."""
    from rio_tiler.utils import render  # slow to load, and no page needs it

    how: dict[str, Any] = {"img_format": "PNG", "ZLEVEL": 4}
    if format == "webp":
        how = {"img_format": "WEBP", **({"LOSSLESS": "TRUE"} if lossless else {"QUALITY": QUALITY})}
    return bytes(render(picture[:3], picture[3], **how))


def tile_image(raster: Raster, look: Look, tile: Tile, pixels: int, format: str) -> bytes:
    """The tile, b"" where nothing of the raster is in it."""
    if not reaches(raster, Frame.of_tile(tile, pixels)):
        return b""
    picture = drawn(raster, look, Frame.of_tile(tile, pixels))
    return encoded(picture, format, lossless=look.lossless) if np.any(picture[3]) else b""


def reaches(raster: Raster, frame: Frame) -> bool:
    """May the raster have a pixel in the frame?"""
    survey = survey_of(raster)
    west, south, east, north = way(survey.crs, frame.srid).transform_bounds(*survey.bounds)
    box = frame.bounds
    return bool(west < box[2] and east > box[0] and south < box[3] and north > box[1])


def _resampling(raster: Raster, look: Look, frame: Frame) -> Resampling:
    if look.nearest:
        return Resampling.nearest
    enlarges = frame.pixel < survey_of(raster).pixel_in(frame.srid)
    return Resampling.cubic_spline if look.smooth and enlarges else Resampling.bilinear
