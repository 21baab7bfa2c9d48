"""From a grid of classes to the surfaces of a tile: smoothed by a cell, shared borders still shared, few enough."""

import numpy as np
import shapely
from affine import Affine
from numpy.typing import NDArray
from rasterio.features import shapes as traced
from rasterio.features import sieve

from layers.overviews.grid import CELLS, Grid, halved

UNITS = 4  # of the tile's 4096 a cell
MARGIN = 16  # Cells drawn beyond the tile, so that no outline shows at its edge.
SMALLEST = 16  # cells: two pixels each way; in less an outline hides the colour
MOST_CORNERS = 100_000  # some 400 kB before compression
MOST_EDGES = 4 * MOST_CORNERS
TOLERANCE = 1.3 * UNITS


def surfaces(grid: Grid) -> dict[int, shapely.MultiPolygon]:
    """By class, in tile units (0 to 4096, y down), wound as vector tiles want them. Islands and holes below
    SMALLEST are gone; where the tile would have too many corners, the grid is made coarser until it has not."""
    if not grid.any():
        return {}
    for coarser in range(CELLS.bit_length()):
        side = 2**coarser
        sieved = sieve(_blown_up(grid, side), size=SMALLEST * side * side)
        if side < CELLS and _edges(sieved) > MOST_EDGES:
            continue
        shapes, classes = _simplified(_with_margin(sieved))
        if side == CELLS or shapely.get_num_coordinates(shapes).sum() <= MOST_CORNERS:
            return _by_class(shapes, classes)
    return {}


def _blown_up(grid: Grid, side: int) -> Grid:
    """The grid in squares of `side` cells, each of its commonest class."""
    for _ in range(side.bit_length() - 1):
        grid = halved(grid)
    return np.kron(grid, np.ones((side, side), dtype=np.int32))


def _edges(grid: Grid) -> int:
    """How often neighbouring cells differ: what tracing them would cost."""
    return int(np.count_nonzero(grid[1:] != grid[:-1]) + np.count_nonzero(grid[:, 1:] != grid[:, :-1]))


def _with_margin(grid: Grid) -> Grid:
    """The cells at the edge go on beyond it. After sieving, or specks at the edge would look large."""
    return np.pad(grid, MARGIN, mode="edge")


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
