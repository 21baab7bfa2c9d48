"""Geometries that Arrow holds as lists of coordinates, as shapely geometries."""

from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely

from importers.sources.base import Geometries

NATIVE = {
    "point": shapely.GeometryType.POINT,
    "linestring": shapely.GeometryType.LINESTRING,
    "polygon": shapely.GeometryType.POLYGON,
    "multipoint": shapely.GeometryType.MULTIPOINT,
    "multilinestring": shapely.GeometryType.MULTILINESTRING,
    "multipolygon": shapely.GeometryType.MULTIPOLYGON,
}


def from_native(column: pa.Array, encoding: str) -> Geometries:
    """The geometries of a column in one of the `NATIVE` encodings, None where it is null. Raises ValueError where
    the column is not built so."""
    values = column.storage if isinstance(column, pa.ExtensionArray) else column
    known = np.asarray(values.is_valid())
    offsets = []
    while pa.types.is_list(values.type) or pa.types.is_large_list(values.type):
        lengths = np.asarray(pc.fill_null(pc.list_value_length(values), 0))
        offsets.append(np.concatenate(([0], np.cumsum(lengths))).astype("int64"))
        values = values.flatten()
    shapes = shapely.from_ragged_array(
        NATIVE[encoding], _coordinates(values), tuple(reversed(offsets)) or None
    )
    result = np.asarray(shapes, dtype=object)
    result[~known] = None
    return result


def _coordinates(values: pa.Array) -> Any:
    """N × 2 or N × 3 of x, y and perhaps z; measures are left out."""
    if pa.types.is_struct(values.type):
        names = [field.name for field in values.type if field.name in ("x", "y", "z")]
        columns = [values.field(name).to_numpy(zero_copy_only=False) for name in names]
        return np.ascontiguousarray(np.column_stack(columns), dtype="float64")
    if pa.types.is_fixed_size_list(values.type):
        size = values.type.list_size
        flat = values.values.to_numpy(zero_copy_only=False)[values.offset * size :][: len(values) * size]
        return np.ascontiguousarray(flat.reshape(-1, size)[:, :3], dtype="float64")
    raise ValueError(f"no coordinates: {values.type}")
