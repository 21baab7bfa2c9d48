"""What polygons of a layer do to each other: overlaps and thin gaps, for files within a budget."""

from typing import Any

import numpy as np
import shapely

from importers.evidence.shapes import KEPT_EXAMPLES, POLYGON, widths_of
from importers.geometry import Cleaned, kind_of

MOST_POLYGONS = 50_000
MOST_VERTICES = 600_000
MOST_PAIRS = 400_000
PAIRS_AT_ONCE = 20_000
OVERLAP_M2 = 1.0
GAP_METRES = 1.0


class Neighbours:
    """Keeps the polygons until the file proves larger than the budget, or not a layer of polygons."""

    def __init__(self) -> None:
        self._shapes: list[shapely.Geometry] = []
        self._rows: list[int] = []
        self._vertices = 0
        self._reason = ""

    def see(self, cleaned: Cleaned) -> None:
        if self._reason:
            return
        shapes = cleaned.geometries.tolist()
        if any(kind_of(shape) != "polygon" for shape in shapes):
            self._give_up("not_polygons")
            return
        self._vertices += int(shapely.get_num_coordinates(cleaned.geometries).sum())
        self._shapes += shapes
        self._rows += cleaned.rows
        if len(self._shapes) > MOST_POLYGONS or self._vertices > MOST_VERTICES:
            self._give_up("too_large")

    def _give_up(self, reason: str) -> None:
        self._shapes, self._rows, self._reason = [], [], reason

    def as_json(self) -> dict[str, Any]:
        """Numbers are None where nobody looked; `not_looked` says why: not_polygons, too_large."""
        nothing = {"overlaps": None, "overlap_m2": None, "gaps": None, "gap_m2": None}
        if self._reason or not self._shapes:
            return {**nothing, "not_looked": self._reason or "not_polygons"}
        shapes = np.array(self._shapes, dtype=object)
        found = self._overlaps(shapes)
        if found is None:
            return {**nothing, "not_looked": "too_large"}
        return {**found, **_gaps(shapes), "not_looked": ""}

    def _overlaps(self, shapes: Any) -> dict[str, Any] | None:
        """Pairs that share more than OVERLAP_M2."""
        first, second = shapely.STRtree(shapes).query(shapes, predicate="intersects")
        pairs = np.column_stack((first, second))[first < second]
        if len(pairs) > MOST_PAIRS:
            return None
        count, total, examples = 0, 0.0, []
        for start in range(0, len(pairs), PAIRS_AT_ONCE):
            part = pairs[start : start + PAIRS_AT_ONCE]
            areas = shapely.area(shapely.intersection(shapes[part[:, 0]], shapes[part[:, 1]]))
            large = np.flatnonzero(areas > OVERLAP_M2)
            count += len(large)
            total += float(areas[large].sum())
            examples += [(float(areas[index]), *part[index].tolist()) for index in large.tolist()]
            examples = sorted(examples, reverse=True)[:KEPT_EXAMPLES]
        told = [{"rows": [self._rows[a], self._rows[b]], "m2": round(area, 2)} for area, a, b in examples]
        return {"overlaps": count, "overlap_m2": round(total, 2), "overlap_examples": told}


def _gaps(shapes: Any) -> dict[str, Any]:
    """Holes of the union of all that are as thin as a strip of GAP_METRES; no hole of a single shape counts."""
    holes = _holes(shapely.get_parts(shapely.union_all(shapes)))
    own = {shapely.normalize(hole).wkb for hole in _holes(shapely.get_parts(shapes)).tolist()}
    widths, thin = widths_of(holes)
    found = [
        hole
        for hole, width, is_thin in zip(holes.tolist(), widths.tolist(), thin.tolist(), strict=True)
        if is_thin and width < GAP_METRES and shapely.normalize(hole).wkb not in own
    ]
    return {"gaps": len(found), "gap_m2": round(sum(hole.area for hole in found), 2)}


def _holes(polygons: Any) -> Any:
    """The inner rings of polygons, as polygons."""
    polygons = polygons[shapely.get_type_id(polygons) == POLYGON]
    counts = shapely.get_num_interior_rings(polygons)
    rings = [
        shapely.get_interior_ring(polygon, index)
        for polygon, count in zip(polygons.tolist(), counts.tolist(), strict=True)
        for index in range(count)
    ]
    return shapely.polygons(np.array(rings, dtype=object)) if rings else np.empty(0, dtype=object)
