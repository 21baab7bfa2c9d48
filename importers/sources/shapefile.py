"""Shapefiles: their parts checked, and the text encoding told by the `.cpg`, else by the bytes of the table."""

from pathlib import Path

from importers.encodings import SAMPLE_BYTES, Encoding, named, recognised
from importers.errors import UnknownEncoding
from importers.sources.base import ReadOptions, Source
from importers.sources.gdal import GdalSource
from importers.sources.signatures import (
    SHAPEFILE,
    check_shapefile,
    dbf_header_length,
    dbf_record_length,
    part_of,
)


def open_shapefile(path: Path, options: ReadOptions) -> Source:
    check_shapefile(path)
    return GdalSource(path, SHAPEFILE, options, encoding_of(path, options.encoding))


def encoding_of(path: Path, asked: str) -> Encoding:
    """What the person asked for, what the `.cpg` names, or what the bytes of the `.dbf` look like."""
    if asked:
        return named(asked)
    cpg = part_of(path, ".cpg")
    if cpg is not None:
        try:
            return named(cpg.read_bytes()[:64].decode("ascii", "replace"))
        except UnknownEncoding:
            pass
    return recognised(_texts(path))


def _texts(path: Path) -> bytes:
    """The bytes of the character fields of the first records, a line break between them, and the field names."""
    dbf = part_of(path, ".dbf")
    if dbf is None:
        return b""
    with dbf.open("rb") as file:
        head = file.read(32)
        descriptors = file.read(max(dbf_header_length(head) - 32, 0))
        records = file.read(SAMPLE_BYTES)
    columns = _text_columns(descriptors)
    length = dbf_record_length(head)
    starts = range(0, len(records), length) if length else range(0)
    cells = [records[at + offset : at + offset + width].strip() for at in starts for offset, width in columns]
    return b"\n".join(_without_half_character(text) for text in [*_names(descriptors), *cells])


def _without_half_character(text: bytes) -> bytes:
    """Fields of fixed length cut UTF-8 where they end; that must not speak against UTF-8."""
    try:
        text.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data":
            return text[: error.start]
    return text


def _text_columns(descriptors: bytes) -> list[tuple[int, int]]:
    """Offset in the record and width of each character field; a record opens with a deletion mark."""
    columns, offset = [], 1
    for at in range(0, len(descriptors) - 31, 32):
        if descriptors[at] == 0x0D:
            break
        kind, width = descriptors[at + 11 : at + 12], descriptors[at + 16]
        if kind == b"C":
            columns.append((offset, width))
        offset += width
    return columns


def _names(descriptors: bytes) -> list[bytes]:
    return [descriptors[at : at + 11].split(b"\0")[0] for at in range(0, len(descriptors) - 31, 32)]
