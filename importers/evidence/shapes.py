"""What a check counts about geometries: types, heights, duplicates, slivers, and what lies outside."""

from collections import Counter
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from importers.evidence.repeats import Repeats
from importers.geometry import Cleaned
from importers.sources.base import Geometries

SLIVER_METRES = 0.5
SLIVER_THINNESS = 0.05
KEPT_EXAMPLES = 10
POLYGON = 3
NAMES = {
    0: "Point",
    1: "LineString",
    2: "LinearRing",
    3: "Polygon",
    4: "MultiPoint",
    5: "MultiLineString",
    6: "MultiPolygon",
    7: "GeometryCollection",
}


class Shapes:
    """Counters over all batches. `home` is the boundary of the municipality in the storage CRS."""

    def __init__(self, home: shapely.Geometry | None) -> None:
        self._home = home
        self._types: Counter[str] = Counter()
        self._counts: Counter[str] = Counter()
        self._slivers: list[dict[str, Any]] = []
        self._outside: list[int] = []
        self._alike = Repeats()
        self._same_place = Repeats()
        self.bounds: NDArray[np.float64] = np.array([np.inf, np.inf, -np.inf, -np.inf])
        if home is not None:
            shapely.prepare(home)

    def see(self, cleaned: Cleaned) -> None:
        if not len(cleaned.geometries):
            return
        bounds = shapely.bounds(cleaned.geometries)
        self.bounds[:2] = np.minimum(self.bounds[:2], bounds[:, :2].min(axis=0))
        self.bounds[2:] = np.maximum(self.bounds[2:], bounds[:, 2:].max(axis=0))
        self._see_duplicates(cleaned)
        self._see_slivers(cleaned)
        self._see_outside(cleaned)

    def see_raw(self, geometries: Geometries) -> None:
        """Geometries as they are in the file."""
        present = geometries[~shapely.is_missing(geometries)]
        self._counts["missing"] += len(geometries) - len(present)
        self._counts["empty"] += int(shapely.is_empty(present).sum())
        self._counts["with_z"] += int(shapely.has_z(present).sum())
        self._counts["with_m"] += int(shapely.has_m(present).sum())
        numbers, counts = np.unique(shapely.get_type_id(present), return_counts=True)
        for number, count in zip(numbers.tolist(), counts.tolist(), strict=True):
            self._types[NAMES[number]] += count

    def _see_duplicates(self, cleaned: Cleaned) -> None:
        shapes = [hash(wkb) for wkb in shapely.to_wkb(cleaned.geometries).tolist()]
        contents = [
            hash((shape, repr(record))) for shape, record in zip(shapes, cleaned.records, strict=True)
        ]
        self._same_place.see(shapes, cleaned.rows)
        self._alike.see(contents, cleaned.rows)

    def _see_slivers(self, cleaned: Cleaned) -> None:
        parts, owners = shapely.get_parts(cleaned.geometries, return_index=True)
        is_polygon = shapely.get_type_id(parts) == POLYGON
        parts, owners = parts[is_polygon], owners[is_polygon]
        widths, thin = widths_of(parts)
        thin &= widths < SLIVER_METRES
        for index in np.unique(owners[thin]).tolist():
            self._counts["slivers"] += 1
            if len(self._slivers) < KEPT_EXAMPLES:
                width = float(widths[thin & (owners == index)].min())
                self._slivers.append({"row": cleaned.rows[index], "width_metres": round(width, 3)})

    def _see_outside(self, cleaned: Cleaned) -> None:
        if self._home is None:
            return
        outside = np.flatnonzero(~shapely.intersects(self._home, cleaned.geometries)).tolist()
        self._counts["outside"] += len(outside)
        rows = [cleaned.rows[index] for index in outside[:KEPT_EXAMPLES]]
        self._outside = (self._outside + rows)[:KEPT_EXAMPLES]

    def as_json(self) -> dict[str, Any]:
        duplicates, same_place = self._alike.extra(), self._same_place.extra()
        return {
            "types": dict(self._types),
            **{name: self._counts[name] for name in ("missing", "empty", "with_z", "with_m", "slivers")},
            "outside": None if self._home is None else self._counts["outside"],
            "duplicates": duplicates,
            "same_geometry": same_place - duplicates,
            "examples": {
                "slivers": self._slivers,
                "outside": self._outside,
                "duplicates": self._alike.rows(),
                "same_geometry": self._same_place.rows(),
            },
        }


def widths_of(polygons: Geometries) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """The width in metres that a strip of the same area and perimeter has, and whether the shape is that thin."""
    areas, perimeters = shapely.area(polygons), shapely.length(polygons)
    safe = np.where(perimeters > 0, perimeters, 1.0)
    return 2 * areas / safe, 4 * np.pi * areas / safe**2 < SLIVER_THINNESS
