"""The bytes of the texts of a file whose encoding nobody checks, piece by piece: tables of Shapefiles, text files."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from importers.sources.signatures import dbf_header_length, dbf_record_length, part_of

TEXT_SUFFIXES = {".csv", ".tsv", ".txt", ".json", ".geojson", ".geojsonl", ".ndjson", ".geojsons", ".dxf"}
PIECE = 4 << 20
RECORDS_AT_ONCE = 20_000


def pieces(path: Path) -> Iterator[bytes]:
    """Pieces end between characters of UTF-8 where the texts do; nothing for other kinds of file."""
    dbf = part_of(path, ".dbf") if path.suffix.lower() in (".shp", ".dbf") else None
    if dbf is not None:
        yield from _table(dbf)
    elif path.suffix.lower() in TEXT_SUFFIXES:
        with path.open("rb") as file:
            while piece := file.read(PIECE):
                yield piece


def _table(dbf: Path) -> Iterator[bytes]:
    """Field names and text cells, a line break after each; half a character at the end of a cell is left out, as
    fields of fixed width cut UTF-8 there."""
    with dbf.open("rb") as file:
        head = file.read(32)
        descriptors = file.read(max(dbf_header_length(head) - 32, 0))
        length = dbf_record_length(head)
        columns = list(_text_columns(descriptors))
        yield b"\n".join(name for name, _, _ in columns) + b"\n"
        while length and (data := file.read(length * RECORDS_AT_ONCE)):
            yield _cells(data, length, columns)


def _cells(data: bytes, length: int, columns: list[tuple[bytes, int, int]]) -> bytes:
    usable = len(data) // length
    records = np.frombuffer(data, dtype=np.uint8, count=usable * length).reshape(usable, length)
    found: dict[bytes, None] = {}
    for _, offset, width in columns:
        cells = records[:, offset : offset + width]
        for cell in cells[(cells >= 0x80).any(axis=1)]:
            found[_whole(cell.tobytes().strip(b" \0"))] = None
    return b"\n".join(found) + b"\n"


def _whole(text: bytes) -> bytes:
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.start > 0:
            return text[: error.start]
    return text


def _text_columns(descriptors: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Name, offset in the record and width of each character field; a record opens with a deletion mark."""
    offset = 1
    for at in range(0, len(descriptors) - 31, 32):
        if descriptors[at] == 0x0D:
            break
        width = descriptors[at + 16]
        if descriptors[at + 11 : at + 12] == b"C":
            yield descriptors[at : at + 11].split(b"\0")[0], offset, width
        offset += width
