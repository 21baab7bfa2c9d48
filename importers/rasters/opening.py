"""Open a raster by the one driver that its extension and first bytes promise; nothing beside it is looked at."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import rasterio
from rasterio._err import CPLE_BaseError
from rasterio.errors import NotGeoreferencedWarning, RasterioError

from importers.errors import FileMissing, KeptInParts, NotWhatItSays, UnknownFormat

CACHE_BYTES = 64 << 20
GDAL_OPTIONS: dict[str, Any] = {
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "GDAL_PAM_ENABLED": "NO",
    "GDAL_GEOREF_SOURCES": "INTERNAL",
    "GDAL_CACHEMAX": CACHE_BYTES,
    "GDAL_ERROR_ON_LIBJPEG_WARNING": "TRUE",
    "GDAL_HTTP_MAX_RETRY": "0",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
}
RASTER_FAILS = (RasterioError, CPLE_BaseError, OSError, ValueError)
# What goes wrong is told by exceptions; the rest is talk.
logging.getLogger("rasterio").setLevel(logging.CRITICAL)
HEAD_BYTES, PIECE_BYTES = 64, 1 << 20
# How an ERDAS file names others that hold its pixels or overviews.
ERDAS_REFERENCES = (b"ExternalRasterDMS", b"RRDNamesList", b"Eimg_DependentFile")


@dataclass(frozen=True)
class Kind:
    """A format: what its files begin with (any of these), and the driver that reads it."""

    driver: str
    extensions: tuple[str, ...]
    starts: tuple[bytes, ...]


KINDS = (
    Kind("GTiff", (".tif", ".tiff"), (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+")),
    Kind("AAIGrid", (".asc",), (b"ncols", b"nrows", b"xll", b"yll", b"cellsize", b"dx", b"dy")),
    Kind("PNG", (".png",), (b"\x89PNG\r\n\x1a\n",)),
    Kind("JPEG", (".jpg", ".jpeg"), (b"\xff\xd8\xff",)),
    Kind("JP2OpenJPEG", (".jp2", ".j2k"), (b"\0\0\0\x0cjP  ", b"\xff\x4f\xff\x51")),
    Kind("HFA", (".img",), (b"EHFA_HEADER_TAG",)),
)


def known_raster_extensions() -> str:
    return ", ".join(extension for kind in KINDS for extension in kind.extensions)


@contextmanager
def opened(path: Path) -> Iterator[Any]:
    """The raster as a rasterio dataset. Raises FileMissing, UnknownFormat, NotWhatItSays, KeptInParts."""
    kind = _kind(path)
    try:
        with rasterio.Env(**GDAL_OPTIONS), warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            dataset = rasterio.open(path, driver=kind.driver, sharing=False)
    except RASTER_FAILS as error:
        raise NotWhatItSays(file=path.name, format=kind.driver) from error
    with dataset, rasterio.Env(**GDAL_OPTIONS):
        yield dataset


def _kind(path: Path) -> Kind:
    if not path.is_file():
        raise FileMissing(file=str(path))
    kind = next((kind for kind in KINDS if path.suffix.lower() in kind.extensions), None)
    if kind is None:
        raise UnknownFormat(file=path.name, known=known_raster_extensions())
    with path.open("rb") as file:
        head = file.read(HEAD_BYTES)
    if kind.driver == "AAIGrid":
        head = head.lstrip().lower()
    if not head.startswith(kind.starts):
        raise NotWhatItSays(file=path.name, format=kind.driver)
    if kind.driver == "HFA" and _names_others(path):
        raise KeptInParts(file=path.name)
    return kind


def _names_others(path: Path) -> bool:
    longest = max(map(len, ERDAS_REFERENCES))
    with path.open("rb") as file:
        before = b""
        while piece := file.read(PIECE_BYTES):
            if any(reference in before + piece for reference in ERDAS_REFERENCES):
                return True
            before = piece[-longest:]
    return False
