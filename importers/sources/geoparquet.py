"""Parquet with or without geometry columns, read in pieces of a bounded size, however large its row groups are."""

import json
import math
from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from importers.encodings import Encoding
from importers.errors import BrokenFile, NotWhatItSays
from importers.sources.base import Batch, Geometries, Problem, ReadOptions, Record, rows_per_batch
from importers.sources.choice import chosen, distinct
from importers.sources.column_names import place_columns
from importers.sources.geoarrow import NATIVE, from_native
from importers.sources.places import Places
from importers.sources.wkb import read_wkb

MAGIC, TITLE, CRS84 = b"PAR1", "GeoParquet", "OGC:CRS84"
LONGEST_FOOTER, BUFFER_BYTES = 64 << 20, 1 << 20
BROKEN = (pa.ArrowException, shapely.GEOSException, OSError, ValueError, TypeError, LookupError, MemoryError)
# Columns of WKB in a table that does not say which are geometries.
USUAL_NAMES = ("geometry", "geom", "wkb_geometry", "the_geom", "wkb")
WKT_STARTS = ("PROJ", "GEOG", "GEOD", "COMPD", "BOUND", "{")


class GeoParquetSource:
    """A Parquet table. Its geometry columns are the `layers`; the primary one is read unless another is chosen. A
    table without any is read like any other table, by its columns of coordinates."""

    def __init__(self, path: Path, options: ReadOptions) -> None:
        self.path = path
        self.encoding = Encoding("utf-8")
        self.geometry_type = ""
        self._file = _opened(path)
        try:
            self._look(options)
        except BaseException:
            self.__exit__()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *failure: object) -> None:
        self._file.close(force=True)

    def _look(self, options: ReadOptions) -> None:
        self._shapes, primary = _geometry_columns(self._file)
        self.layers = list(self._shapes)
        wanted = options.source_layer or primary
        self._column = chosen(self.path.name, self.layers, wanted) if self._shapes else ""
        schema = self._file.schema_arrow
        self._names = distinct(schema.names)
        self._kept = [
            index
            for index, field in enumerate(schema)
            if field.name not in self._shapes and not _is_binary(field.type)
        ]
        self.fields = [self._names[index] for index in self._kept]
        self._rows = int(self._file.metadata.num_rows)
        self._done = 0
        self._places = (
            None
            if self._column
            else Places(place_columns(self.fields, options), optional=options.without_place)
        )
        self.crs = self._evident_crs(options)

    def share_read(self) -> float:
        return min(self._done / self._rows, 1.0) if self._rows else 1.0

    def batches(self) -> Iterator[Batch]:
        self._done = 0
        for table in self._tables():
            try:
                batch = self._batch(table)
            except BROKEN as error:
                raise BrokenFile(file=self.path.name, row=self._done) from error
            self._done += len(batch)
            yield batch

    def _tables(self) -> Iterator[pa.RecordBatch]:
        groups = range(self._file.metadata.num_row_groups)
        size = sum(self._file.metadata.row_group(index).total_byte_size for index in groups)
        try:
            yield from self._file.iter_batches(batch_size=rows_per_batch(size, self._rows), use_threads=False)
        except BROKEN as error:
            raise BrokenFile(file=self.path.name, row=self._done) from error

    def _evident_crs(self, options: ReadOptions) -> str:
        if self._places is None:
            return _crs(self._shapes[self._column])
        found = self._places.crs(cells for table in self._tables() for cells in self._cells(table))
        return "" if options.source_crs else found

    def _batch(self, table: pa.RecordBatch) -> Batch:
        lists = [table.column(index).to_pylist() for index in self._kept]
        records = (
            [_record(self.fields, row) for row in zip(*lists, strict=True)] if lists else [{}] * len(table)
        )
        problems: dict[int, Problem] = {}
        if self._places is not None:
            shapes = self._places.geometries(self._cells(table), problems)
            return Batch(self._done + 1, shapes, records, problems)
        shapes, problems, curved = self._geometries(table)
        return Batch(self._done + 1, shapes, records, problems, curved=curved)

    def _geometries(self, table: pa.RecordBatch) -> tuple[Geometries, dict[int, Problem], list[int]]:
        encoding = str(self._shapes[self._column].get("encoding", "WKB")).lower()
        column = table.column(table.schema.get_field_index(self._column))
        if encoding in NATIVE:
            return from_native(column, encoding), {}, []
        return read_wkb((column.storage if isinstance(column, pa.ExtensionArray) else column).to_pylist())

    def _cells(self, table: pa.RecordBatch) -> list[list[str]]:
        columns = [table.column(index).to_pylist() for index in self._kept]
        return [["" if cell is None else str(cell) for cell in row] for row in zip(*columns, strict=True)]


def _opened(path: Path) -> pq.ParquetFile:
    """Raise NotWhatItSays unless the file ends as Parquet does, with a table of contents of a sensible length."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(max(0, size - 8))
        tail = file.read(8)
    footer = int.from_bytes(tail[:4], "little")
    try:
        if head != MAGIC or tail[4:] != MAGIC or footer > min(LONGEST_FOOTER, size - 12):
            raise ValueError("no Parquet")
        return pq.ParquetFile(path, memory_map=True, pre_buffer=False, buffer_size=BUFFER_BYTES)
    except BROKEN as error:
        raise NotWhatItSays(file=path.name, format=TITLE) from error


def _geometry_columns(file: pq.ParquetFile) -> tuple[dict[str, dict[str, Any]], str]:
    """What is said of each geometry column that is there, and the name of the primary one."""
    schema = file.schema_arrow
    said = _geo(file)
    columns = said.get("columns")
    if isinstance(columns, dict):
        found = {
            name: about for name, about in columns.items() if name in schema.names and isinstance(about, dict)
        }
        primary = said.get("primary_column", "")
        return found, primary if primary in found else ""
    for field in schema:
        about = _extension(field)
        if about is not None:
            return {field.name: about}, field.name
    usual = [field.name for field in schema if field.name in USUAL_NAMES and _is_binary(field.type)]
    return {name: {"crs": None} for name in usual[:1]}, (usual or [""])[0]


def _geo(file: pq.ParquetFile) -> dict[str, Any]:
    try:
        said = json.loads((file.metadata.metadata or {}).get(b"geo", b"{}"))
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _extension(field: pa.Field) -> dict[str, Any] | None:
    """A column that only Arrow marks as a geometry."""
    notes = field.metadata or {}
    name = notes.get(b"ARROW:extension:name", b"").decode("ascii", "replace")
    if isinstance(field.type, pa.BaseExtensionType):
        name = field.type.extension_name
    if not name.startswith(("geoarrow.", "ogc.")):
        return None
    try:
        said = json.loads(notes.get(b"ARROW:extension:metadata", b"{}"))
    except (ValueError, RecursionError):
        said = {}
    crs = said.get("crs") if isinstance(said, dict) else None
    return {"encoding": name.split(".")[1], "crs": crs}


def _crs(about: dict[str, Any]) -> str:
    """PROJJSON or WKT as text. Nothing said means CRS84; an explicit null means that nobody knows."""
    crs = about.get("crs", CRS84)
    if isinstance(crs, dict):
        return json.dumps(crs)
    return crs if isinstance(crs, str) and (crs == CRS84 or crs.startswith(WKT_STARTS)) else ""


def _is_binary(kind: pa.DataType) -> bool:
    return bool(
        pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_fixed_size_binary(kind)
    )


def _record(names: list[str], row: tuple[Any, ...]) -> Record:
    pairs = ((name, _value(cell)) for name, cell in zip(names, row, strict=True))
    return {name: value for name, value in pairs if value is not None and value != ""}


def _value(cell: Any) -> Any:
    """A JSON value; structures stay structures, blanks and what is no number are None."""
    if cell is None or isinstance(cell, bool | int):
        return cell
    if isinstance(cell, float | Decimal):
        return float(cell) if math.isfinite(cell) else None
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    if isinstance(cell, dict):
        return {str(name): _value(part) for name, part in cell.items()}
    if isinstance(cell, list | tuple):
        return [_value(part) for part in cell]
    return None if isinstance(cell, bytes) else str(cell)
