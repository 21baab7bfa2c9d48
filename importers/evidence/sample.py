"""A sample of the rows as they would be stored, for the map: GeoJSON in CRS84."""

import json
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from core.geo import CRS84
from importers.crs import crs_named, placed_by
from importers.evidence.evenly import Evenly
from importers.geometry import Cleaned, key_text

MOST_ROWS = 500
MOST_VERTICES = 60_000
LONGEST_TEXT = 100
MOST_PROPERTIES = 12
ABOUT_A_DECIMETRE = 6
#: The property that says what becomes of a row; no field of a file is called so.
CHANGE = "@change"


@dataclass(frozen=True)
class Row:
    number: int
    key: str
    shape: shapely.Geometry
    properties: dict[str, Any]


class Sample:
    """At most MOST_ROWS rows, spread evenly over the file."""

    def __init__(self, key_field: str) -> None:
        self._key_field = key_field
        self._kept: Evenly[Row] = Evenly(MOST_ROWS)
        #: What becomes of a row, by key, where somebody told: see changes.
        self.verdicts: dict[str, str] = {}

    def see(self, cleaned: Cleaned) -> None:
        chosen = self._kept.wanted(len(cleaned.rows))
        self._kept.keep([self._row(cleaned, index) for index in chosen])

    @property
    def keys(self) -> list[str]:
        """Those of the rows kept; none where rows are not known by a field."""
        return [row.key for row in self._kept.kept if row.key]

    def _row(self, cleaned: Cleaned, index: int) -> Row:
        record = cleaned.records[index]
        key = key_text(record.get(self._key_field)) if self._key_field else ""
        return Row(cleaned.rows[index], key, cleaned.geometries[index], self._properties(record))

    def _properties(self, record: dict[str, Any]) -> dict[str, Any]:
        names = [self._key_field, *record] if self._key_field in record else list(record)
        short = list(dict.fromkeys(names))[:MOST_PROPERTIES]
        return {name: _short(record[name]) for name in short}

    def as_json(self) -> dict[str, Any]:
        rows = self._kept.kept
        shapes = np.array([row.shape for row in rows], dtype=object)
        shapes = _in_degrees(_lighter(shapes))
        features = [
            {
                "type": "Feature",
                "id": row.number,
                "geometry": json.loads(shapely.to_geojson(shape)),
                "properties": row.properties | self._change(row),
            }
            for row, shape in zip(rows, shapes.tolist(), strict=True)
            if shape is not None
        ]
        return {"type": "FeatureCollection", "features": features}

    def _change(self, row: Row) -> dict[str, str]:
        verdict = self.verdicts.get(row.key)
        return {} if verdict is None else {CHANGE: verdict}


def _short(value: Any) -> Any:
    if isinstance(value, str):
        return value[:LONGEST_TEXT]
    return value if isinstance(value, bool | int | float) else str(value)[:LONGEST_TEXT]


def _lighter(shapes: Any) -> Any:
    """Simplified by more and more metres until all together have few enough vertices to send."""
    metres = 0.5
    while shapely.get_num_coordinates(shapes).sum() > MOST_VERTICES and metres < 10_000:
        shapes = shapely.simplify(shapes, metres)
        metres *= 2
    return shapes


def _in_degrees(shapes: Any) -> Any:
    to_storage = placed_by(crs_named(f"EPSG:{CRS84}")).transformer
    if to_storage is None or not len(shapes):
        return shapes
    coordinates = shapely.get_coordinates(shapes)
    lon, lat = to_storage.transform(coordinates[:, 0], coordinates[:, 1], direction="INVERSE")
    placed = np.column_stack((lon, lat)).round(ABOUT_A_DECIMETRE)
    return shapely.set_coordinates(shapes.copy(), placed)
