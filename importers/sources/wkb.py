"""Well-known binary as shapely geometries: curves as short straight pieces, surfaces of faces as polygons."""

import struct
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from importers.sources.arcs import straightened
from importers.sources.base import Geometries, Problem, unreadable

POINT, LINE, POLYGON, COLLECTION, CIRCULAR, COMPOUND, CURVE_POLYGON, TRIANGLE = 1, 2, 3, 7, 8, 9, 10, 17
GATHERED: dict[int, Callable[[Any], Any]] = {
    4: shapely.multipoints,
    5: shapely.multilinestrings,
    6: shapely.multipolygons,
    COLLECTION: shapely.geometrycollections,
    11: shapely.multilinestrings,
    12: shapely.multipolygons,
    15: shapely.multipolygons,
    16: shapely.multipolygons,
}
MULTIPOLYGON, FACES = 6, (15, 16)
DEEPEST = 32
# SpatiaLite marks the parts of a geometry with this in place of their byte order.
PART_OF_SPATIALITE = 0x69
Coordinates = NDArray[np.float64]


class MalformedWkb(ValueError):
    """The bytes are no geometry, or stop before its end."""


def read_wkb(values: Sequence[bytes | None]) -> tuple[Geometries, dict[int, Problem], list[int]]:
    """Shapely geometries, None where there is none; the rows where it cannot be read; the rows that had curves."""
    odd = {}
    if any(_is_odd(head) for head in {value[:5] for value in values if value is not None}):
        odd = {index: value for index, value in enumerate(values) if value is not None and _is_odd(value)}
    plain = np.array([None if index in odd else value for index, value in enumerate(values)], dtype=object)
    shapes = np.asarray(shapely.from_wkb(plain, on_invalid="ignore"), dtype=object)
    curved = []
    for index, value in odd.items():
        shapes[index], had_curves = geometry_of(value)
        curved += [index] if had_curves else []
    return shapes, unreadable(shapes, [value is not None for value in values]), curved


def geometry_of(data: bytes) -> tuple[Any, bool]:
    """The geometry (None when the bytes are none) and whether it had curves."""
    reader = _Reader(data)
    try:
        return reader.geometry(), reader.had_curves
    except (MalformedWkb, struct.error, shapely.GEOSException, ValueError, TypeError):
        return None, False


def _is_odd(value: bytes) -> bool:
    """True for kinds that shapely does not know, or collections, which may hold some."""
    if len(value) < 5:
        return False
    kind: int = struct.unpack_from("<I" if value[0] else ">I", value, 1)[0]
    return (kind & 0x1FFFFFFF) % 1000 >= COLLECTION


class _Reader:
    """Walks over one geometry, in the forms of ISO, PostGIS (EWKB) and SpatiaLite."""

    def __init__(self, data: bytes) -> None:
        self.had_curves = False
        self._data = data
        self._at = 0
        self._order = "<"
        self._depth = 0
        self._has_faces = False

    def geometry(self) -> Any:
        kind, dimensions, has_z = self._head()
        if kind == POINT:
            return self._point(dimensions, has_z)
        if kind == LINE:
            return shapely.linestrings(self._coordinates(dimensions, has_z))
        if kind in (POLYGON, TRIANGLE):
            return _polygon([self._coordinates(dimensions, has_z) for _ in range(self._count(4))])
        if kind in (CIRCULAR, COMPOUND):
            return shapely.linestrings(self._curve(kind, dimensions, has_z))
        if kind == CURVE_POLYGON:
            return _polygon([self._ring() for _ in range(self._count(9))])
        return self._gathered(kind)

    def _gathered(self, kind: int) -> Any:
        """A multiple geometry of its parts; the surfaces of faces in a collection (a multipatch) become one."""
        if kind not in GATHERED:
            raise MalformedWkb
        self._has_faces = self._has_faces or kind in FACES
        parts = self._parts()
        if kind == COLLECTION and not (self._has_faces and _all_polygons(parts)):
            return shapely.geometrycollections(parts)
        if kind == COLLECTION:
            kind = MULTIPOLYGON
        return GATHERED[kind](shapely.get_parts(np.array(parts, dtype=object)))

    def _parts(self) -> list[shapely.Geometry]:
        self._depth += 1
        if self._depth > DEEPEST:
            raise MalformedWkb
        parts = [self.geometry() for _ in range(self._count(5))]
        self._depth -= 1
        return parts

    def _ring(self) -> Coordinates:
        kind, dimensions, has_z = self._head()
        return self._curve(kind, dimensions, has_z)

    def _curve(self, kind: int, dimensions: int, has_z: bool) -> Coordinates:
        if kind == LINE:
            return self._coordinates(dimensions, has_z)
        self.had_curves = True
        if kind == CIRCULAR:
            return straightened(self._coordinates(dimensions, has_z))
        if kind != COMPOUND:
            raise MalformedWkb
        self._depth += 1
        if self._depth > DEEPEST:
            raise MalformedWkb
        pieces = [self._ring() for _ in range(self._count(9))]
        self._depth -= 1
        # Each piece begins where the one before it ends.
        rest = [piece[1:] for piece in pieces[1:]]
        return np.concatenate([*pieces[:1], *rest]) if pieces else np.empty((0, 3 if has_z else 2))

    def _head(self) -> tuple[int, int, bool]:
        """Kind, numbers per vertex, whether the third is a height."""
        order = self._data[self._at] if self._at < len(self._data) else -1
        if order in (0, 1):
            self._order = "<" if order else ">"
        elif order != PART_OF_SPATIALITE:
            raise MalformedWkb
        self._at += 1
        kind = self._number()
        thousands = (kind & 0x0FFFFFFF) // 1000
        if thousands > 3:
            # The compressed lines of SpatiaLite, for one.
            raise MalformedWkb
        has_z = bool(kind & 0x80000000) or thousands in (1, 3)
        has_m = bool(kind & 0x40000000) or thousands in (2, 3)
        if kind & 0x20000000:
            self._number()
        return (kind & 0x0FFFFFFF) % 1000, 2 + has_z + has_m, has_z

    def _point(self, dimensions: int, has_z: bool) -> Any:
        place = self._take(1, dimensions, has_z)[0]
        return shapely.Point() if np.isnan(place[:2]).any() else shapely.points(place)

    def _coordinates(self, dimensions: int, has_z: bool) -> Coordinates:
        return self._take(self._count(8 * dimensions), dimensions, has_z)

    def _take(self, count: int, dimensions: int, has_z: bool) -> Coordinates:
        if self._at + 8 * count * dimensions > len(self._data):
            raise MalformedWkb
        numbers = np.frombuffer(self._data, f"{self._order}f8", count * dimensions, self._at)
        self._at += 8 * count * dimensions
        return numbers.reshape(count, dimensions)[:, : 3 if has_z else 2].astype("f8")

    def _count(self, smallest: int) -> int:
        """How many parts follow; refused when so many, of the smallest size in bytes, don't fit."""
        count = self._number()
        if count * smallest > len(self._data) - self._at:
            raise MalformedWkb
        return count

    def _number(self) -> int:
        number: int = struct.unpack_from(f"{self._order}I", self._data, self._at)[0]
        self._at += 4
        return number


def _polygon(rings: list[Coordinates]) -> shapely.Geometry:
    if not any(len(ring) for ring in rings):
        return shapely.Polygon()
    outer, *holes = [shapely.LinearRing(ring) for ring in rings if len(ring)]
    return shapely.Polygon(outer, holes)


def _all_polygons(parts: list[shapely.Geometry]) -> bool:
    return all(shapely.get_dimensions(part) == 2 for part in parts)
