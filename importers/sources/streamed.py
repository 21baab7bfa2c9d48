"""Formats that GDAL gives as Arrow columns, in one pass and without an object a value."""

from collections.abc import Iterator
from typing import Any

import pyarrow as pa

from importers.errors import BrokenFile, WrongEncoding
from importers.sources.base import Batch
from importers.sources.columns import Columns
from importers.sources.gdal import GdalSource
from importers.sources.gdal_library import asked, pyogrio
from importers.sources.wkb import read_wkb

# A day that is none comes out of GDAL's columns as 1970-01-01, so files with days are read row by row.
ROW_BY_ROW = ("datetime64[D]",)


class StreamedSource(GdalSource):
    """A layer of a format whose text is UTF-8."""

    def batches(self) -> Iterator[Batch]:
        if any(dtype in ROW_BY_ROW for dtype in self._dtypes):
            yield from self._row_by_row()
            return
        stream = self._stream()
        while (part := asked(next, self._broken(), stream, None)) is not None:
            if part.num_rows:
                yield self._batch(part)
        if self._done < self._rows:
            raise self._broken()

    def _row_by_row(self) -> Iterator[Batch]:
        try:
            yield from super().batches()
        except ValueError as error:  # a day such as 30 February
            raise self._broken() from error

    def _stream(self) -> Iterator[pa.RecordBatch]:
        options: dict[str, Any] = {"layer": self._layer, "batch_size": self._size}
        with pyogrio.raw.open_arrow(self.path, use_pyarrow=True, datetime_as_string=True, **options) as (
            meta,
            reader,
        ):
            self._shape = str(meta["geometry_name"] or "wkb_geometry")
            try:
                yield from reader
            except (pa.ArrowException, OSError) as error:
                raise self._broken() from error

    def _batch(self, part: pa.RecordBatch) -> Batch:
        names = [name for name in part.schema.names if name != self._shape]
        has_shape = len(names) < part.num_columns
        shapes = part.column(self._shape).to_pylist() if has_shape else [None] * part.num_rows
        try:
            records = Columns(names, [part.column(name) for name in names], part.num_rows)
        except pa.ArrowInvalid as error:
            raise WrongEncoding(encoding=self.encoding.name, row=self._done + 1) from error
        geometries, problems, curved = read_wkb(shapes)
        batch = Batch(self._done + 1, geometries, records, problems, curved=curved, wkb=shapes)
        self._done += len(batch)
        return batch

    def _broken(self) -> BrokenFile:
        return BrokenFile(file=self.path.name, row=self._done)
