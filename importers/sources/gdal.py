"""GeoPackage and Shapefile through pyogrio, batch by batch, with GDAL told to follow nothing outside the file."""

import gc
from collections.abc import Iterator
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from importers.encodings import Encoding
from importers.errors import (
    BrokenFile,
    NotWhatItSays,
    WrongEncoding,
)
from importers.sources.base import Batch, ReadOptions, Record, rows_per_batch
from importers.sources.choice import chosen
from importers.sources.gdal_library import asked, pyogrio
from importers.sources.signatures import Signature
from importers.sources.wkb import read_wkb

# Raw bytes as they stand: every byte is a character of ISO-8859-1, and we decode them ourselves.
AS_BYTES = "ISO-8859-1"


class GdalSource:
    """A layer of a GeoPackage, or a Shapefile. Text of a Shapefile is decoded here by `encoding`."""

    def __init__(self, path: Path, signature: Signature, options: ReadOptions, encoding: Encoding) -> None:
        self.path = path
        self.encoding = encoding
        self._signature = signature
        self.layers = self._layer_names()
        self._layer = chosen(path.name, self.layers, options.source_layer)
        self._decodes = signature.driver == "ESRI Shapefile"
        info = self._info()
        self.crs = str(info["crs"] or "")
        self.geometry_type = str(info["geometry_type"] or "")
        self._raw_fields = [str(name) for name in info["fields"]]
        self.fields = [self._decoded(name, 0)[0] for name in self._raw_fields]
        self._dtypes = [str(dtype) for dtype in info["dtypes"]]
        self._fid = str(info["fid_column"] or "") if signature.driver == "GPKG" else ""
        self._rows = int(info["features"])
        self._size = rows_per_batch(path.stat().st_size, self._rows)
        self._done = 0

    def share_read(self) -> float:
        return self._done / self._rows if self._rows else 1.0

    def batches(self) -> Iterator[Batch]:
        last_fid: int | None = None
        while self._done < self._rows:
            batch, last_fid = self._read(last_fid)
            if not len(batch):
                raise BrokenFile(file=self.path.name, row=self._done)
            self._done += len(batch)
            yield batch

    def _read(self, last_fid: int | None) -> tuple[Batch, int | None]:
        where: dict[str, Any] = {"skip_features": self._done}
        if self._fid:
            # Paging by row id: a GeoPackage would walk over all that a plain skip leaves out.
            where = {"where": f'"{self._fid}" > {last_fid}'} if last_fid is not None else {}
        meta, fids, wkb, columns = asked(
            pyogrio.raw.read,
            BrokenFile(file=self.path.name, row=self._done),
            self.path,
            layer=self._layer,
            encoding=AS_BYTES if self._decodes else None,
            max_features=self._size,
            datetime_as_string=True,
            return_fids=True,
            **where,
        )
        if not gc.isenabled():
            # pyogrio leaves the raw columns in a circle; a command that turned the collector off would keep them all.
            gc.collect(0)
        records, cut = self._records([str(name) for name in meta["fields"]], columns, len(fids))
        geometries, problems, curved = read_wkb([None] * len(fids) if wkb is None else wkb.tolist())
        batch = Batch(self._done + 1, geometries, records, problems, cut, curved)
        return batch, int(fids[-1]) if len(fids) else last_fid

    def _records(
        self, names: list[str], columns: list[NDArray[Any]], count: int
    ) -> tuple[list[Record], list[int]]:
        cut: set[int] = set()
        lists = [self._values(name, column, cut) for name, column in zip(names, columns, strict=True)]
        clear = [self._decoded(name, 0)[0] for name in names]
        rows = zip(*lists, strict=True) if lists else repeat((), count)
        records = [dict(zip(clear, row, strict=True)) for row in rows]
        if any(None in values for values in lists):
            records = [
                {name: value for name, value in record.items() if value is not None} for record in records
            ]
        return records, sorted(cut)

    def _values(self, name: str, column: NDArray[Any], cut: set[int]) -> list[Any]:
        if column.dtype.kind == "f":
            dtype = self._dtypes[self._raw_fields.index(name)]
            values = _numbers(column, dtype.startswith(("int", "uint", "bool")))
            return [one if one is None else bool(one) for one in values] if dtype == "bool" else values
        if column.dtype.kind != "O":
            return list(column.tolist())
        if not self._decodes:
            return [value if type(value) is str and value else _plain(value) for value in column.tolist()]
        values = []
        for index, value in enumerate(column.tolist()):
            if isinstance(value, str) and not value.isascii():
                value, was_cut = self._decoded(value, self._done + index + 1)
                if was_cut:
                    cut.add(index)
            values.append(_plain(value))
        return values

    def _decoded(self, text: str, row: int) -> tuple[str, bool]:
        """The text in its real encoding, and whether half a character was cut from its end."""
        if not self._decodes or text.isascii():
            return text, False
        data = text.encode(AS_BYTES)
        try:
            return data.decode(self.encoding.name), False
        except UnicodeDecodeError as error:
            if (
                self.encoding.name == "utf-8"
                and error.end == len(data)
                and error.reason == "unexpected end of data"
            ):
                return data[: error.start].decode("utf-8"), True
            raise WrongEncoding(encoding=self.encoding.name, row=row) from error

    def _layer_names(self) -> list[str]:
        refusal = NotWhatItSays(file=self.path.name, format=self._signature.title)
        layers = asked(pyogrio.list_layers, refusal, self.path)
        return [str(name) for name, kind in layers if kind is not None]

    def _info(self) -> dict[str, Any]:
        refusal = NotWhatItSays(file=self.path.name, format=self._signature.title)
        info: dict[str, Any] = asked(
            pyogrio.read_info,
            refusal,
            self.path,
            layer=self._layer,
            encoding=AS_BYTES if self._decodes else None,
            force_feature_count=True,
        )
        if info["driver"] != self._signature.driver:
            raise refusal
        return info


def _numbers(column: NDArray[Any], whole: bool) -> list[Any]:
    """Floats; integers again where blanks made a column of integers floats; what is not finite is blank."""
    finite = np.isfinite(column)
    values: list[Any] = (np.where(finite, column, 0).astype("int64") if whole else column).tolist()
    if finite.all():
        return values
    return [value if known else None for value, known in zip(values, finite.tolist(), strict=True)]


def _plain(value: Any) -> Any:
    """A JSON value: texts as they are, blanks and bytes as nothing, lists as lists."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, np.ndarray):
        return value.tolist()
    return None if isinstance(value, bytes) else value
