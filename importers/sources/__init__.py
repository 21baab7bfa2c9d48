"""Open a local file of a known kind; nothing a file refers to is ever followed."""

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from importers.errors import ChooseLayerInside, FileMissing, NotWhatItSays, UnknownFormat
from importers.sources import signatures
from importers.sources.archive import Unpacked, unpack
from importers.sources.base import Batch, ReadOptions, Source

__all__ = ["Batch", "ReadOptions", "Source", "open_source"]


@contextmanager
def open_source(path: Path, options: ReadOptions) -> Iterator[Source]:
    """The file as a Source; raises ImportRefused when it is not one of the known kinds, or is broken."""
    folder_kind = path.is_dir() and signatures.signature_of(path) is signatures.FILE_GEODATABASE
    if not (path.is_file() or folder_kind):
        raise FileMissing(file=str(path))
    with ExitStack() as stack:
        source = _found(_plainly_named(path, stack), options, stack)
        if isinstance(source, AbstractContextManager):
            stack.enter_context(source)
        yield source


def _found(path: Path, options: ReadOptions, stack: ExitStack) -> Source:
    """The file itself, or what is inside an archive, unpacked for as long as the stack is open."""
    signature = signatures.signature_of(path)
    if signature not in (signatures.ZIP, signatures.KMZ):
        return _opened(path, options)
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="import-"))
    inside = unpack(path, Path(folder), options.source_layer, signature)
    try:
        # Once more for a KMZ in a zip; a zip in a zip is not taken out.
        source = _found(inside.path, replace(options, source_layer=inside.source_layer), stack)
    except ChooseLayerInside as error:
        raise _with_both_names(error, inside, path) from error
    source.layers = inside.names or source.layers
    return source


def _plainly_named(path: Path, stack: ExitStack) -> Path:
    """The file, or a link to it and its parts under a name without “!”, which pyogrio takes for the end of an
    archive's name."""
    if "!" not in str(path.absolute()):
        return path
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="import-")))
    for part in path.parent.iterdir():
        if part.stem == path.stem:
            (folder / part.name.replace("!", "_")).symlink_to(part.absolute())
    return folder / path.name.replace("!", "_")


def _with_both_names(error: ChooseLayerInside, inside: Unpacked, path: Path) -> ChooseLayerInside:
    """Where an archive holds several files, a layer is asked for as file/layer."""
    if not inside.names:
        return error
    layers = [f"{inside.chosen}/{layer}" for layer in str(error.facts["layers"]).split(", ")]
    return ChooseLayerInside(file=path.name, layers=", ".join(layers))


def _opened(path: Path, options: ReadOptions) -> Source:
    signature = signatures.signature_of(path)
    if signature is None:
        raise UnknownFormat(file=path.name, known=signatures.known_extensions())
    if path.is_file() and path.stat().st_size == 0:
        raise NotWhatItSays(file=path.name, format=signature.title)
    return signature.open(path, options)
