"""What GDAL reads from a file by itself, in the measures that can be compared with a layer."""

import warnings
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pandas
import pyogrio
import shapely
from pyogrio.errors import DataLayerError, DataSourceError, FeatureError, GeometryError
from shapely.errors import GEOSException

# Kinds of file that GDAL reads row for row as we do. A table is read by the csv module; a drawing has other rows in
# GDAL (it explodes other blocks), OSM other layers.
COMPARED = {
    ".shp",
    ".gpkg",
    ".geojson",
    ".json",
    ".fgb",
    ".gml",
    ".gdb",
    ".zip",
    ".kml",
    ".kmz",
    ".geojsonl",
    ".seq",
}


# How it says that it cannot read a file.
UNREADABLE = (DataSourceError, DataLayerError, FeatureError, GeometryError, GEOSException)
# What GDAL adds to a file by itself.
OWN_FIELDS = {"geometry", "altitudeMode", "icon"}


@dataclass(frozen=True)
class Measures:
    """Rows with a geometry; sorted areas and lengths in the storage CRS; how often each text occurs."""

    rows: int
    areas: list[float]
    lengths: list[float]
    texts: "Counter[str]"


def measures(path: Path, layer: str, encoding: str, srid: int, said_crs: str = "") -> Measures | None:
    """None for a kind of file that is not compared, or that GDAL cannot read."""
    if path.suffix.lower() not in COMPARED:
        return None
    frame = _frame(path, layer, encoding)
    if frame is None:
        return None
    if frame.crs is None and said_crs:
        frame = frame.set_crs(said_crs)
    shapes = np.asarray(frame.geometry, dtype=object)
    present = ~(shapely.is_missing(shapes) | shapely.is_empty(shapes))
    placed = frame.geometry[present].to_crs(srid) if frame.crs is not None else frame.geometry[present]
    valid = shapely.make_valid(shapely.force_2d(np.asarray(placed, dtype=object)), method="structure")
    finite = np.isfinite(shapely.bounds(valid)).all(axis=1) if len(valid) else np.ones(0, dtype=bool)
    kept = valid[finite]
    rows = frame[present][finite]
    names = [name for name in frame.columns if name not in OWN_FIELDS]
    texts = Counter(value for name in names for value in _texts(rows[name]))
    return Measures(
        len(kept),
        sorted(shapely.area(kept).tolist()),
        sorted(shapely.length(kept[shapely.get_dimensions(kept) == 1]).tolist()),
        texts,
    )


def _frame(path: Path, layer: str, encoding: str) -> geopandas.GeoDataFrame | None:
    options: dict[str, Any] = {"layer": layer} if layer else {}
    if path.suffix.lower() == ".shp":
        options["encoding"] = encoding
    name = f"/vsizip/{path}" if path.suffix.lower() == ".zip" else str(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            frames = [pyogrio.read_dataframe(name, **one) for one in _layers(path, options)]
    except UNREADABLE:
        return None
    with_shapes = [frame for frame in frames if isinstance(frame, geopandas.GeoDataFrame) and len(frame)]
    return pandas.concat(with_shapes) if with_shapes else None


def _layers(path: Path, options: dict[str, Any]) -> list[dict[str, Any]]:
    """The folders of a KML are layers to GDAL; to us they are the same file."""
    if path.suffix.lower() not in {".kml", ".kmz"}:
        return [options]
    return [{**options, "layer": str(name)} for name, _ in pyogrio.list_layers(path)]


def _texts(column: Any) -> list[str]:
    return [value.strip() for value in column.tolist() if isinstance(value, str) and value.strip()]
