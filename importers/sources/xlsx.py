"""Excel sheets: a header, then rows with positions as columns or WKT, or with none."""

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from importers.encodings import Encoding
from importers.errors import BrokenFile, NothingInside, NotWhatItSays
from importers.sources import workbook
from importers.sources.base import ROWS_PER_BATCH, Batch, Problem, ReadOptions, Record
from importers.sources.choice import chosen, distinct
from importers.sources.column_names import PlaceColumns, place_columns
from importers.sources.places import Places
from importers.sources.values import INTEGER, TEXT, ColumnTypes
from importers.sources.workbook import BROKEN, Row

LOOKED_AT_FOR_HEADER = 20


class XlsxSource:
    """One sheet of a workbook; `layers` are its sheets. A title above the header is passed over. Cells keep the type
    they have in Excel; columns of text that are numbers with a decimal comma, or days, become such."""

    def __init__(self, path: Path, options: ReadOptions) -> None:
        self.path = path
        self.geometry_type = ""
        self.encoding = Encoding("utf-8")
        workbook.check_bounds(path)
        try:
            self.layers = workbook.sheet_names(path)
            self._sheet = chosen(path.name, self.layers, options.source_layer)
            self._total = workbook.declared_rows(path, self._sheet)
            first = list(islice(workbook.rows(path, self._sheet), LOOKED_AT_FOR_HEADER))
        except BROKEN as error:
            raise NotWhatItSays(file=path.name, format=workbook.TITLE) from error
        if not first:
            raise NothingInside(file=path.name)
        self._header = _header(first)
        self.fields = distinct([_name(cell) for cell in first[self._header]])
        columns = place_columns(self.fields, options)
        self._positions = [index for index in (columns.east, columns.north, columns.wkt) if index >= 0]
        self._places = Places(_moved(columns), optional=options.without_place)
        found = self._places.crs(self._position_cells(self._rows()))
        self.crs = "" if options.source_crs else found
        self._types = ColumnTypes(self.fields, decimal_comma=True)
        self._kinds: list[str] | None = None
        self._done = 0

    def share_read(self) -> float:
        return min(self._done / self._total, 1.0)

    def batches(self) -> Iterator[Batch]:
        self._done = 0
        rows = self._rows()
        while batch := list(islice(rows, ROWS_PER_BATCH)):
            yield self._batch(self._done + 1, batch)
            self._done += len(batch)

    def _rows(self) -> Iterator[Row]:
        done = 0
        try:
            for row in islice(workbook.rows(self.path, self._sheet), self._header + 1, None):
                done += 1
                yield row
        except BROKEN as error:
            raise BrokenFile(file=self.path.name, row=done) from error

    def _position_cells(self, rows: Iterator[Row]) -> Iterator[list[str]]:
        for row in rows:
            yield [_text(row[index]) if len(row) > index else "" for index in self._positions]

    def _batch(self, first_row: int, rows: list[Row]) -> Batch:
        problems: dict[int, Problem] = {}
        width = len(self.fields)
        for index, row in enumerate(rows):
            if len(row) > width:
                problems[index] = Problem("wrong_width", {"found": len(row), "expected": width})
        geometries = self._places.geometries(list(self._position_cells(iter(rows))), problems)
        return Batch(first_row, geometries, self._records(rows), problems)

    def _records(self, rows: list[Row]) -> list[Record]:
        if self._kinds is None:
            self._kinds = [self._kind(rows, index) for index in range(len(self.fields))]
        columns = list(zip(self.fields, self._kinds, strict=True))
        return [
            {
                name: self._types.value(cell.strip(), kind) if isinstance(cell, str) else cell
                for cell, (name, kind) in zip(row, columns, strict=False)
                if cell is not None
            }
            for row in rows
        ]

    def _kind(self, rows: list[Row], index: int) -> str:
        """Of a column of texts; digits that Excel keeps as text are a code and stay one."""
        cells = [row[index] for row in rows if len(row) > index and row[index] is not None]
        if not all(isinstance(cell, str) for cell in cells):
            return TEXT
        kind = self._types.kind_of([cell.strip() for cell in cells])
        return TEXT if kind == INTEGER else kind


def _header(rows: Sequence[Row]) -> int:
    """The first row that is filled at least half as far as the fullest: a title above it has one cell or two."""
    filled = [sum(cell is not None for cell in row) for row in rows]
    return next(index for index, count in enumerate(filled) if 2 * count >= max(filled))


def _name(cell: object) -> str:
    return " ".join(_text(cell).split())


def _text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell)


def _moved(columns: PlaceColumns) -> PlaceColumns:
    """The same columns when nothing but them is given."""
    if columns.wkt >= 0:
        return PlaceColumns(wkt=0)
    return PlaceColumns(0, 1, by_degrees=columns.by_degrees) if columns.east >= 0 else columns
