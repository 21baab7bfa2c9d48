"""Corners that came home through another coordinate system find the very corners they were.

Degrees with nine digits are a tenth of a millimetre, so a border shared with a neighbour would be two borders after an
edit; and a program that forgets the height in a datum shift is 1.4 mm off. Whatever comes within two millimetres of a
corner of the layer is that corner.
"""

from typing import Any

import numpy as np
import shapely
from django.conf import settings
from django.contrib.gis.geos import Polygon
from django.db.models import QuerySet
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

NEAR_METRES = 0.002
MOST_NEIGHBOURS = 2_000


def snapped(
    shape: BaseGeometry, before: BaseGeometry | None, rows: "QuerySet[Any]", also: list[BaseGeometry]
) -> BaseGeometry:
    """The shape with corners of `before`, of the features in `rows` around it, and of `also` in place of those that lie
    within two millimetres of them; all in the storage CRS."""
    known = [*([] if before is None else [before]), *_around(shape, rows), *also]
    corners = shapely.get_coordinates(known)
    if not len(corners):
        return shape
    tree = shapely.STRtree(_points(corners))

    def settled(pairs: NDArray[np.float64]) -> NDArray[np.float64]:
        own, nearest = tree.query_nearest(_points(pairs), max_distance=NEAR_METRES, all_matches=False)
        moved = pairs.copy()
        moved[own] = corners[nearest]
        return moved

    found: BaseGeometry = shapely.transform(shape, settled)
    return found


def _points(corners: NDArray[np.float64]) -> list[shapely.Point]:
    return [shapely.Point(x, y) for x, y in corners]


def _around(shape: BaseGeometry, rows: "QuerySet[Any]") -> list[BaseGeometry]:
    west, south, east, north = shape.bounds
    box = Polygon.from_bbox((west - 1, south - 1, east + 1, north + 1))
    box.srid = settings.STORAGE_SRID
    found = rows.filter(geom__bboverlaps=box).order_by().values_list("geom", flat=True)[:MOST_NEIGHBOURS]
    return [shapely.from_wkb(bytes(geom.wkb)) for geom in found if geom is not None]
