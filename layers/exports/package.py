"""Files on disk: one file, an archive, or the pieces of a file sent while it is made."""

import shutil
import tempfile
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.utils import timezone

from layers.exports.errors import ArchiveOnly
from layers.exports.export import Export, Listen, surveyed
from layers.exports.order import ExportOrder
from layers.exports.readme import NAME, readme

READ_AHEAD = 1 << 20


def make_file(order: ExportOrder, path: Path, listen: Listen | None = None) -> Export:
    """Write the one data file to `path`, complete or not at all. Raises ArchiveOnly for formats of many files."""
    if order.format.many_files:
        raise ArchiveOnly(format=order.format.title)
    with _folder(path.parent) as folder, surveyed(order, listen) as export:
        [made] = order.format.write(export, folder)
        shutil.move(made, path)
    return export


def make_archive(order: ExportOrder, path: Path, listen: Listen | None = None) -> Export:
    """Write the zip with the data and its README to `path`, complete or not at all."""
    with _folder(path.parent) as folder:
        packed = folder / "archive.zip"
        with packed.open("wb") as file:
            export = _pack(order, file, listen)
        shutil.move(packed, path)
    return export


def archive_file(order: ExportOrder) -> BinaryIO:
    """The zip as an open file without a name, gone when it is closed."""
    file = tempfile.TemporaryFile(prefix="export-")  # noqa: SIM115  closed by the response
    try:
        _pack(order, file)
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _pack(order: ExportOrder, file: BinaryIO, listen: Listen | None = None) -> Export:
    with _folder() as folder:
        with surveyed(order, listen) as export:
            made = order.format.write(export, folder)
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
            for path in made:
                archive.write(path, path.name)
                path.unlink()
            text = readme(export, [path.name for path in made], timezone.now())
            archive.writestr(NAME, "\ufeff" + text.replace("\n", "\r\n"))
    return export


class Pieces:
    """The bytes of a file while it is made. The first megabyte is there before anything is sent, so that what is wrong
    with the order is told and not cut off, and a small file holds no cursor. Closing it ends the reading."""

    def __init__(self, order: ExportOrder) -> None:
        self._pieces = _pieces(order)
        self._first: list[bytes] = []
        while sum(map(len, self._first)) < READ_AHEAD and (piece := next(self._pieces, None)) is not None:
            self._first.append(piece)

    def __iter__(self) -> Iterator[bytes]:
        yield from self._first
        yield from self._pieces

    def close(self) -> None:
        self._pieces.close()


def _pieces(order: ExportOrder) -> Generator[bytes]:
    with surveyed(order) as export:
        if order.format.pieces is not None:
            yield from order.format.pieces(export)


@contextmanager
def _folder(beside: Path | None = None) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix=".export-", dir=beside) as folder:
        yield Path(folder)
