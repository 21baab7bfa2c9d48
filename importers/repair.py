"""Invalid geometries made valid, polygons staying polygons, each with the reason and its area before and after."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from importers.sources.base import Geometries

# By shapely's type number: point, line, ring, polygon, and their multiples.
KINDS = {0: "point", 1: "line", 2: "line", 3: "polygon", 4: "point", 5: "line", 6: "polygon", 7: "mixed"}
MULTIPLES: dict[str, Callable[[Geometries], Any]] = {
    "point": shapely.multipoints,
    "line": shapely.multilinestrings,
    "polygon": shapely.multipolygons,
}
# What GEOS says, as a person would.
REASONS: dict[str, str | Promise] = {
    "Self-intersection": _("the outline crosses itself"),
    "Ring Self-intersection": _("the outline touches itself"),
    "Hole lies outside shell": _("a hole lies outside of its outline"),
    "Holes are nested": _("a hole lies in another hole"),
    "Nested shells": _("a part lies inside another part"),
    "Interior is disconnected": _("holes cut the inside into pieces"),
    "Duplicate Rings": _("an outline is there twice"),
    "Too few points in geometry component": _("an outline or line has too few points"),
    "Invalid Coordinate": _("a coordinate is not a number"),
    "Ring is not closed": _("an outline is not closed"),
}
TOLD_FROM_M2 = 0.5
LOOPS = _(" Other programs may say {plain} m² before, because loops that run opposite ways cancel out there.")


@dataclass
class Repairs:
    """All repairs of a file: how many for which reason, and m² before and after together."""

    reasons: Counter[str] = field(default_factory=Counter)
    before_m2: float = 0.0
    after_m2: float = 0.0

    def as_json(self) -> dict[str, Any]:
        return {
            "invalid": self.reasons.total(),
            "reasons": dict(self.reasons.most_common()),
            "repaired_area_before": round(self.before_m2, 2),
            "repaired_area_after": round(self.after_m2, 2),
        }


@dataclass(frozen=True)
class Repair:
    """`plain_m2` is what most programs say of the broken shape: loops that run the other way count less than
    nothing there. `before_m2` counts what the outline encloses, whichever way it runs."""

    shape: shapely.Geometry
    reason: str
    plain_m2: float
    before_m2: float
    after_m2: float

    def facts(self) -> dict[str, Any]:
        return {
            "reason": REASONS.get(self.reason, self.reason),
            "before": round(self.before_m2, 2),
            "after": round(self.after_m2, 2),
            "plain": round(self.plain_m2, 2),
            "loops": self._loops(),
        }

    def _loops(self) -> str | Promise:
        """Why another program may show another area before."""
        if abs(self.plain_m2 - self.before_m2) < TOLD_FROM_M2:
            return ""
        return format_lazy(LOOPS, plain=round(self.plain_m2, 2))


def repair(broken: shapely.Geometry) -> Repair:
    """The geometry made valid; its shape is empty when nothing is left."""
    reason = str(shapely.is_valid_reason(broken)).split("[")[0]
    shape = repaired(broken)
    return Repair(shape, reason, area_m2(broken), enclosed_m2(broken), area_m2(shape))


def enclosed_m2(broken: shapely.Geometry) -> float:
    """What lies inside by the even-odd rule, part by part: crossing loops do not take from each other."""
    parts = [part for part in shapely.get_parts(broken).tolist() if kind_of(part) == "polygon"]
    return sum(area_m2(shapely.make_valid(part, method="linework")) for part in parts)


def area_m2(shape: shapely.Geometry) -> float:
    return float(shapely.area(shape))


def kind_of(shape: shapely.Geometry) -> str:
    return KINDS[int(shapely.get_type_id(shape))]


def repaired(shape: shapely.Geometry) -> shapely.Geometry:
    """A valid geometry of the same dimension: polygons stay polygons; empty when nothing is left."""
    kind = kind_of(shape)
    if kind == "mixed":
        return shapely.make_valid(shape)
    valid = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    if kind_of(valid) == kind:
        return valid
    parts = shapely.get_parts(shapely.get_parts(valid))
    return multiple(kind, [part for part in parts.tolist() if kind_of(part) == kind])


def multiple(kind: str, parts: list[shapely.Geometry]) -> shapely.Geometry:
    """The parts as one multiple geometry of their kind."""
    gathered: shapely.Geometry = MULTIPLES[kind](np.array(parts, dtype=object))
    return gathered
