"""GeoPackages, checked before GDAL sees them."""

from pathlib import Path

from importers.encodings import Encoding
from importers.sources.base import ReadOptions, Source
from importers.sources.signatures import GEOPACKAGE
from importers.sources.sqlite_file import check_sqlite
from importers.sources.streamed import StreamedSource


def open_geopackage(path: Path, options: ReadOptions) -> Source:
    check_sqlite(path, GEOPACKAGE.title)
    return StreamedSource(path, GEOPACKAGE, options, Encoding("utf-8"))
