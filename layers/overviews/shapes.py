"""From a grid of classes to the surfaces of a tile: smoothed by a cell, shared borders still shared, few enough."""

import numpy as np
import shapely
from affine import Affine
from numpy.typing import NDArray
from rasterio.features import shapes as traced
from rasterio.features import sieve

from layers.overviews.grid import CELLS, Grid

UNITS = 4  # of the tile's 4096 a cell
MARGIN = 16  # Cells drawn beyond the tile, so that no outline shows at its edge.
SMALLEST = 12  # cells: less than two pixels each way, where outlines would hide the colour
MOST_CORNERS = 100_000  # some 400 kB before compression
TOLERANCE = 1.3 * UNITS


def surfaces(grid: Grid) -> dict[int, shapely.MultiPolygon]:
    """By class, in tile units (0 to 4096, y down), wound as vector tiles want them. Islands and holes below a pixel
    are gone, and larger ones too where the tile would have too many corners."""
    if not grid.any():
        return {}
    padded = np.pad(grid, MARGIN, mode="edge")
    smallest = SMALLEST
    while True:
        shapes, classes = _simplified(sieve(padded, size=smallest))
        if smallest >= CELLS * CELLS or shapely.get_num_coordinates(shapes).sum() <= MOST_CORNERS:
            return _by_class(shapes, classes)
        smallest *= 4


def _simplified(grid: Grid) -> tuple[NDArray[np.object_], NDArray[np.int32]]:
    """The surfaces of every class, of nothing too: together they cover the square, so no border has only one side."""
    placed = Affine(UNITS, 0, -MARGIN * UNITS, 0, UNITS, -MARGIN * UNITS)
    found = list(traced(grid, connectivity=4, transform=placed))
    shapes = np.array([_polygon(shape["coordinates"]) for shape, _value in found], dtype=object)
    classes = np.array([value for _shape, value in found], dtype=np.int32)
    return shapely.coverage_simplify(shapes, TOLERANCE, simplify_boundary=False), classes


def _polygon(rings: list[list[tuple[float, float]]]) -> shapely.Polygon:
    return shapely.Polygon(rings[0], rings[1:])


def _by_class(shapes: NDArray[np.object_], classes: NDArray[np.int32]) -> dict[int, shapely.MultiPolygon]:
    wound = shapely.orient_polygons(shapes, exterior_cw=False)
    return {
        int(value): shapely.MultiPolygon(list(wound[classes == value]))
        for value in np.unique(classes)
        if value
    }
