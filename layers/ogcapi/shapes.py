"""Geometries in SQL: as they are served, and how they stand to a shape that somebody gave.

A straight side in one system is bent in another. So a question is answered in the system in which its shape was
given, with rows brought there and rounded to a tenth of a millimetre; an index on the storage CRS finds the candidates.
"""

from collections.abc import Sequence

import numpy as np
import pyproj
import shapely
from django.conf import settings
from django.contrib.gis.db.models import GeometryField
from django.db.models import BooleanField, F, Value
from shapely.geometry.base import BaseGeometry

from layers.exports.systems import Mover, systems
from layers.ogcapi.sql import Sql
from layers.ogcapi.systems import Crs

LARGEST_DEGREES = 10.0  # Of a shape that is brought to the storage CRS to find candidates.
LARGEST_METRES = 1_000_000.0
PIECES = 9
ASTRAY = {True: 1e-6, False: 0.1}  # Degrees or metres that no way there and back is long.


def geojson_of(shapes: Sequence[bytes | None], crs: Crs) -> list[str | None]:
    """The WKB of the storage CRS as texts of GeoJSON geometries, axes in the order of the system. Each coordinate is
    the place from which the way back leads home, as in downloads, with every digit: so it is found again."""
    found = np.asarray(shapely.from_wkb(np.array(shapes, dtype=object)), dtype=object)
    if not crs.is_storage:
        found = Mover(next(one for one in systems().values() if one.srid == crs.srid)).moved(found)
    if crs.is_flipped:
        found = shapely.transform(found, lambda pairs: pairs[:, ::-1])
    told: list[str | None] = shapely.to_geojson(found).tolist()
    return told


def brought(geometry: F, crs: Crs) -> F | Sql:
    """The geometry in a system, x before y, rounded to a tenth of a millimetre."""
    if crs.is_storage:
        return geometry
    text = "ST_SnapToGrid(ST_Transform({0}, {1}), {2}::float8)"
    return Sql(text, geometry, Value(crs.srid), Value(crs.grid), output=GeometryField())


def constant(shape: BaseGeometry, crs: Crs) -> Sql:
    """A given shape, rounded likewise, after the same way through the storage CRS that rows have behind them: a datum
    shift moves what comes and goes by a millimetre, and both have to be moved alike."""
    stored = None if crs.is_storage else _in_storage(shape, crs)
    if stored is not None:
        text = "ST_SnapToGrid(ST_Transform(CAST({0} AS geometry), {2}), {1}::float8)"
        return Sql(
            text,
            Value(_hex(stored, settings.STORAGE_SRID)),
            Value(crs.grid),
            Value(crs.srid),
            output=GeometryField(),
        )
    text = "CAST({0} AS geometry)" if crs.is_storage else "ST_SnapToGrid(CAST({0} AS geometry), {1}::float8)"
    return Sql(text, Value(_hex(shape, crs.srid)), Value(crs.grid), output=GeometryField())


def _hex(shape: BaseGeometry, srid: int) -> str:
    return str(shapely.to_wkb(shapely.set_srid(shapely.force_2d(shape), srid), hex=True, include_srid=True))


def _in_storage(shape: BaseGeometry, crs: Crs) -> BaseGeometry | None:
    """The vertices in the storage CRS; None where it does not reach, so that the way back leads elsewhere."""
    there = _to_storage(crs.srid)
    given = shapely.get_coordinates(shape)
    stored = np.column_stack(there.transform(given[:, 0], given[:, 1]))
    back = np.column_stack(there.transform(stored[:, 0], stored[:, 1], direction="INVERSE"))
    if not (np.isfinite(back).all() and np.abs(back - given).max() < ASTRAY[crs.is_degrees]):
        return None
    moved: BaseGeometry = shapely.set_coordinates(
        shapely.force_2d(shapely.from_wkb(shapely.to_wkb(shape))), stored
    )
    return moved


def rectangle(west: float, south: float, east: float, north: float) -> BaseGeometry:
    """A box, which may be as thin as a line or a point."""
    if west == east and south == north:
        return shapely.Point(west, south)
    if west == east or south == north:
        return shapely.LineString([(west, south), (east, north)])
    return shapely.box(west, south, east, north)


def meets(geometry: F, shape: BaseGeometry, crs: Crs) -> Sql:
    """Where a row touches the shape."""
    parts = [brought(geometry, crs), constant(shape, crs)]
    envelope = envelope_expression(shape, crs)
    if envelope is None:
        return Sql("ST_Intersects({0}, {1})", *parts, output=BooleanField())
    return Sql("({2} && {3} AND ST_Intersects({0}, {1}))", *parts, geometry, envelope, output=BooleanField())


def envelope_expression(shape: BaseGeometry, crs: Crs) -> Sql | None:
    """A box of the storage CRS that holds the shape for sure; None when it is too wide."""
    envelope = envelope_in_storage(shape, crs)
    if envelope is None:
        return None
    return Sql("CAST({0} AS geometry)", Value(envelope), output=GeometryField())


def envelope_in_storage(shape: BaseGeometry, crs: Crs) -> str | None:
    """The same as hexadecimal EWKB."""
    west, south, east, north = shape.bounds
    side = max(east - west, north - south)
    if not crs.is_storage and side > (LARGEST_DEGREES if crs.is_degrees else LARGEST_METRES):
        return None
    outline = shapely.box(west, south, east, north)
    if not crs.is_storage:
        xs, ys = np.meshgrid(np.linspace(west, east, PIECES), np.linspace(south, north, PIECES))
        moved = np.column_stack(_to_storage(crs.srid).transform(xs.ravel(), ys.ravel()))
        if not np.isfinite(moved).all():
            return None
        lowest, highest = moved.min(axis=0), moved.max(axis=0)
        spare = 1.0 + 0.02 * float((highest - lowest).max())
        outline = shapely.box(*(lowest - spare), *(highest + spare))
    return _hex(outline, settings.STORAGE_SRID)


def _to_storage(srid: int) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(srid, settings.STORAGE_SRID, always_xy=True)
