"""Shapes that people send: read from GeoJSON, brought to the storage CRS, and held against a layer's rules."""

import json
import math
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pyproj
import shapely
from django.conf import settings
from django.contrib.gis.db.models import Extent
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from layers.editing.errors import BadShape, CrossesItself, NotProper, OtherKind, OutsideTown, TooManyCorners
from layers.models import GeometryKind, Layer
from layers.ogcapi.systems import Crs
from municipality.models import Area

MOST_CORNERS = 20_000
MARGIN_METRES = 2_000.0
DEPTHS = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
KINDS = {
    GeometryKind.POINT: ("Point", "MultiPoint"),
    GeometryKind.LINE: ("LineString", "MultiLineString"),
    GeometryKind.POLYGON: ("Polygon", "MultiPolygon"),
    GeometryKind.MIXED: tuple(DEPTHS),
}
NEAR = re.compile(r"\[(-?[\d.e+]+) (-?[\d.e+]+)\]$")


def read_shape(given: Any, crs: Crs) -> BaseGeometry | None:
    """A GeoJSON geometry in the storage CRS, heights left aside; None for null. Raises BadShape, TooManyCorners."""
    if given is None:
        return None
    kind = given.get("type") if isinstance(given, dict) else None
    if not isinstance(kind, str) or kind not in DEPTHS:
        raise BadShape(why=_("it is none of %(kinds)s.") % {"kinds": ", ".join(DEPTHS)})
    corners = [0]
    told = {"type": kind, "coordinates": _flat(given.get("coordinates"), DEPTHS[kind], corners)}
    try:
        shape: BaseGeometry = shapely.from_geojson(json.dumps(told))
    except shapely.errors.GEOSException as error:
        raise BadShape(why=_("a line needs two corners, a ring four with the last as the first.")) from error
    if shape.is_empty:
        raise BadShape(why=_("it is empty."))
    return _stored(shape, crs)


def _flat(given: Any, depth: int, corners: list[int]) -> list[Any]:
    """Coordinates of that depth without heights; every corner is counted in `corners`."""
    if not isinstance(given, list):
        raise BadShape(why=_("its coordinates are no list of numbers of the right depth."))
    if depth:
        return [_flat(one, depth - 1, corners) for one in given]
    corners[0] += 1
    if corners[0] > MOST_CORNERS:
        raise TooManyCorners(most=MOST_CORNERS)
    if not 2 <= len(given) <= 4 or any(isinstance(n, bool) or not isinstance(n, int | float) for n in given):
        raise BadShape(why=_("its coordinates are no list of numbers of the right depth."))
    return given[:2]


@cache
def _transformer(srid: int) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(srid, settings.STORAGE_SRID, always_xy=True, allow_ballpark=False)


def _stored(shape: BaseGeometry, crs: Crs) -> BaseGeometry:
    if crs.is_flipped:
        shape = shapely.transform(shape, lambda pairs: pairs[:, ::-1])
    if crs.is_storage:
        return shape
    moved: BaseGeometry = shapely.transform(
        shape, lambda pairs: np.column_stack(_transformer(crs.srid).transform(pairs[:, 0], pairs[:, 1]))
    )
    if not np.isfinite(shapely.get_coordinates(moved)).all():
        raise BadShape(why=_("its coordinates lie outside the system they are said to be in."))
    return moved


def check_shape(shape: BaseGeometry, layer: Layer) -> None:
    """Is it of the layer's kind, proper, and in the municipality or near? Raises OtherKind, CrossesItself, NotProper,
    OutsideTown."""
    kind = GeometryKind(layer.geometry_kind)
    if shape.geom_type not in KINDS[kind]:
        raise OtherKind(kind=kind.label, given=shape.geom_type)
    _check_extent(shape)
    for part in _degenerate(shape):
        raise NotProper(why=part)
    if not shape.is_valid:
        raise _improper(shapely.is_valid_reason(shape))


def _degenerate(shape: BaseGeometry) -> Iterator[str]:
    if shape.geom_type.endswith("Polygon") and shape.area == 0:
        yield _("it has no area")
    elif shape.geom_type.endswith("LineString") and shape.length == 0:
        yield _("it has no length")


def _improper(reason: str) -> CrossesItself | NotProper:
    near = NEAR.search(reason)
    if near is None or "intersection" not in reason.lower():
        return NotProper(why=reason.partition("[")[0] or reason)
    return CrossesItself(east=f"{float(near[1]):.2f}", north=f"{float(near[2]):.2f}")


def _check_extent(shape: BaseGeometry) -> None:
    home = Area.objects.inside_home().filter(is_home=True).aggregate(extent=Extent("boundary"))["extent"]
    if home is None:
        return
    west, south, east, north = shape.bounds
    if (
        not all(map(math.isfinite, shape.bounds))
        or west < home[0] - MARGIN_METRES
        or south < home[1] - MARGIN_METRES
        or east > home[2] + MARGIN_METRES
        or north > home[3] + MARGIN_METRES
    ):
        raise OutsideTown(km=round(MARGIN_METRES / 1000))
