"""The web Mercator copies of geometries, as the bytes that COPY sends: a thousand at a time, not one by one."""

import numpy as np
import pyproj
import shapely
from django.conf import settings
from numpy.typing import NDArray

from importers.crs import Coordinates, Placement
from importers.geometry import Cleaned
from importers.sources.base import Geometries

RADIUS_M = 6_378_137.0
COORDINATE_BYTES = 16
# By shapely's type number: the bytes before the coordinates in the WKB of a shape that has them in one run: a point,
# a line, a polygon without holes, or a multiple of one such part.
HEADS = np.array([5, 9, 9, 13, 14, 18, 22, -1])


class WebCopies:
    """Makes what ST_Transform(geom, 3857) would, to the centimetre: `sql/check_web_copy.sql` holds it to that."""

    def __init__(self, placement: Placement) -> None:
        self._placement = placement
        self._from_storage = pyproj.Transformer.from_crs(
            settings.STORAGE_SRID, settings.WEB_SRID, always_xy=True
        )

    def wkb(self, cleaned: Cleaned, shapes: list[bytes]) -> list[bytes]:
        """One for each of `shapes`, which are the WKB of the cleaned geometries."""
        geometries = cleaned.geometries
        counts = shapely.get_num_coordinates(geometries)
        return _with_coordinates(geometries, counts, shapes, self._coordinates(cleaned, counts))

    def _coordinates(self, cleaned: Cleaned, counts: NDArray[np.int32]) -> Coordinates:
        if not self._placement.is_lonlat:
            return self._projected(shapely.get_coordinates(cleaned.geometries))
        # Degrees need no datum shift; only what was repaired has other coordinates than the file.
        mended = np.array([row in cleaned.mended for row in cleaned.rows], dtype=bool)
        web = np.empty((int(counts.sum()), 2))
        of_mended = np.repeat(mended, counts)
        web[~of_mended] = self._mercator(shapely.get_coordinates(cleaned.originals[~mended]))
        web[of_mended] = self._projected(shapely.get_coordinates(cleaned.geometries[mended]))
        return web

    def _projected(self, coordinates: Coordinates) -> Coordinates:
        return np.column_stack(self._from_storage.transform(coordinates[:, 0], coordinates[:, 1]))

    def _mercator(self, coordinates: Coordinates) -> Coordinates:
        degrees = coordinates[:, ::-1] if self._placement.swap_axes else coordinates
        radians = np.radians(degrees)
        radians[:, 1] = np.arctanh(np.sin(radians[:, 1]))
        return np.asarray(radians * RADIUS_M)


def _with_coordinates(
    geometries: Geometries, counts: NDArray[np.int32], shapes: list[bytes], coordinates: Coordinates
) -> list[bytes]:
    """The same shapes with other coordinates."""
    heads = np.fromiter(map(len, shapes), dtype=np.int64, count=len(shapes)) - COORDINATE_BYTES * counts
    ends = np.cumsum(counts, dtype=np.int64) * COORDINATE_BYTES
    data = np.ascontiguousarray(coordinates, dtype="<f8").tobytes()
    starts = (ends - COORDINATE_BYTES * counts).tolist()
    moved = [
        shape[:head] + data[start:end]
        for shape, head, start, end in zip(shapes, heads.tolist(), starts, ends.tolist(), strict=True)
    ]
    rest = np.flatnonzero(heads != HEADS[shapely.get_type_id(geometries)])
    if len(rest):
        inside = np.repeat(np.isin(np.arange(len(counts)), rest), counts)
        others = shapely.to_wkb(shapely.set_coordinates(geometries[rest], coordinates[inside]), byte_order=1)
        for index, shape in zip(rest.tolist(), others.tolist(), strict=True):
            moved[index] = shape
    return moved
