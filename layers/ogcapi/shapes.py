"""Geometries in SQL: as they are served, and how they stand to a shape that somebody gave.

A straight side in one system is bent in another. So a question is answered in the system in which its shape was
given, with rows brought there and rounded as they are served; an index on the storage CRS finds the candidates.
"""

import math

import pyproj
import shapely
from django.conf import settings
from django.contrib.gis.db.models import GeometryField
from django.db.models import BooleanField, F, TextField, Value
from django.db.models.expressions import Combinable
from shapely.geometry.base import BaseGeometry

from layers.ogcapi.sql import Sql
from layers.ogcapi.systems import Crs

ALL_DIGITS = 15
LARGEST_DEGREES = 10.0  # Of a shape that is brought to the storage CRS to find candidates.
LARGEST_METRES = 1_000_000.0
PIECES = 32


def as_geojson(geometry: Combinable, crs: Crs) -> Sql:
    """The geometry as the text of a GeoJSON geometry, axes in the order of the system; NULL where there is none."""
    text = "{0}" if crs.is_storage else "ST_Transform({0}, {1})"
    text = f"ST_FlipCoordinates({text})" if crs.is_flipped else text
    digits = ALL_DIGITS if crs.is_storage else crs.digits
    whole = f"ST_AsGeoJSON({text}, {{2}}, 0)"
    return Sql(whole, geometry, Value(crs.srid), Value(digits), output=TextField())


def brought(geometry: Combinable, crs: Crs) -> Combinable:
    """The geometry in a system, x before y, rounded as it is served, so that what was served is found again."""
    if crs.is_storage:
        return geometry
    text = "ST_SnapToGrid(ST_Transform({0}, {1}), {2}::float8)"
    return Sql(text, geometry, Value(crs.srid), Value(crs.grid), output=GeometryField())


def constant(shape: BaseGeometry, crs: Crs) -> Sql:
    """A given shape, rounded likewise."""
    text = "CAST({0} AS geometry)" if crs.is_storage else "ST_SnapToGrid(CAST({0} AS geometry), {1}::float8)"
    written = shapely.to_wkb(shapely.set_srid(shapely.force_2d(shape), crs.srid), hex=True, include_srid=True)
    return Sql(text, Value(written), Value(crs.grid), output=GeometryField())


def meets(geometry: F, shape: BaseGeometry, crs: Crs) -> Sql:
    """Where a row touches the shape."""
    return related("ST_Intersects", geometry, shape, crs)


def related(function: str, geometry: Combinable, shape: BaseGeometry, crs: Crs) -> Sql:
    """Where `function(row, shape)` holds; only for relations of what touches."""
    parts = [brought(geometry, crs), constant(shape, crs)]
    envelope = envelope_in_storage(shape, crs)
    if envelope is None:
        return Sql(f"{function}({{0}}, {{1}})", *parts, output=BooleanField())
    text = f"({{2}} && CAST({{3}} AS geometry) AND {function}({{0}}, {{1}}))"
    return Sql(text, *parts, geometry, Value(envelope), output=BooleanField())


def envelope_in_storage(shape: BaseGeometry, crs: Crs) -> str | None:
    """A box of the storage CRS, as hexadecimal EWKB, that holds the shape for sure; None when it is too wide."""
    west, south, east, north = shape.bounds
    side = max(east - west, north - south)
    if not crs.is_storage and side > (LARGEST_DEGREES if crs.is_degrees else LARGEST_METRES):
        return None
    outline = shapely.box(west, south, east, north)
    if not crs.is_storage:
        dense = shapely.segmentize(outline, side / PIECES) if side else outline
        moved = _to_storage(crs.srid).transform(*shapely.get_coordinates(dense).T)
        if not all(math.isfinite(value) for axis in moved for value in axis):
            return None
        xs, ys = moved
        spare = 1.0 + 0.02 * max(max(xs) - min(xs), max(ys) - min(ys))
        outline = shapely.box(min(xs) - spare, min(ys) - spare, max(xs) + spare, max(ys) + spare)
    marked = shapely.set_srid(outline, settings.STORAGE_SRID)
    return str(shapely.to_wkb(marked, hex=True, include_srid=True))


def _to_storage(srid: int) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(srid, settings.STORAGE_SRID, always_xy=True)
