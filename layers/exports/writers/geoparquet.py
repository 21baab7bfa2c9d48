"""GeoParquet 1.1 by pyarrow: WKB, with the CRS as PROJJSON."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.parquet as pq
import shapely

from layers.exports.export import Batch, Export
from layers.exports.writers.arrow import arrow_batch, arrow_schema

TYPES = {
    "POINT": "Point",
    "LINESTRING": "LineString",
    "POLYGON": "Polygon",
    "MULTIPOINT": "MultiPoint",
    "MULTILINESTRING": "MultiLineString",
    "MULTIPOLYGON": "MultiPolygon",
    "GEOMETRYCOLLECTION": "GeometryCollection",
}


def write(export: Export, folder: Path) -> list[Path]:
    path = folder / f"{export.order.stem}.parquet"
    schema = arrow_schema(export, [field.name for field in export.survey.fields])
    bounds = np.array([np.inf, np.inf, -np.inf, -np.inf])
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        for batch in export.batches():
            bounds = _grown(bounds, batch)
            writer.write_batch(arrow_batch(export, schema, batch))
        about = json.dumps(_geo(export, schema.names[0], bounds))
        writer.add_key_value_metadata({"geo": about})
    return [path]


def _grown(bounds: Any, batch: Batch) -> Any:
    """The bounds with those of the batch; empty shapes have none."""
    own = shapely.total_bounds(batch.shapes)
    if not np.isfinite(own).all():
        return bounds
    return np.concatenate((np.minimum(bounds[:2], own[:2]), np.maximum(bounds[2:], own[2:])))


def _geo(export: Export, column: str, bounds: Any) -> dict[str, Any]:
    types = sorted(TYPES[name] for name in export.survey.shapes if name in TYPES)
    about: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": types,
        "crs": export.order.system.pyproj().to_json_dict(),
    }
    if np.isfinite(bounds).all():
        about["bbox"] = bounds.tolist()
    return {"version": "1.1.0", "primary_column": column, "columns": {column: about}}
