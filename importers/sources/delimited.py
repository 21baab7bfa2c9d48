"""CSV with positions as two columns or as WKT: delimiter, decimal comma and types told from the text itself."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from importers.encodings import SAMPLE_BYTES, named, recognised
from importers.errors import BrokenFile, CrsMissing, NoPositions, NoSuchField, NothingInside, WrongEncoding
from importers.sources.base import ROWS_PER_BATCH, Batch, Geometries, Problem, ReadOptions, unreadable
from importers.sources.values import ColumnTypes, number

DELIMITERS = (",", ";", "\t", "|")
LON_NAMES = ("lon", "long", "lng", "longitude")
LAT_NAMES = ("lat", "latitude")
WKT_NAMES = ("wkt", "the_geom", "geom", "geometry")
LONGEST_CELL = 64 << 20


class CsvSource:
    """A text table with a header line. Cells are text; whole columns of numbers become numbers."""

    def __init__(self, path: Path, options: ReadOptions) -> None:
        self.path = path
        self.layers: list[str] = []
        self.geometry_type = ""
        with path.open("rb") as file:
            sample = file.read(SAMPLE_BYTES)
        self.encoding = named(options.encoding) if options.encoding else recognised(sample)
        self._size = max(path.stat().st_size, 1)
        self._bytes_read = 0
        header = sample.decode(self._codec, "replace").split("\n", 1)[0]
        self._delimiter = max(DELIMITERS, key=header.count)
        self._row = 0
        self.fields = self._read_header()
        self._lon, self._lat, self._wkt = self._place_columns(options)
        self._types = ColumnTypes(self.fields, decimal_comma=self._delimiter != ",")
        self.crs = self._evident_crs(options)

    @property
    def _codec(self) -> str:
        return "utf-8-sig" if self.encoding.name == "utf-8" else self.encoding.name

    def share_read(self) -> float:
        return min(self._bytes_read / self._size, 1.0)

    def batches(self) -> Iterator[Batch]:
        first, rows = 1, []
        for cells in self._lines():
            rows.append(cells)
            if len(rows) >= ROWS_PER_BATCH:
                yield self._batch(first, rows)
                first, rows = first + len(rows), []
        if rows:
            yield self._batch(first, rows)

    def _lines(self) -> Iterator[list[str]]:
        """Cells of every row after the header; blank lines are skipped."""
        self._bytes_read, self._row = 0, 0
        csv.field_size_limit(LONGEST_CELL)
        try:
            with self.path.open(encoding=self._codec, newline="") as file:
                lines = csv.reader(self._counted(file), delimiter=self._delimiter, strict=True)
                next(lines, None)
                for cells in lines:
                    if any(cell.strip() for cell in cells):
                        self._row += 1
                        yield cells
        except csv.Error as error:
            raise BrokenFile(file=self.path.name, row=self._row) from error
        except UnicodeDecodeError as error:
            raise WrongEncoding(encoding=self.encoding.name, row=self._row) from error

    def _counted(self, lines: Iterator[str]) -> Iterator[str]:
        for line in lines:
            self._bytes_read += len(line)
            yield line

    def _read_header(self) -> list[str]:
        with self.path.open(encoding=self._codec, newline="", errors="replace") as file:
            try:
                header = next(csv.reader(file, delimiter=self._delimiter), [])
            except csv.Error as error:
                raise BrokenFile(file=self.path.name, row=0) from error
        names = [name.strip() for name in header]
        if not any(names):
            raise NothingInside(file=self.path.name)
        return [name or f"column_{index}" for index, name in enumerate(names, start=1)]

    def _place_columns(self, options: ReadOptions) -> tuple[int, int, int]:
        """Columns of east, north and WKT, -1 where there is none: as asked, else as their names tell."""
        if options.lon and options.lat:
            return self._column(options.lon), self._column(options.lat), -1
        if options.wkt:
            return -1, -1, self._column(options.wkt)
        lower = [name.lower() for name in self.fields]
        lon, lat, wkt = (
            next((lower.index(n) for n in names if n in lower), -1)
            for names in (LON_NAMES, LAT_NAMES, WKT_NAMES)
        )
        if lon >= 0 and lat >= 0:
            return lon, lat, -1
        if wkt < 0:
            raise NoPositions(fields=", ".join(self.fields))
        return -1, -1, wkt

    def _column(self, name: str) -> int:
        if name not in self.fields:
            raise NoSuchField(field=name, fields=", ".join(self.fields))
        return self.fields.index(name)

    def _evident_crs(self, options: ReadOptions) -> str:
        """Columns called longitude and latitude hold degrees, as long as the numbers agree."""
        if options.source_crs or self._wkt >= 0:
            return ""
        for index, cells in enumerate(self._lines()):
            east, north = self._pair(cells)
            if east is not None and north is not None and (abs(east) > 180 or abs(north) > 180):
                raise CrsMissing()
            if index == 1000:
                break
        return "OGC:CRS84"

    def _pair(self, cells: list[str]) -> tuple[float | None, float | None]:
        if len(cells) <= max(self._lon, self._lat):
            return None, None
        return number(cells[self._lon]), number(cells[self._lat])

    def _batch(self, first_row: int, rows: list[list[str]]) -> Batch:
        problems: dict[int, Problem] = {}
        for index, cells in enumerate(rows):
            if len(cells) != len(self.fields):
                problems[index] = Problem("wrong_width", {"found": len(cells), "expected": len(self.fields)})
        geometries = self._from_wkt(rows, problems) if self._wkt >= 0 else self._points(rows, problems)
        return Batch(first_row, geometries, self._types.records(rows), problems)

    def _points(self, rows: list[list[str]], problems: dict[int, Problem]) -> Geometries:
        pairs = [self._pair(cells) for cells in rows]
        for index, pair in enumerate(pairs):
            if None in pair and index not in problems:
                values = ", ".join(f"“{cell}”" for cell in (rows[index][self._lon], rows[index][self._lat]))
                problems[index] = Problem("bad_coordinates", {"values": values})
        coordinates: NDArray[np.float64] = np.array(
            [pair if None not in pair else (np.nan, np.nan) for pair in pairs], dtype=float
        ).reshape(-1, 2)
        points = np.asarray(shapely.points(coordinates), dtype=object)
        points[np.isnan(coordinates).any(axis=1)] = None
        return points

    def _from_wkt(self, rows: list[list[str]], problems: dict[int, Problem]) -> Geometries:
        texts = [_wkt(cells[self._wkt]) if len(cells) > self._wkt else None for cells in rows]
        shapes = np.asarray(
            shapely.from_wkt(np.array(texts, dtype=object), on_invalid="ignore"), dtype=object
        )
        problems.update(unreadable(shapes, [text is not None for text in texts]) | problems)
        return shapes


def _wkt(cell: str) -> str | None:
    return re.sub(r"^SRID=\d+;", "", cell.strip(), flags=re.IGNORECASE) or None
