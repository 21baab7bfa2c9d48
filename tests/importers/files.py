"""Small files made on the spot, one defect each; positions as in `tests.factories.at`."""

import json
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from pyproj import Transformer

from tests.factories.places import SOUTH, WEST

GREEK_GRID = "EPSG:2100"
TO_LONLAT = Transformer.from_crs(2100, 4326, always_xy=True)
Shapes = Sequence[shapely.Geometry | None]


def square(x: float, y: float, side: float = 100) -> shapely.Polygon:
    """A square in the storage CRS, its south-west corner `x`, `y` metres from the town's."""
    return shapely.box(WEST + x, SOUTH + y, WEST + x + side, SOUTH + y + side)


def bowtie(x: float, y: float, side: float = 100) -> shapely.Polygon:
    """A polygon that crosses itself; both of its triangles have a quarter of the square."""
    corners = [(0, 0), (side, side), (side, 0), (0, side), (0, 0)]
    return shapely.Polygon([(WEST + x + dx, SOUTH + y + dy) for dx, dy in corners])


def point(x: float, y: float) -> shapely.Point:
    return shapely.Point(WEST + x, SOUTH + y)


def in_degrees(shape: shapely.Geometry) -> Any:
    """The same shape as longitude and latitude."""
    return shapely.transform(shape, lambda xy: np.column_stack(TO_LONLAT.transform(xy[:, 0], xy[:, 1])))


def write(
    path: Path,
    shapes: Shapes,
    fields: dict[str, list[Any]],
    *,
    crs: str | None = GREEK_GRID,
    geometry_type: str = "Polygon",
    **options: Any,
) -> Path:
    """A GeoPackage or Shapefile, as the extension says."""
    driver = {".gpkg": "GPKG", ".shp": "ESRI Shapefile"}[path.suffix]
    columns = [_column(values) for values in fields.values()]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a file without a CRS is meant
        _write_raw(path, shapes, columns, list(fields), driver, crs, geometry_type, options)
    return path


def _write_raw(
    path: Path,
    shapes: Shapes,
    columns: list[np.ndarray],
    names: list[str],
    driver: str,
    crs: str | None,
    geometry_type: str,
    options: dict[str, Any],
) -> None:
    wkb = shapely.to_wkb(np.array(shapes, dtype=object))
    pyogrio.raw.write(
        path, wkb, columns, names, driver=driver, crs=crs, geometry_type=geometry_type, **options
    )


def _column(values: list[Any]) -> np.ndarray:
    return np.array(values, dtype=object if isinstance(values[0], str) else None)


def write_dbf_in(path: Path, encoding: str, texts: list[str]) -> Path:
    """A Shapefile of squares whose field NAME is in `encoding`, without a `.cpg` that would say so."""
    raw = [text.encode(encoding).decode("iso-8859-1") for text in texts]
    shapes = [square(200 * index, 0) for index in range(len(texts))]
    keys = [f"K{index}" for index in range(len(texts))]
    write(path, shapes, {"KEY": keys, "NAME": raw}, encoding="ISO-8859-1")
    path.with_suffix(".cpg").unlink()
    return path


def write_geojson(path: Path, shapes: Shapes, records: list[dict[str, Any]], **members: Any) -> Path:
    """GeoJSON in degrees of shapes given in the storage CRS."""
    features = [
        {
            "type": "Feature",
            "properties": record,
            "geometry": None if shape is None else json.loads(shapely.to_geojson(in_degrees(shape))),
        }
        for shape, record in zip(shapes, records, strict=True)
    ]
    document = {"type": "FeatureCollection", **members, "features": features}
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def write_csv(path: Path, lines: list[str], encoding: str = "utf-8") -> Path:
    path.write_text("\n".join(lines) + "\n", encoding=encoding)
    return path
