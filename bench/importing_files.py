"""The files that the import benchmark reads; the same in every run."""

from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

PARCELS = 300_000
POINTS = 3_000_000
POINTS_AT_ONCE = 500_000
PER_ROW = 550
WEST, SOUTH = 300_000, 4_230_000
CHANGED_OF_A_HUNDRED = 1


def make_parcels(path: Path, *, count: int = PARCELS, is_changed: bool = False) -> Path:
    """Parcels of six corners in rows, as longitude and latitude, with five fields. `is_changed`: one parcel in a
    hundred has moved by a metre and has another area."""
    random = np.random.default_rng(1)
    number = np.arange(count)
    moved = ((number % 100 < CHANGED_OF_A_HUNDRED) & is_changed).astype(float)
    west, south = WEST + (number % PER_ROW) * 30.0 + moved, SOUTH + (number // PER_ROW) * 25.0
    width, depth = random.uniform(15, 28, count), random.uniform(12, 24, count)
    bend = random.uniform(-1, 1, (2, count))
    x = np.stack([west, west + width / 2, west + width, west + width, west + width / 2, west, west], axis=1)
    y = np.stack(
        [south, south + bend[0], south, south + depth, south + depth + bend[1], south + depth, south], axis=1
    )
    rings = shapely.linearrings(_degrees(x.ravel(), y.ravel()), indices=np.repeat(number, 7))
    fields: dict[str, NDArray[Any]] = {
        "kaek": np.array([f"{60_000_000_000 + one:012d}" for one in number], dtype=object),
        "area": (random.uniform(100, 900, count) + moved).round(2),
        "zone": random.integers(1, 9, count).astype("int32"),
        "address": np.array([f"Αγίας Σοφίας {one % 200}" for one in number], dtype=object),
        "year": random.integers(1900, 2024, count).astype("int32"),
    }
    _write(path, shapely.polygons(rings), fields, "parcels", "Polygon")
    return path


def make_points(path: Path, count: int = POINTS) -> Path:
    """Points in rows with a number and a kind, as longitude and latitude; written piece by piece."""
    for start in range(0, count, POINTS_AT_ONCE):
        number = np.arange(start, min(start + POINTS_AT_ONCE, count))
        places = _degrees(WEST + (number % 2000) * 10.0, SOUTH + (number // 2000) * 10.0)
        fields: dict[str, NDArray[Any]] = {
            "code": np.array([f"P{one:08d}" for one in number], dtype=object),
            "kind": (number % 7).astype("int32"),
            "name": np.array([f"Σημείο {one % 1000}" for one in number], dtype=object),
        }
        _write(path, shapely.points(places), fields, "points", "Point", append=start > 0)
    return path


def _degrees(x: NDArray[Any], y: NDArray[Any]) -> NDArray[np.float64]:
    return np.column_stack(Transformer.from_crs(2100, 4326, always_xy=True).transform(x, y))


def _write(
    path: Path, shapes: Any, fields: dict[str, NDArray[Any]], layer: str, kind: str, *, append: bool = False
) -> None:
    pyogrio.raw.write(
        path,
        shapely.to_wkb(shapes),
        list(fields.values()),
        list(fields),
        driver="GPKG",
        layer=layer,
        geometry_type=kind,
        crs="EPSG:4326",
        append=append,
    )
