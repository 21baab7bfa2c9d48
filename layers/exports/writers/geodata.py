"""GeoPackage and FlatGeobuf through GDAL, which takes the rows as they come."""

import logging
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyogrio
from django.utils.translation import gettext_noop

from layers.exports.export import Export
from layers.exports.names import distinct
from layers.exports.writers.arrow import arrow_batches, arrow_schema, shape_name

# It tells of every file that it wrote how many rows it has.
logging.getLogger("pyogrio._io").setLevel(logging.WARNING)


def write_geopackage(export: Export, folder: Path) -> list[Path]:
    """Any kinds of shapes in one table, with its spatial index."""
    path = folder / f"{export.order.stem}.gpkg"
    fields = export.survey.fields
    names = distinct(field.name for field in fields)
    for field, name in zip(fields, names, strict=True):
        if field.name != name:
            sentence = gettext_noop(
                "The field “%(field)s” is called “%(name)s” here: case alone tells no names apart."
            )
            export.tell(sentence, field=field.name, name=name)
    taken = {name.casefold() for name in names}
    row_id = next(name for name in ("fid", *(f"fid_{n}" for n in range(1, 1000))) if name not in taken)
    place = "geom" if "geom" not in taken else shape_name(fields)
    return _written(export, path, "GPKG", names, layer_options={"FID": row_id, "GEOMETRY_NAME": place})


def write_flatgeobuf(export: Export, folder: Path) -> list[Path]:
    """Without a spatial index where rows have no shape, which that index cannot hold."""
    path = folder / f"{export.order.stem}.fgb"
    index = "NO" if None in export.survey.shapes or not export.survey.rows else "YES"
    names = [field.name for field in export.survey.fields]
    return _written(export, path, "FlatGeobuf", names, layer_options={"SPATIAL_INDEX": index})


def _written(
    export: Export, path: Path, driver: str, names: list[str], layer_options: dict[str, str] | None = None
) -> list[Path]:
    schema = arrow_schema(export, names)
    write_arrow(
        schema,
        arrow_batches(export, schema),
        path,
        driver=driver,
        crs=export.order.system.code,
        geometry_type="Unknown",
        layer_options=layer_options or {},
    )
    return [path]


def write_arrow(schema: pa.Schema, batches: Iterator[pa.RecordBatch], path: Path, **options: Any) -> None:
    """Stream batches into a new file. What fails while rows are read is raised as it was, and not as GDAL tells it."""
    failures: list[Exception] = []

    def guarded() -> Iterator[pa.RecordBatch]:
        try:
            yield from batches
        except Exception as error:
            failures.append(error)
            raise

    reader = pa.RecordBatchReader.from_batches(schema, guarded())
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            pyogrio.write_arrow(
                reader, path, layer=options.pop("layer", path.stem), geometry_name=schema.names[0], **options
            )
    except Exception:
        if failures:
            raise failures[0] from failures[0].__cause__
        raise
