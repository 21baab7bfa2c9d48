"""Open a local file of a known kind; nothing a file refers to is ever followed."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from importers.errors import FileMissing, NotWhatItSays, UnknownFormat
from importers.sources import signatures
from importers.sources.archive import unpack
from importers.sources.base import Batch, ReadOptions, Source

__all__ = ["Batch", "ReadOptions", "Source", "open_source"]


@contextmanager
def open_source(path: Path, options: ReadOptions) -> Iterator[Source]:
    """The file as a Source; raises ImportRefused when it is not one of the known kinds, or is broken."""
    folder_kind = path.is_dir() and signatures.signature_of(path) is signatures.FILE_GEODATABASE
    if not (path.is_file() or folder_kind):
        raise FileMissing(file=str(path))
    if signatures.signature_of(path) is not signatures.ZIP:
        yield _opened(path, options)
        return
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        yield _opened(unpack(path, Path(folder), options.source_layer), options)


def _opened(path: Path, options: ReadOptions) -> Source:
    signature = signatures.signature_of(path)
    if signature is None:
        raise UnknownFormat(file=path.name, known=signatures.known_extensions())
    if path.is_file() and path.stat().st_size == 0:
        raise NotWhatItSays(file=path.name, format=signature.title)
    return signature.open(path, options)
