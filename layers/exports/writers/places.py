"""Where a row is, in tables that have no geometry: two columns for points, WKT for the rest."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from layers.exports.export import Batch, Export

WKT_NAMES = ("wkt", "geometry", "geom", "the_geom")
PAIRS = {True: (("lon", "lat"), ("longitude", "latitude")), False: (("x", "y"), ("east", "north"))}


@dataclass(frozen=True)
class Places:
    """Two names for points, one for WKT."""

    names: tuple[str, ...]

    @classmethod
    def of(cls, export: Export) -> "Places":
        """Columns whose names no field has."""
        taken = {field.name.casefold() for field in export.survey.fields}
        is_points = set(export.survey.shapes) <= {"POINT", None} and "POINT" in export.survey.shapes
        pairs = PAIRS[export.order.system.is_degrees] if is_points else ()
        pair = next((pair for pair in pairs if not taken.intersection(pair)), None)
        if pair is not None:
            return cls(pair)
        name = next((name for name in WKT_NAMES if name not in taken), None)
        return cls((name or next(f"wkt_{n}" for n in range(1, 1000) if f"wkt_{n}" not in taken),))

    def columns(self, batch: Batch) -> list[list[Any]]:
        """As many columns as names; None where there is no shape."""
        if len(self.names) == 1:
            texts = shapely.to_wkt(batch.shapes, rounding_precision=-1, trim=True)
            return [np.asarray(texts, dtype=object).tolist()]
        missing = shapely.is_missing(batch.shapes)
        return [
            [None if gone else value for gone, value in zip(missing, axis.tolist(), strict=True)]
            for axis in (shapely.get_x(batch.shapes), shapely.get_y(batch.shapes))
        ]
