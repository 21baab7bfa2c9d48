"""SQLite and SpatiaLite read without GDAL: one table, its geometries or its two columns of degrees."""

import math
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from importers.encodings import Encoding, named
from importers.errors import BrokenFile, NoPositions, NotWhatItSays, WrongEncoding
from importers.sources.base import Batch, Geometries, Problem, ReadOptions, Record, rows_per_batch
from importers.sources.choice import chosen
from importers.sources.signatures import SQLITE
from importers.sources.sqlite_file import check_sqlite, quoted, read_only
from importers.sources.sqlite_tables import Table, tables_of
from importers.sources.wkb import geometry_of

# SpatiaLite: a zero, byte order, SRID, bounds, 7C, geometry, FE.
BLOB_HEAD, BLOB_MARK, BLOB_END = 39, 0x7C, 0xFE


class SqliteSource:
    """One table of a database. Blobs are left out; the file is read by nothing that could be told to run."""

    def __init__(self, path: Path, options: ReadOptions) -> None:
        check_sqlite(path, SQLITE.title)
        self.path = path
        self.geometry_type = ""
        self.encoding = named(options.encoding) if options.encoding else Encoding("utf-8")
        self._done = 0
        try:
            with closing(read_only(path)) as database:
                self._table = self._chosen(tables_of(database, options), options)
                self._rows, self.crs = self._counted(database)
        except sqlite3.Error as error:
            raise NotWhatItSays(file=path.name, format=SQLITE.title) from error
        self.fields = list(self._table.fields)

    def share_read(self) -> float:
        return min(self._done / self._rows, 1.0) if self._rows else 1.0

    def batches(self) -> Iterator[Batch]:
        self._done = 0
        table = self._table
        places = [table.geometry] if table.geometry else [name for name in (table.lon, table.lat) if name]
        columns = ", ".join(quoted(name) for name in (*table.fields, *places))
        size = rows_per_batch(self.path.stat().st_size, self._rows)
        try:
            with closing(read_only(self.path, self._decoded)) as database:
                rows = database.execute(f"SELECT {columns} FROM {quoted(table.name)}")  # noqa: S608 (quoted)
                while part := rows.fetchmany(size):
                    yield self._batch(part)
                    self._done += len(part)
        except UnicodeDecodeError as error:
            raise WrongEncoding(encoding=self.encoding.name, row=self._done + 1) from error
        except sqlite3.Error as error:
            raise BrokenFile(file=self.path.name, row=self._done) from error

    def _decoded(self, data: bytes) -> str:
        return data.decode(self.encoding.name)

    def _chosen(self, tables: list[Table], options: ReadOptions) -> Table:
        self.layers = [table.name for table in tables]
        if not tables and not options.without_place:
            raise NoPositions(fields="")
        name = chosen(self.path.name, self.layers, options.source_layer)
        return next(table for table in tables if table.name == name)

    def _counted(self, database: sqlite3.Connection) -> tuple[int, str]:
        """Rows, and the coordinate system: two columns called longitude and latitude hold degrees, as long as the
        numbers agree."""
        table = self._table
        name = quoted(table.name)
        if not table.lon:
            counted = database.execute(f"SELECT count(*) FROM {name}").fetchone()  # noqa: S608 (quoted)
            return int(counted[0]), table.crs
        lon, lat = quoted(table.lon), quoted(table.lat)
        question = f"SELECT count(*), max(abs({lon})), max(abs({lat})) FROM {name}"  # noqa: S608 (quoted)
        rows, east, north = database.execute(question).fetchone()
        return int(rows), "OGC:CRS84" if (east or 0) <= 180 and (north or 0) <= 90 else ""

    def _batch(self, rows: list[tuple[Any, ...]]) -> Batch:
        width = len(self._table.fields)
        records = [self._record(row[:width]) for row in rows]
        shapes: Geometries = np.empty(len(rows), dtype=object)
        problems: dict[int, Problem] = {}
        curved = []
        for index, row in enumerate(rows):
            if self._table.geometry:
                shapes[index], had_curves = _shape(row[width])
                curved += [index] if had_curves else []
                if shapes[index] is None and row[width] is not None:
                    problems[index] = Problem("bad_geometry")
            elif self._table.lon:
                shapes[index] = _point(row[width], row[width + 1])
                if shapes[index] is None:
                    values = ", ".join(f"“{value}”" for value in row[width:])
                    problems[index] = Problem("bad_coordinates", {"values": values})
        return Batch(self._done + 1, shapes, records, problems, curved=curved)

    def _record(self, values: tuple[Any, ...]) -> Record:
        return {
            name: value
            for name, value in zip(self._table.fields, values, strict=True)
            if value is not None and value != "" and not _is_odd(value)
        }


def _is_odd(value: Any) -> bool:
    return isinstance(value, bytes) or (isinstance(value, float) and not math.isfinite(value))


def _shape(value: Any) -> tuple[shapely.Geometry | None, bool]:
    """A geometry as SpatiaLite or as plain WKB writes it."""
    if not isinstance(value, bytes):
        return None, False
    if len(value) > BLOB_HEAD + 5 and value[0] == 0 and value[38] == BLOB_MARK and value[-1] == BLOB_END:
        return geometry_of(value[1:2] + value[BLOB_HEAD:-1])
    return geometry_of(value)


def _point(lon: Any, lat: Any) -> shapely.Point | None:
    try:
        place = float(str(lon).replace(",", ".")), float(str(lat).replace(",", "."))
    except ValueError:
        return None
    return shapely.Point(place) if all(math.isfinite(number) for number in place) else None
