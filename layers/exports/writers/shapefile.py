"""Shapefile: a set of files for every kind of shape, names of ten bytes, text of 254, in a chosen encoding."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyogrio.errors
import shapely
from django.utils.translation import gettext_noop

from layers.exports.errors import ShapesDoNotFit, TextDoesNotFit, TooLargeForFormat
from layers.exports.export import Batch, Export
from layers.exports.fields import Kind
from layers.exports.names import short
from layers.exports.writers.arrow import arrow_schema, arrow_values
from layers.exports.writers.geodata import write_arrow

NAME_BYTES = 10
TEXT_BYTES = 254
GDAL_NAMES = {"utf-8": "UTF-8", "cp1253": "CP1253", "iso-8859-7": "ISO-8859-7", "cp737": "CP737"}
# By kind: GDAL's name of the type, the end of the file's name where there are several, shapely's type numbers.
KINDS = {
    "point": ("Point", "points", (0,)),
    "multipoint": ("MultiPoint", "multipoints", (4,)),
    "line": ("LineString", "lines", (1, 2, 5)),
    "polygon": ("Polygon", "polygons", (3, 6)),
}


def write(export: Export, folder: Path) -> list[Path]:
    """The parts of every Shapefile. Raises ShapesDoNotFit, TextDoesNotFit, TooLargeForFormat."""
    return _Writer(export, folder).written()


class _Writer:
    def __init__(self, export: Export, folder: Path) -> None:
        self.export, self.folder = export, folder
        self.encoding = export.order.encoding
        names = [field.name for field in export.survey.fields]
        self.names = short(names, longest=NAME_BYTES, encoding=self.encoding)
        self.cut = 0

    def written(self) -> list[Path]:
        if "mixed" in self.export.survey.kinds:
            raise ShapesDoNotFit(format=self.export.order.format.title)
        kinds = self._kinds()
        for kind in kinds:
            self._write(kind, alone=len(kinds) == 1, takes_blanks=kind == kinds[0])
        self._tell()
        return sorted(self.folder.iterdir())

    def _kinds(self) -> list[str]:
        """Points and multipoints are two kinds here."""
        shapes = {name for name in self.export.survey.shapes if name}
        found = [kind for kind in ("line", "polygon") if kind in self.export.survey.kinds]
        found += ["point"] if "POINT" in shapes else []
        found += ["multipoint"] if "MULTIPOINT" in shapes else []
        own = self.export.order.source.geometry_kind
        return sorted(found, key=list(KINDS).index) or [own if own in KINDS else "point"]

    def _write(self, kind: str, *, alone: bool, takes_blanks: bool) -> None:
        gdal_type, ending, numbers = KINDS[kind]
        stem = self.export.order.stem if alone else f"{self.export.order.stem}_{ending}"
        schema = arrow_schema(self.export, self.names)
        try:
            write_arrow(
                schema,
                self._batches(schema, {*numbers, -1} if takes_blanks else set(numbers)),
                self.folder / f"{stem}.shp",
                driver="ESRI Shapefile",
                crs=self.export.order.system.code,
                geometry_type=gdal_type,
                encoding=GDAL_NAMES[self.encoding],
                layer_options={"2GB_LIMIT": "YES"},
            )
        except (pyogrio.errors.FeatureError, pyogrio.errors.DataLayerError) as error:
            rows = self.export.survey.rows
            raise TooLargeForFormat(rows=rows, format=self.export.order.format.title) from error
        (self.folder / f"{stem}.cpg").write_text(GDAL_NAMES[self.encoding], encoding="ascii")

    def _batches(self, schema: pa.Schema, numbers: set[int]) -> Iterator[pa.RecordBatch]:
        for batch in self.export.batches():
            types = shapely.get_type_id(batch.shapes)
            keep = np.flatnonzero(np.isin(types, list(numbers))).tolist()
            if keep:
                yield self._batch(schema, batch, keep)

    def _batch(self, schema: pa.Schema, batch: Batch, keep: list[int]) -> pa.RecordBatch:
        arrays = [pa.array([batch.wkb[index] for index in keep], pa.binary())]
        for number, field in enumerate(self.export.survey.fields):
            values = arrow_values(field.kind, [batch.columns[number][index] for index in keep])
            if field.kind in (Kind.TEXT, Kind.JSON):
                values = [value if value is None else self._fitted(value, field.name) for value in values]
            arrays.append(pa.array(values, schema.field(number + 1).type))
        return pa.RecordBatch.from_arrays(arrays, schema=schema)

    def _fitted(self, text: str, field: str) -> str:
        """The text, cut where the field ends; raises TextDoesNotFit for letters that the encoding lacks."""
        if text.isascii() and len(text) <= TEXT_BYTES:
            return text
        data = encoded(text, self.encoding, field)
        if len(data) <= TEXT_BYTES:
            return text
        self.cut += 1
        return data[:TEXT_BYTES].decode(self.encoding, "ignore")

    def _tell(self) -> None:
        for field, name in zip(self.export.survey.fields, self.names, strict=True):
            if field.name != name:
                sentence = gettext_noop(
                    "The field “%(field)s” is called “%(name)s” here: names have ten bytes."
                )
                self.export.tell(sentence, field=field.name, name=name)
        if self.cut:
            sentence = gettext_noop("%(count)s texts were cut: a Shapefile holds 254 bytes in a field.")
            self.export.tell(sentence, count=self.cut)


def encoded(text: str, encoding: str, field: str) -> bytes:
    """The text in the encoding; TextDoesNotFit when it has letters that this cannot write."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        around = text[max(0, error.start - 10) : error.end + 10]
        raise TextDoesNotFit(text=around, field=field, encoding=encoding) from error
