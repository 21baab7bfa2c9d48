"""What people draw on a planning map: points, lines, surfaces and notes, as GeoJSON in degrees."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from planning.maps.reading import Part

MOST_DRAWINGS = 500
MOST_CORNERS = 20_000
LONGEST_NOTE = 500
USUAL_COLOR = "#b60202"
DEPTHS = {"Point": 0, "LineString": 1, "Polygon": 2}
FEWEST = {"LineString": 2, "Polygon": 4}


@dataclass(frozen=True)
class Drawing:
    """`geometry` is a GeoJSON Point, LineString or Polygon in CRS84; a point with `text` is a note."""

    geometry: Mapping[str, Any]
    color: str = USUAL_COLOR
    text: str = ""

    @property
    def is_note(self) -> bool:
        return self.geometry["type"] == "Point" and bool(self.text)


def read_drawings(part: Part) -> tuple[Drawing, ...]:
    """Of a GeoJSON FeatureCollection. Raises BadMap."""
    part.only("type", "features")
    if part.value.get("type") != "FeatureCollection":
        raise part.refuse("type", _("It must be a FeatureCollection."))
    found = tuple(_drawing(one) for one in part.parts("features", MOST_DRAWINGS))
    if sum(_corners(drawing.geometry["coordinates"]) for drawing in found) > MOST_CORNERS:
        reason = _("The drawings have more than %(most)s corners.") % {"most": MOST_CORNERS}
        raise part.refuse("features", reason)
    return found


def written_drawings(drawings: Iterable[Drawing]) -> dict[str, Any]:
    features = [
        {
            "type": "Feature",
            "geometry": dict(one.geometry),
            "properties": {"color": one.color, "text": one.text} if one.text else {"color": one.color},
        }
        for one in drawings
    ]
    return {"type": "FeatureCollection", "features": features}


def _drawing(part: Part) -> Drawing:
    geometry = Part(part.value.get("geometry"), part.at("geometry"))
    properties = Part(part.value.get("properties") or {}, part.at("properties"))
    kind = geometry.value.get("type")
    if not isinstance(kind, str) or kind not in DEPTHS:
        raise geometry.refuse("type", _("It must be Point, LineString or Polygon."))
    coordinates = geometry.value.get("coordinates")
    if not _is_shape(coordinates, DEPTHS[kind], FEWEST.get(kind, 1)):
        raise geometry.refuse("coordinates", _("These are no coordinates in degrees of such a shape."))
    shape = {"type": kind, "coordinates": _rounded(coordinates)}
    color, text = properties.color("color", USUAL_COLOR), properties.text("text", LONGEST_NOTE)
    return Drawing(shape, color, text.strip())


def _is_shape(value: Any, depth: int, fewest: int) -> bool:
    if depth == 0:
        return _is_place(value)
    if not isinstance(value, list) or len(value) < (fewest if depth == 1 else 1):
        return False
    is_ring = depth == 1 and fewest == FEWEST["Polygon"]
    closed = not is_ring or value[0] == value[-1]
    return closed and all(_is_shape(one, depth - 1, fewest) for one in value)


def _is_place(value: Any) -> bool:
    if not isinstance(value, list) or len(value) != 2:
        return False
    numbers = all(isinstance(one, int | float) and not isinstance(one, bool) for one in value)
    return numbers and all(map(math.isfinite, value)) and abs(value[0]) <= 180 and abs(value[1]) <= 90


def _rounded(value: Any) -> Any:
    """A ten-millionth of a degree is a centimetre."""
    if isinstance(value, list):
        return [_rounded(one) for one in value]
    return round(float(value), 7)


def _corners(value: Any) -> int:
    return 1 if not isinstance(value[0], list) else sum(map(_corners, value))
