"""CSV with positions as columns or as WKT, or with none: delimiter, decimal comma and types told from the text."""

import codecs
import csv
import re
from collections.abc import Iterator
from pathlib import Path

from importers.encodings import SAMPLE_BYTES, Encoding, named, recognised
from importers.errors import BrokenFile, NothingInside, WrongEncoding
from importers.sources.base import ROWS_PER_BATCH, Batch, Problem, ReadOptions
from importers.sources.choice import distinct
from importers.sources.column_names import place_columns
from importers.sources.places import Places
from importers.sources.values import ColumnTypes
from layers.exports.writers.delimited import unguarded

DELIMITERS = (",", ";", "\t", "|")
# What Excel takes from the first line of a file, and leaves out.
_EXCEL_HINT = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
LONGEST_CELL, LONGEST_HEADER = 64 << 20, 1 << 16


class CsvSource:
    """A text table with a header. Cells are text; whole columns of numbers or dates become such."""

    layers: list[str] = []

    def __init__(self, path: Path, options: ReadOptions) -> None:
        self.path = path
        self.geometry_type = ""
        with path.open("rb") as file:
            sample = file.read(SAMPLE_BYTES)
        self.encoding = _encoding(sample, options.encoding)
        self._size = max(path.stat().st_size, 1)
        self._bytes_read = 0
        self._row = 0
        text = codecs.getincrementaldecoder(self._codec)("replace").decode(sample)
        hint = _EXCEL_HINT.match(text)
        self._lines_before = 1 if hint else 0
        header = _first_record(text[hint.end() :] if hint else text)
        self._delimiter = hint[1] if hint else max(DELIMITERS, key=header.count)
        self._header = self._read_header()
        columns = place_columns(self._header, options)
        self._places = Places(columns, optional=options.without_place)
        # A shape is no property of its row.
        self.fields = [name for index, name in enumerate(self._header) if index != columns.wkt]
        kept = {name: options.types.get(name, "") for name in self.fields}
        self._types = ColumnTypes(self._header, decimal_comma=self._delimiter == ";", known=kept)
        found = self._places.crs(self._rows())
        self.crs = "" if options.source_crs else found

    @property
    def _codec(self) -> str:
        return "utf-8-sig" if self.encoding.name == "utf-8" else self.encoding.name

    def share_read(self) -> float:
        return min(self._bytes_read / self._size, 1.0)

    def batches(self) -> Iterator[Batch]:
        first, rows = 1, []
        for cells in self._rows():
            rows.append(cells)
            if len(rows) >= ROWS_PER_BATCH:
                yield self._batch(first, rows)
                first, rows = first + len(rows), []
        if rows:
            yield self._batch(first, rows)

    def _rows(self) -> Iterator[list[str]]:
        """Cells of every row after the header; blank lines are skipped."""
        self._row = 0
        lines = self._records()
        next(lines, None)
        for cells in lines:
            if any(cell.strip() for cell in cells):
                self._row += 1
                # An apostrophe keeps spreadsheets from running the text after it; our own exports write it.
                yield [unguarded(cell) for cell in cells]

    def _records(self) -> Iterator[list[str]]:
        self._bytes_read = 0
        csv.field_size_limit(LONGEST_CELL)
        try:
            with self.path.open(encoding=self._codec, newline="") as file:
                for _ in range(self._lines_before):
                    file.readline()
                yield from csv.reader(self._counted(file), delimiter=self._delimiter, strict=True)
        except csv.Error as error:
            raise BrokenFile(file=self.path.name, row=self._row) from error
        except UnicodeError as error:
            raise WrongEncoding(encoding=self.encoding.name, row=self._row) from error

    def _counted(self, lines: Iterator[str]) -> Iterator[str]:
        for line in lines:
            self._bytes_read += len(line)
            yield line

    def _read_header(self) -> list[str]:
        names = [" ".join(name.split()) for name in next(self._records(), [])]
        while names and not names[-1]:
            names.pop()
        if not names:
            raise NothingInside(file=self.path.name)
        return distinct(names)

    def _batch(self, first_row: int, rows: list[list[str]]) -> Batch:
        problems: dict[int, Problem] = {}
        width = len(self._header)
        for index, cells in enumerate(rows):
            if len(cells) < width or any(cell.strip() for cell in cells[width:]):
                problems[index] = Problem("wrong_width", {"found": len(cells), "expected": width})
        geometries = self._places.geometries(rows, problems)
        return Batch(first_row, geometries, self._types.records(rows), problems)


def _encoding(sample: bytes, asked: str) -> Encoding:
    """As asked; else by the mark at the start of the file; else as the bytes tell."""
    if asked:
        return named(asked)
    marked = next((name for mark, name in _MARKS if sample.startswith(mark)), "")
    return Encoding(marked) if marked else recognised(sample)


def _first_record(text: str) -> str:
    """The header, which may hold line breaks between quotes, without what is quoted."""
    outside = re.sub(r'"[^"]*"', "", text[:LONGEST_HEADER])
    return re.split(r"[\r\n]", outside.lstrip("\ufeff"), maxsplit=1)[0]
