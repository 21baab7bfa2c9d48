"""The geometry of a placemark as shapely geometry."""

import re
from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

import numpy as np
import shapely
from numpy.typing import NDArray

Coordinates = NDArray[np.float64]
MULTIPLES: dict[int, Callable[[Any], Any]] = {
    0: shapely.multipoints,
    1: shapely.multilinestrings,
    3: shapely.multipolygons,
}
_COMMA = re.compile(r"\s*,\s*")


class BadShape(ValueError):
    """The coordinates are none, or make no geometry."""


def shape_of(placemark: Element) -> Any:
    """The geometry, degrees with heights where given; None when it has none. Several become one. Raises BadShape."""
    try:
        return _together([shape for child in placemark for shape in _shapes(child)])
    except (ValueError, TypeError, shapely.GEOSException) as error:
        raise BadShape from error


def _shapes(element: Element) -> list[Any]:
    """What one element adds: nothing when it is no geometry or has no coordinates."""
    if element.tag == "MultiTrack" or element.tag.startswith("Multi"):
        parts = [shape for child in element for shape in _shapes(child)]
        return [_multiple(parts)] if parts else []
    maker = MAKERS.get(element.tag)
    shape = maker(element) if maker else None
    return [] if shape is None else [shape]


def _together(shapes: list[Any]) -> Any:
    if len(shapes) <= 1:
        return shapes[0] if shapes else None
    return _multiple(shapes)


def _multiple(shapes: list[Any]) -> Any:
    """One multiple geometry; a collection when the kinds differ."""
    kinds = {int(shapely.get_type_id(part)) for shape in shapes for part in shapely.get_parts(shape)}
    if len(kinds) == 1 and (kind := kinds.pop()) in MULTIPLES:
        return MULTIPLES[kind](shapely.get_parts(np.array(shapes, dtype=object)))
    return shapely.geometrycollections(shapes)


def _point(element: Element) -> Any:
    places = _coordinates(element)
    return shapely.points(places[0]) if len(places) else None


def _line(element: Element) -> Any:
    places = _coordinates(element)
    return shapely.linestrings(places) if len(places) else None


def _polygon(element: Element) -> Any:
    rings = [
        (boundary.tag, _coordinates(ring))
        for boundary in element
        if boundary.tag in ("outerBoundaryIs", "innerBoundaryIs")
        for ring in boundary.iter("LinearRing")
    ]
    outer = [ring for tag, ring in rings if tag == "outerBoundaryIs" and len(ring)]
    if not outer:
        return None
    inner = [_closed(ring) for tag, ring in rings if tag == "innerBoundaryIs" and len(ring)]
    return shapely.Polygon(_closed(outer[0]), inner)


def _closed(ring: Coordinates) -> Coordinates:
    """A ring whose end was left out is meant to come back to its start."""
    return ring if np.array_equal(ring[0, :2], ring[-1, :2]) else np.concatenate([ring, ring[:1]])


def _track(element: Element) -> Any:
    """A `gx:Track`: one place after another, the numbers of each divided by blanks."""
    texts = [(coord.text or "").split() for coord in element if coord.tag == "coord"]
    places = [text for text in texts if text]
    if not places:
        return None
    width = min(len(place) for place in places)
    numbers = _numbers([place[: min(width, 3)] for place in places])
    return shapely.points(numbers[0]) if len(numbers) == 1 else shapely.linestrings(numbers)


def _model(element: Element) -> Any:
    location = element.find("Location")
    if location is None:
        return None
    return shapely.points(
        _numbers([[location.findtext("longitude", ""), location.findtext("latitude", "")]])[0]
    )


def _coordinates(element: Element) -> Coordinates:
    """Places divided by blanks, their numbers by commas; heights only when every place has one."""
    text = _COMMA.sub(",", element.findtext("coordinates") or "")
    places = [place.rstrip(",").split(",") for place in text.split()]
    if not places:
        return np.empty((0, 2))
    width = min(min(len(place) for place in places), 3)
    return _numbers([place[:width] for place in places])


def _numbers(places: list[list[str]]) -> Coordinates:
    numbers = np.array(places, dtype=float)
    if numbers.shape[1] < 2 or not np.isfinite(numbers).all():
        raise BadShape
    return numbers


MAKERS: dict[str, Callable[[Element], Any]] = {
    "Point": _point,
    "LineString": _line,
    "LinearRing": _line,
    "Polygon": _polygon,
    "Track": _track,
    "Model": _model,
}
