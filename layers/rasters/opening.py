"""Open the file of a raster and nothing else: one driver, no neighbours, no network, bounded memory."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import rasterio
from django.conf import settings
from rasterio._err import CPLE_BaseError
from rasterio.errors import NotGeoreferencedWarning, RasterioError

from layers.models import Raster
from layers.rasters.errors import RasterFileMissing

CACHE_BYTES = 64 << 20
GDAL_OPTIONS: dict[str, Any] = {
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "GDAL_PAM_ENABLED": "NO",
    "GDAL_GEOREF_SOURCES": "INTERNAL",
    "GDAL_CACHEMAX": CACHE_BYTES,
    "GDAL_HTTP_MAX_RETRY": "0",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "PROJ_NETWORK": "OFF",
}
RASTER_FAILS = (RasterioError, CPLE_BaseError, OSError)
# What goes wrong is told by exceptions; the rest is talk.
logging.getLogger("rasterio").setLevel(logging.CRITICAL)
logger = logging.getLogger(__name__)


def path_of(raster: Raster) -> Path:
    """The file of the raster: a plain file inside the media folder. Raises RasterFileMissing."""
    home = Path(settings.MEDIA_ROOT).resolve()
    path = (home / str(raster.file.name)).resolve()
    if not path.is_relative_to(home) or not path.is_file():
        logger.error("the file %s of the raster %s is not there", raster.file.name, raster.slug)
        raise RasterFileMissing(title=raster)
    return path


@contextmanager
def opened(raster: Raster, overview: int | None = None) -> Iterator[Any]:
    """The raster as a rasterio dataset; with `overview`, that of its overviews (0 is the finest) instead of its own
    pixels. Raises RasterFileMissing, also where reading inside fails."""
    path = path_of(raster)
    options = {} if overview is None else {"overview_level": overview}
    try:
        with rasterio.Env(**GDAL_OPTIONS), warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            with rasterio.open(path, driver="GTiff", sharing=False, **options) as dataset:
                yield dataset
    except RASTER_FAILS as error:
        raise unreadable(raster) from error


def unreadable(raster: Raster) -> RasterFileMissing:
    """The refusal of a file that breaks while it is read; why is in the log."""
    logger.exception("the file of the raster %s cannot be read", raster.slug)
    return RasterFileMissing(title=raster)
