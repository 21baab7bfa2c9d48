"""Where a raster lies: its outline in the storage CRS, and whether that is anywhere near."""

import numpy as np
import pyproj
import shapely
from affine import Affine
from django.conf import settings

from importers.crs import Placement
from importers.errors import RasterElsewhere
from importers.rasters.facts import Facts

POINTS_A_SIDE = 21
# The storage CRS is used a little beyond the area it was made for.
MARGIN_DEGREES = 2.0
# Straight sides need no points between their corners.
STRAIGHT_WITHIN_METRES = 0.01


def outline(facts: Facts, transform: Affine, placed: Placement, file: str) -> shapely.Polygon:
    """The outline in the storage CRS; of a raster of half the world only the part where that CRS is of use. Raises
    RasterElsewhere when there is none."""
    ring = _border(facts, transform)
    here = pyproj.CRS.from_epsg(settings.STORAGE_SRID)
    if placed.transformer is None:
        return _finite(shapely.Polygon(placed.place(ring)), file)
    area = here.area_of_use
    if area is None:
        return _finite(shapely.Polygon(placed.place(ring)), file)
    useful = shapely.box(*area.bounds).buffer(MARGIN_DEGREES, join_style="mitre")
    crs = placed.transformer.source_crs
    to_degrees = pyproj.Transformer.from_crs(crs, "OGC:CRS84", always_xy=True)
    degrees = shapely.Polygon(np.column_stack(to_degrees.transform(ring[:, 0], ring[:, 1])))
    if not np.isfinite(shapely.bounds(degrees)).all() or not degrees.intersects(useful):
        raise RasterElsewhere(file=file, crs=here.name)
    if degrees.within(useful):
        return _finite(shapely.Polygon(placed.place(ring)), file)
    return _finite(_part(degrees, useful), file)


def _part(degrees: shapely.Polygon, useful: shapely.Polygon) -> shapely.Polygon:
    box = shapely.box(*shapely.make_valid(degrees).intersection(useful).bounds)
    ring = shapely.get_coordinates(shapely.segmentize(box, MARGIN_DEGREES / 4))
    here = pyproj.Transformer.from_crs("OGC:CRS84", settings.STORAGE_SRID, always_xy=True)
    return shapely.Polygon(np.column_stack(here.transform(ring[:, 0], ring[:, 1])))


def _finite(shape: shapely.Polygon, file: str) -> shapely.Polygon:
    if not np.isfinite(shapely.bounds(shape)).all() or not shape.area:
        raise RasterElsewhere(file=file, crs=f"EPSG:{settings.STORAGE_SRID}")
    plain = shapely.simplify(shape, STRAIGHT_WITHIN_METRES)
    return plain if isinstance(plain, shapely.Polygon) and plain.area else shape


def _border(facts: Facts, transform: Affine) -> np.ndarray:
    """N × 2 points around the pixels, in the CRS of the raster."""
    across = np.linspace(0, facts.width, POINTS_A_SIDE)
    down = np.linspace(0, facts.height, POINTS_A_SIDE)
    columns = np.concatenate(
        [across, np.full(POINTS_A_SIDE, facts.width), across[::-1], np.zeros(POINTS_A_SIDE)]
    )
    rows = np.concatenate([np.zeros(POINTS_A_SIDE), down, np.full(POINTS_A_SIDE, facts.height), down[::-1]])
    x = transform.a * columns + transform.b * rows + transform.c
    y = transform.d * columns + transform.e * rows + transform.f
    return np.column_stack((x, y))
