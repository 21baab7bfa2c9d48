"""File geodatabases: a folder of tables, looked over before GDAL sees it."""

from pathlib import Path

from importers.errors import NotWhatItSays
from importers.sources.archive_names import CATALOGUE
from importers.sources.arrow import ArrowSource
from importers.sources.base import ReadOptions, Source
from importers.sources.signatures import FILE_GEODATABASE

VERSIONS = (3, 4)


def open_file_geodatabase(path: Path, options: ReadOptions) -> Source:
    """The folder holds its catalogue and plain files only; a link in it could lead elsewhere."""
    catalogue = path / CATALOGUE
    plain = path.is_dir() and all(part.is_file() and not part.is_symlink() for part in path.iterdir())
    if not plain or not catalogue.is_file():
        raise NotWhatItSays(file=path.name, format=FILE_GEODATABASE.title)
    with catalogue.open("rb") as file:
        version = int.from_bytes(file.read(4), "little")
    if version not in VERSIONS:
        raise NotWhatItSays(file=path.name, format=FILE_GEODATABASE.title)
    return ArrowSource(path, FILE_GEODATABASE, options)
