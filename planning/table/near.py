"""Ground around a drawn shape, or around the rows of another layer, as the outline of a filter.

The outline is resolved once, in metres of the storage CRS; it does not follow later changes of the other layer.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from django.contrib.gis.gdal import GDALException
from django.contrib.gis.geos import GEOSException, GEOSGeometry
from django.db.models import F, IntegerField, Sum

from core.geo import CRS84, to_lonlat, to_storage
from layers.ogcapi.sql import Sql
from municipality.roles import AnyUser
from planning.table.chosen import chosen_from
from planning.table.errors import BadDistance, BadShape, NothingNear, TooManyTurns, TooMuchNear

MOST_METRES = 10_000.0
MOST_ROWS, MOST_CORNERS = 2_000, 100_000
LONGEST = 4_800  # Letters of an outline, so that it stands in an address beside what else is asked.
LONGEST_SHAPE = 20_000
TOLERANCES = (0.1, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0)
DIGITS = 6  # A tenth of a metre.
KINDS = ("Point", "LineString", "Polygon", "MultiPoint", "MultiLineString", "MultiPolygon")


@dataclass(frozen=True)
class Outline:
    """`wkt` in degrees, within `metres` of what was asked for; `rows` of the other layer that made it."""

    wkt: str
    metres: float
    rows: int


def ground_of(user: AnyUser, given: Mapping[str, str]) -> tuple[GEOSGeometry, int]:
    """Of `layer` with its `filter` and day, or of `shape` (GeoJSON geometry, degrees), within `metres` of it; in the
    storage CRS, and how many rows of the layer made it."""
    metres = _metres(given.get("metres", ""))
    if given.get("layer"):
        shape, rows = _layer(user, given)
    else:
        shape, rows = _shape(given.get("shape", "")), 0
    return (shape.buffer(metres, quadsegs=8) if metres else shape), rows


def _metres(text: str) -> float:
    try:
        metres = float(text.strip() or "0")
    except ValueError as error:
        raise BadDistance(given=text[:40], most=int(MOST_METRES)) from error
    if not 0 <= metres <= MOST_METRES:
        raise BadDistance(given=text[:40], most=int(MOST_METRES))
    return metres


def _shape(text: str) -> GEOSGeometry:
    try:
        document: Any = json.loads(text[: LONGEST_SHAPE + 1])
        if document["type"] not in KINDS:
            raise BadShape()
        shape = GEOSGeometry(json.dumps(document))
        shape.srid = CRS84
    except (ValueError, TypeError, KeyError, RecursionError, GEOSException, GDALException) as error:
        raise BadShape() from error
    if shape.empty or not shape.valid:
        raise BadShape()
    return to_storage(shape)


def _layer(user: AnyUser, given: Mapping[str, str]) -> tuple[GEOSGeometry, int]:
    chosen = chosen_from(user, given["layer"], given)
    column = chosen.collection.source.geometry
    ids = list(chosen.rows.order_by("pk").values_list("pk", flat=True)[: MOST_ROWS + 1])
    if not ids:
        raise NothingNear(title=chosen.collection.title)
    rows = chosen.rows.order_by().filter(pk__in=ids)
    points = Sql("ST_NPoints({0})", F(column), output=IntegerField())
    corners = rows.aggregate(all=Sum(points))["all"] or 0
    if len(ids) > MOST_ROWS or corners > MOST_CORNERS:
        raise TooMuchNear(title=chosen.collection.title, rows=MOST_ROWS, corners=MOST_CORNERS)
    shapes = [shapely.from_wkb(bytes(one.wkb)) for one in rows.values_list(column, flat=True) if one]
    if not shapes:
        raise NothingNear(title=chosen.collection.title)
    together = GEOSGeometry(memoryview(shapely.to_wkb(shapely.union_all(shapely.make_valid(shapes)))))
    together.srid = chosen.rows.model._meta.get_field(column).srid
    return together, len(ids)


def outline_of(ground: GEOSGeometry, rows: int) -> Outline:
    """The least simplified outline that is short enough. Raises TooManyTurns."""
    for metres in TOLERANCES:
        simple = ground.simplify(metres, preserve_topology=True)
        degrees = shapely.from_wkb(bytes(to_lonlat(simple).wkb))
        wkt = shapely.to_wkt(degrees, rounding_precision=DIGITS)
        if len(wkt) <= LONGEST:
            return Outline(wkt, metres, rows)
    raise TooManyTurns(metres=int(TOLERANCES[-1]))
