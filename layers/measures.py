"""Lengths and areas as people and papers use them: plane measures in the storage CRS, one function each.

The same figure stands on every screen and sheet. Never measure in web Mercator or degrees.
"""

from dataclasses import dataclass

from django.contrib.gis.geos import GEOSGeometry


@dataclass(frozen=True)
class Measures:
    """What can be measured: `area_m2` and `perimeter_metres` of surfaces, `length_metres` of lines; else None."""

    area_m2: float | None = None
    perimeter_metres: float | None = None
    length_metres: float | None = None


def area_m2(surface: GEOSGeometry) -> float:
    """Plane area in m² of a geometry in the storage CRS; the legal area in EPSG:2100."""
    return float(surface.area)


def length_metres(line: GEOSGeometry) -> float:
    """Plane length in metres of a geometry in the storage CRS; of a surface, its perimeter."""
    return float(line.length)


def measures_of(geometry: GEOSGeometry | None) -> Measures:
    if geometry is None or geometry.dims == 0:
        return Measures()
    if geometry.dims == 1:
        return Measures(length_metres=length_metres(geometry))
    return Measures(area_m2=area_m2(geometry), perimeter_metres=length_metres(geometry))
