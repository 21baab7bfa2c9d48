"""The classes of a tile's surfaces on a grid of cells, two to a pixel; 0 is where there is nothing.

A grid is what keeps shared borders shared whatever the data: a cell has one class, so surfaces that touch, overlap
or nearly touch come out side by side, and what is smaller than a cell counts by the cells it fills.
"""

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from core.geo import Tile

CELLS = 1024
Grid: TypeAlias = NDArray[np.int32]
Batch: TypeAlias = tuple[list[bytes], list[int]]


def burnt(tile: Tile, batches: Iterable[Batch]) -> Grid:
    """The grid of a tile from batches of surfaces (WKB in EPSG:3857) and their classes (from 1 on)."""
    image = Image.new("I", (2 * CELLS, 2 * CELLS))
    for surfaces, classes in batches:
        _burn(image, tile, surfaces, classes)
    return halved(np.asarray(image, dtype=np.int32))


def empty_grid() -> Grid:
    return np.zeros((CELLS, CELLS), dtype=np.int32)


def _burn(image: Image.Image, tile: Tile, surfaces: list[bytes], classes: list[int]) -> None:
    shapes, owners = shapely.get_parts(shapely.from_wkb(surfaces), return_index=True)
    surfacelike = shapely.get_type_id(shapes) == shapely.GeometryType.POLYGON
    shapes, values = shapes[surfacelike], np.asarray(classes)[owners[surfacelike]]
    holed = shapely.get_num_interior_rings(shapes) > 0
    draw = ImageDraw.Draw(image)
    for ring, value in zip(_rings(shapes[~holed], tile), values[~holed].tolist(), strict=True):
        draw.polygon(ring, fill=value)
    for shape, value in zip(shapes[holed], values[holed].tolist(), strict=True):
        _burn_with_holes(image, _rings(shapely.get_rings(shape), tile), value)


def _burn_with_holes(image: Image.Image, rings: list[list[float]], value: int) -> None:
    stencil = Image.new("1", image.size)
    draw = ImageDraw.Draw(stencil)
    for number, ring in enumerate(rings):
        draw.polygon(ring, fill=int(number == 0))
    image.paste(value, (0, 0), stencil)


def _rings(shapes: NDArray[np.object_], tile: Tile) -> list[list[float]]:
    """Their outer rings as x, y, x, y … in fine cells, y down."""
    rings = shapely.get_exterior_ring(shapes) if _are_polygons(shapes) else shapes
    points, owners = shapely.get_coordinates(rings, return_index=True)
    west, _south, _east, north = tile.bounds()
    fine = 2 * CELLS / tile.width_metres
    cells = np.floor((points - (west, north)) * (fine, -fine))
    ends = np.searchsorted(owners, np.arange(1, len(rings)))
    return [part.ravel().tolist() for part in np.split(cells, ends)] if len(rings) else []


def _are_polygons(shapes: NDArray[np.object_]) -> bool:
    return len(shapes) > 0 and bool(shapely.get_type_id(shapes[0]) == shapely.GeometryType.POLYGON)


def stitched(children: list[Grid]) -> Grid:
    """The grid of a tile from those of its four: north-west, north-east, south-west, south-east."""
    north_west, north_east, south_west, south_east = children
    return halved(np.block([[north_west, north_east], [south_west, south_east]]))


def halved(grid: Grid) -> Grid:
    """A cell for every four: the commonest class among them where at least two are filled, else nothing. So slits
    narrower than a cell close, and specks smaller than half a cell go."""
    corners = np.stack([grid[0::2, 0::2], grid[0::2, 1::2], grid[1::2, 0::2], grid[1::2, 1::2]])
    low, second, third, _high = np.sort(corners, axis=0)
    pair = np.where((second > 0) & ((low == second) | (second == third)), second, third)
    return np.where(third > 0, pair, 0).astype(np.int32)
