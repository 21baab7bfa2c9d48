"""Layers of other formats through GDAL's stream of columns: every row once, in batches of a bounded size."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

import pyarrow

from importers.encodings import Encoding
from importers.errors import BrokenFile, ImportRefused, NotWhatItSays, WrongEncoding
from importers.sources.base import Batch, ReadOptions, Record, rows_per_batch
from importers.sources.choice import chosen, distinct
from importers.sources.columns import Columns
from importers.sources.gdal_library import GDAL_FAILS, asked, pyogrio
from importers.sources.signatures import Signature
from importers.sources.wkb import read_wkb

ARROW_FAILS = (pyarrow.ArrowException, OSError)


class Typing(Protocol):
    """Gives the values of texts, see `values.ColumnTypes`."""

    def records(self, rows: list[list[str]]) -> list[Record]: ...


class ArrowSource:
    """One layer of a file GDAL reads. `layers` are all that can be chosen; `opened` is where GDAL finds the file, when
    that is not `path`; `typed` makes the values of a format that has only texts; `left_out` names fields that say
    nothing."""

    def __init__(
        self,
        path: Path,
        signature: Signature,
        options: ReadOptions,
        *,
        opened: Path | None = None,
        layers: Sequence[str] | None = None,
        default: str = "",
        typed: Callable[[list[str]], Typing] | None = None,
        left_out: Sequence[str] = (),
        **open_options: str,
    ) -> None:
        self.path = path
        self.encoding = Encoding("utf-8")
        self._opened = opened or path
        self._options = open_options
        refusal = NotWhatItSays(file=path.name, format=signature.title)
        self.layers = list(layers or self._layer_names(refusal, with_tables=options.without_place))
        self._layer = chosen(path.name, self.layers, options.source_layer or default)
        info = asked(
            pyogrio.read_info,
            refusal,
            self._opened,
            layer=self._layer,
            force_feature_count=True,
            **open_options,
        )
        if info["driver"] != signature.driver:
            raise refusal
        self.crs = str(info["crs"] or "")
        self.geometry_type = str(info["geometry_type"] or "")
        names = [str(name) for name in info["fields"]]
        self._kept = [index for index, name in enumerate(names) if name not in left_out]
        self._width = len(names)
        self.fields = distinct([names[index] for index in self._kept])
        self._rows = int(info["features"])
        self._typed = typed(self.fields) if typed else None
        self._done = 0

    def share_read(self) -> float:
        return min(self._done / self._rows, 1.0) if self._rows else 1.0

    def batches(self) -> Iterator[Batch]:
        self._done = 0
        try:
            for columns in self._stream():
                batch = self._batch(columns)
                self._done += len(batch)
                yield batch
        except ImportRefused:
            raise
        except (*GDAL_FAILS, *ARROW_FAILS) as error:
            raise BrokenFile(file=self.path.name, row=self._done) from error
        if self._done < self._rows:
            raise BrokenFile(file=self.path.name, row=self._done)

    def _stream(self) -> Iterator[pyarrow.RecordBatch]:
        size = rows_per_batch(_bytes_of(self._opened), self._rows)
        opened = pyogrio.raw.open_arrow(
            self._opened, layer=self._layer, batch_size=size, datetime_as_string=True, **self._options
        )
        with ExitStack() as stack:
            _meta, stream = asked(stack.enter_context, BrokenFile(file=self.path.name, row=0), opened)
            columns = pyarrow.RecordBatchReader.from_stream(stream)
            while (
                part := asked(next, BrokenFile(file=self.path.name, row=self._done), columns, None)
            ) is not None:
                yield part

    def _batch(self, columns: pyarrow.RecordBatch) -> Batch:
        shapes = columns.column(self._width).to_pylist() if columns.num_columns > self._width else []
        geometries, problems, curved = read_wkb(shapes or [None] * columns.num_rows)
        try:
            records = self._records([columns.column(index) for index in self._kept], columns.num_rows)
        except (pyarrow.ArrowInvalid, UnicodeDecodeError) as error:
            raise WrongEncoding(encoding=self.encoding.name, row=self._done + 1) from error
        return Batch(self._done + 1, geometries, records, problems, curved=curved)

    def _records(self, columns: list[pyarrow.Array], count: int) -> Sequence[Record]:
        if self._typed is None:
            return Columns(self.fields, columns, count)
        rows = zip(*[column.to_pylist() for column in columns], strict=True) if columns else [()] * count
        return self._typed.records([[_text(cell) for cell in row] for row in rows])

    def _layer_names(self, refusal: NotWhatItSays, *, with_tables: bool) -> list[str]:
        layers = asked(pyogrio.list_layers, refusal, self._opened)
        return [str(name) for name, kind in layers if kind is not None or with_tables]


def _text(cell: Any) -> str:
    if isinstance(cell, list):
        return "; ".join(_text(part) for part in cell)
    return "" if cell is None else str(cell)


def _bytes_of(path: Path) -> int:
    if path.is_dir():
        return sum(part.stat().st_size for part in path.iterdir())
    return path.stat().st_size
