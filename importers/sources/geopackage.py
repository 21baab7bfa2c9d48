"""GeoPackages, checked before GDAL sees them."""

from pathlib import Path

from importers.encodings import Encoding
from importers.errors import NotWhatItSays
from importers.sources.base import ReadOptions, Source
from importers.sources.signatures import GEOPACKAGE
from importers.sources.streamed import StreamedSource

SQLITE_MAGIC = b"SQLite format 3\x00"


def open_geopackage(path: Path, options: ReadOptions) -> Source:
    check_geopackage(path)
    return StreamedSource(path, GEOPACKAGE, options, Encoding("utf-8"))


def check_geopackage(path: Path) -> None:
    """Raise unless the file is SQLite and as long as its header says."""
    with path.open("rb") as file:
        head = file.read(100)
    if len(head) < 100 or not head.startswith(SQLITE_MAGIC):
        raise NotWhatItSays(file=path.name, format=GEOPACKAGE.title)
    page = int.from_bytes(head[16:18], "big")
    pages = int.from_bytes(head[28:32], "big")
    if path.stat().st_size < (65536 if page == 1 else page) * pages:
        raise NotWhatItSays(file=path.name, format=GEOPACKAGE.title)
