"""Positions of the rows of a table: two columns of numbers, or WKT."""

import re
from collections.abc import Iterable, Sequence
from ctypes import byref, c_char_p, c_void_p
from itertools import islice

import numpy as np
import shapely
from django.contrib.gis.gdal import GDALException, OGRGeometry
from django.contrib.gis.gdal.prototypes.geom import from_wkt
from numpy.typing import NDArray

from importers.sources.base import Geometries, Problem, unreadable
from importers.sources.column_names import PlaceColumns
from importers.sources.values import number
from importers.sources.wkb import geometry_of

SAMPLED_ROWS = 1000
CURVES = re.compile(r"CIRCULAR|COMPOUND|CURVE|MULTISURFACE", re.IGNORECASE)
FACES = re.compile(r"\b(?:TIN|TRIANGLE|POLYHEDRALSURFACE)\b", re.IGNORECASE)
_MILLIONS = re.compile(r"-?\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?\Z")
Cells = Sequence[str]


class Places:
    """Makes the geometries of rows; what cannot be one is a problem of its row. `optional`: blanks are none."""

    def __init__(self, columns: PlaceColumns, *, optional: bool = False) -> None:
        self.columns = columns
        self._optional = optional
        self._grouped = False

    def crs(self, rows: Iterable[Cells]) -> str:
        """CRS84 for columns called longitude and latitude whose first numbers agree; anything else is not evident.
        Learns on the way whether dots only group the digits (4.230.000)."""
        if self.columns.east < 0:
            return ""
        pairs = [self._cells(cells) for cells in islice(rows, SAMPLED_ROWS)]
        norths = [north for _, north in pairs if north.strip()]
        self._grouped = bool(norths) and all(_MILLIONS.match(north.strip()) for north in norths)
        return "OGC:CRS84" if self.columns.by_degrees and all(map(self._is_in_degrees, pairs)) else ""

    def geometries(self, rows: Sequence[Cells], problems: dict[int, Problem]) -> Geometries:
        """One geometry a row, None where there is none; adds to `problems`."""
        if self.columns.wkt >= 0:
            return self._from_wkt(rows, problems)
        if self.columns.east >= 0:
            return self._points(rows, problems)
        return np.full(len(rows), None, dtype=object)

    def _is_in_degrees(self, cells: tuple[str, str]) -> bool:
        east, north = self._pair(cells)
        return east is None or north is None or (abs(east) <= 180 and abs(north) <= 180)

    def _cells(self, cells: Cells) -> tuple[str, str]:
        if len(cells) <= max(self.columns.east, self.columns.north):
            return "", ""
        return cells[self.columns.east], cells[self.columns.north]

    def _pair(self, cells: tuple[str, str]) -> tuple[float | None, float | None]:
        east, north = (cell.replace(".", "") if self._grouped else cell for cell in cells)
        return number(east), number(north)

    def _points(self, rows: Sequence[Cells], problems: dict[int, Problem]) -> Geometries:
        coordinates: NDArray[np.float64] = np.full((len(rows), 2), np.nan)
        for index, row in enumerate(rows):
            cells = self._cells(row)
            east, north = self._pair(cells)
            if east is not None and north is not None:
                coordinates[index] = east, north
            elif index not in problems and not (self._optional and not "".join(cells).strip()):
                values = ", ".join(f"“{cell}”" for cell in cells)
                problems[index] = Problem("bad_coordinates", {"values": values})
        points = np.asarray(shapely.points(coordinates), dtype=object)
        points[np.isnan(coordinates).any(axis=1)] = None
        return points

    def _from_wkt(self, rows: Sequence[Cells], problems: dict[int, Problem]) -> Geometries:
        column = self.columns.wkt
        texts = [_wkt(cells[column]) if len(cells) > column else None for cells in rows]
        odd = {index: text for index, text in enumerate(texts) if text is not None and CURVES.search(text)}
        plain = np.array([None if index in odd else text for index, text in enumerate(texts)], dtype=object)
        shapes = np.asarray(shapely.from_wkt(plain, on_invalid="ignore"), dtype=object)
        for index, text in odd.items():
            shapes[index] = _curved(text)
        problems.update(unreadable(shapes, [text is not None for text in texts]) | problems)
        return shapes


def _wkt(cell: str) -> str | None:
    """Surfaces of faces are polygons in other words."""
    text = re.sub(r"^SRID=\d+;", "", cell.strip(), flags=re.IGNORECASE)
    text = FACES.sub(lambda found: "POLYGON" if found[0].upper() == "TRIANGLE" else "MULTIPOLYGON", text)
    return text or None


def _curved(text: str) -> shapely.Geometry | None:
    """Arcs, which only GDAL's reader of WKT knows, as straight pieces. (OGRGeometry itself refuses a curve within
    another by the letters of its name.)"""
    words = c_char_p(text.replace("\0", "").encode("ascii", "replace"))
    try:
        read = from_wkt(byref(words), None, byref(c_void_p()))
        shape: shapely.Geometry | None = geometry_of(bytes(OGRGeometry(read).wkb))[0]
    except (GDALException, ValueError, TypeError):
        return None
    return shape
