"""DXF drawings: what is drawn in model space, as rows with layer, kind, block, text and colour."""

import gc
import logging
import re
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from ezdxf import recover
from ezdxf.audit import Auditor
from ezdxf.document import Drawing
from ezdxf.entities.dxfentity import DXFEntity
from ezdxf.entities.dxfgfx import DXFGraphic
from ezdxf.entities.factory import ENTITY_CLASSES
from ezdxf.filemanagement import readfile

from importers.encodings import Encoding, named, recognised
from importers.errors import BrokenFile, NoSuchLayerInside, NotWhatItSays, TooLargeToRead, WrongEncoding
from importers.sources.base import ROWS_PER_BATCH, Batch, Geometries, Problem, ReadOptions
from importers.sources.drawing.pieces import outside_bytes, pieces
from importers.sources.drawing.walk import (
    BASE_FIELDS,
    DAMAGED,
    MOST_ENTITIES,
    Row,
    TooManyEntities,
    Walk,
    attribute_names,
)

BINARY_MAGIC = b"AutoCAD Binary DXF"
# Some programs leave out the mark of the end; a drawing that ends anywhere else was cut.
LAST_WORDS, TAIL_BYTES = (b"EOF", b"ENDSEC"), 200
UNICODE_SINCE = "AC1021"
REMOVED = re.compile(r"Removed (?:entity )?([A-Z0-9_]+)\(#")
LARGEST_PIECE = 16 << 20
VERTICES_PER_BATCH = 300_000
EVERYTHING, BLOCKS, TEXTS = "everything", "blocks", "texts"
KINDS = {"points": (0, 4), "lines": (1, 2, 5), "polygons": (3, 6)}

logging.getLogger("ezdxf").setLevel(logging.CRITICAL)


class DxfSource:
    """A drawing, ASCII or binary, repaired where its structure is damaged. It names no coordinate system. `layers`
    are views of it: everything, or only points, lines, polygons, texts, or block references as points; the layers of
    the drawing are a field."""

    layers = [EVERYTHING, *KINDS, TEXTS, BLOCKS]

    def __init__(self, path: Path, options: ReadOptions) -> None:
        self.path = path
        self.crs = ""
        self.geometry_type = ""
        self._view = options.source_layer or EVERYTHING
        if self._view not in self.layers:
            raise NoSuchLayerInside(file=path.name, layer=self._view, layers=", ".join(self.layers))
        self._binary, most = _starts_binary(path), LARGEST_PIECE
        size = path.stat().st_size if self._binary else outside_bytes(path)
        if size > most:
            raise TooLargeToRead(file=path.name, found=_megabytes(size), most=_megabytes(most))
        self._done, self._share = 0, 0.0
        self._drawing, self._lost, _ = next(self._drawings())
        self._held = str(self._drawing.encoding)
        self.encoding = self._encoding(options.encoding)
        self.fields = [self._clear(name) for name in (*BASE_FIELDS, *attribute_names(self._drawing))]

    def share_read(self) -> float:
        return self._share

    def batches(self) -> Iterator[Batch]:
        rows: list[Row] = []
        first, vertices = 1, 0
        for row in self._wanted():
            rows.append(row)
            vertices += 0 if row.shape is None else int(shapely.get_num_coordinates(row.shape))
            if len(rows) >= ROWS_PER_BATCH or vertices >= VERTICES_PER_BATCH:
                yield self._batch(first, rows)
                first, rows, vertices = first + len(rows), [], 0
        if rows:
            yield self._batch(first, rows)

    def _wanted(self) -> Iterator[Row]:
        self._done = seen = 0
        for drawing, lost, share in self._drawings():
            self._share = share
            walk = Walk(drawing, blocks_as_points=self._view == BLOCKS, seen=seen)
            try:
                for row in walk.rows():
                    self._done += 1
                    if self._is_wanted(row):
                        yield row
            except TooManyEntities as error:
                limit = f"{MOST_ENTITIES:,}"
                raise TooLargeToRead(file=self.path.name, found=f"> {limit}", most=limit) from error
            seen = walk.seen
            yield from lost if self._view == EVERYTHING else ()

    def _is_wanted(self, row: Row) -> bool:
        if self._view == EVERYTHING:
            return True
        if self._view == BLOCKS:
            return row.record.get("entity") == "INSERT"
        if self._view == TEXTS:
            return bool(row.record.get("text"))
        return row.shape is not None and int(shapely.get_type_id(row.shape)) in KINDS[self._view]

    def _drawings(self) -> Iterator[tuple[Drawing, list[Row], float]]:
        """The drawing, in pieces when it is large; what had to be taken out of each; how far the file is read."""
        complete = _is_complete(self.path)
        for load, share in self._loaders():
            drawing, auditor = self._loaded(load)
            if not complete:
                raise BrokenFile(file=self.path.name, row=len(drawing.modelspace()))
            yield drawing, list(_removed(auditor)), share
            # Its parts refer to each other in circles, and only the collector takes them away.
            del drawing, auditor, load
            gc.collect()

    def _loaders(self) -> Iterator[tuple[Callable[[], tuple[Drawing, Auditor]], float]]:
        if self._binary:
            yield partial(_read_binary, self.path), 1.0
            return
        for content, share in pieces(self.path):
            yield partial(recover.read, BytesIO(content)), share

    def _loaded(self, load: Callable[[], tuple[Drawing, Auditor]]) -> tuple[Drawing, Auditor]:
        try:
            return load()
        except (*DAMAGED, OSError, MemoryError) as error:
            raise NotWhatItSays(file=self.path.name, format="DXF") from error

    def _encoding(self, asked: str) -> Encoding:
        """As asked, as the drawing says, and where it says nothing as its texts tell."""
        if asked:
            return named(asked)
        if self._drawing.dxfversion >= UNICODE_SINCE:
            return Encoding("utf-8")
        said = self._drawing.header.get("$DWGCODEPAGE", "")
        texts = "\n".join(row.record.get("text", "") for row in self._texts())
        found = recognised(self._bytes(texts))
        if said and (said.upper() != "ANSI_1252" or found.name != "utf-8"):
            return Encoding(self._held)
        return found

    def _texts(self) -> Iterator[Row]:
        try:
            yield from Walk(self._drawing, blocks_as_points=True).rows()
        except TooManyEntities:
            return

    def _bytes(self, text: str) -> bytes:
        """The text as it stood in the file; what came from `\\U+03B1` has no byte there and is left out."""
        pieces = []
        for letter in text:
            try:
                pieces.append(letter.encode(self._held, "surrogateescape"))
            except UnicodeEncodeError:
                continue
        return b"".join(pieces)

    def _clear(self, text: str) -> str:
        """The text in the encoding of the file, where that is another than ezdxf took it for."""
        if text.isascii() or self.encoding.name == self._held or self._drawing.dxfversion >= UNICODE_SINCE:
            return text.encode("utf-8", "replace").decode("utf-8")
        try:
            return text.encode(self._held, "surrogateescape").decode(self.encoding.name)
        except UnicodeEncodeError:
            return text.encode("utf-8", "replace").decode("utf-8")
        except UnicodeDecodeError as error:
            raise WrongEncoding(encoding=self.encoding.name, row=self._done) from error

    def _batch(self, first: int, rows: list[Row]) -> Batch:
        shapes: Geometries = np.empty(len(rows), dtype=object)
        shapes[:] = [row.shape for row in rows]
        problems = {index: row.problem for index, row in enumerate(rows) if row.problem is not None}
        return Batch(first, shapes, [self._record(row) for row in rows], problems)

    def _record(self, row: Row) -> dict[str, Any]:
        return {self._clear(name): self._clear(str(value)) for name, value in row.record.items()}


def _read_binary(path: Path) -> tuple[Drawing, Auditor]:
    drawing = readfile(path)
    return drawing, drawing.audit()


def _starts_binary(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(BINARY_MAGIC)) == BINARY_MAGIC


def _is_complete(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - TAIL_BYTES))
        return file.read().rstrip(b" \t\r\n\0\x1a").endswith(LAST_WORDS)


def _removed(auditor: Auditor) -> Iterator[Row]:
    """What ezdxf had to take out of the drawing to make sense of it: told, not dropped."""
    for entry in auditor.fixes:
        found = REMOVED.match(entry.message)
        if found and issubclass(ENTITY_CLASSES.get(found[1], DXFEntity), DXFGraphic):
            yield Row(None, {"entity": found[1]}, Problem("bad_entity", {"entity": found[1]}))


def _megabytes(size: int) -> str:
    return f"{size >> 20} MB"
