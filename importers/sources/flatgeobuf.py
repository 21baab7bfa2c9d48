"""FlatGeobuf, checked before GDAL sees it."""

from pathlib import Path

from importers.errors import NotWhatItSays
from importers.sources.arrow import ArrowSource
from importers.sources.base import ReadOptions, Source
from importers.sources.signatures import FLATGEOBUF

# The eighth byte is the patch level.
MAGIC = b"fgb\x03fgb"


def open_flatgeobuf(path: Path, options: ReadOptions) -> Source:
    with path.open("rb") as file:
        head = file.read(12)
    header = int.from_bytes(head[8:12], "little")
    if not head.startswith(MAGIC) or path.stat().st_size < 12 + header:
        raise NotWhatItSays(file=path.name, format=FLATGEOBUF.title)
    return ArrowSource(path, FLATGEOBUF, options)
