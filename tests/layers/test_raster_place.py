"""Rasters lie where they should: the shift of the datum is not forgotten, and neighbouring tiles fit."""

import math

import numpy as np
import pyproj
import pytest
from django.test import Client
from rasterio.enums import Resampling

from core.geo import WEB_MERCATOR, Tile
from layers.models import Raster
from layers.rasters.drawing import drawn
from layers.rasters.looks import look_named
from layers.rasters.reading import Frame, read_frame
from layers.rasters.spec import spec_of
from tests.factories.places import SOUTH, WEST
from tests.layers.rasters import address, hills, make_raster, pixels, tile_at

pytestmark = pytest.mark.django_db
COLUMN, ROW, SIDE = 37, 61, 100


def spot(
    slug: str = "spot", *, crs: str = "EPSG:2100", corner: tuple[float, float] = (WEST, SOUTH)
) -> Raster:
    """One cell that says 9 among cells that say nothing."""
    values = np.zeros((SIDE, SIDE), dtype="uint8")
    values[ROW, COLUMN] = 9
    return make_raster(slug, values, nodata=0, unit="", crs=crs, corner=corner)


def middle_of_spot() -> tuple[float, float]:
    return WEST + 10 * (COLUMN + 0.5), SOUTH + 10 * (SIDE - ROW - 0.5)


def seen_at(frame: Frame, values: np.ndarray) -> tuple[float, float]:
    """The middle of what is drawn, in units of the frame."""
    rows, columns = np.nonzero(~np.isnan(values[0]))
    x, y = frame.transform @ (columns.mean() + 0.5, rows.mean() + 0.5)
    return float(x), float(y)


def around(x: float, y: float, srid: int, metres: float = 40) -> Frame:
    return Frame((x - metres, y - metres, x + metres, y + metres), srid, 320, 320)


def test_a_cell_is_drawn_where_pyproj_says_within_half_a_metre() -> None:
    raster = spot()
    wanted = pyproj.Transformer.from_crs(2100, 3857, always_xy=True).transform(*middle_of_spot())
    frame = around(*wanted, WEB_MERCATOR)
    east, north = seen_at(frame, read_frame(raster, frame, Resampling.nearest))
    on_the_ground = math.hypot(east - wanted[0], north - wanted[1]) * math.cos(math.radians(38.2))
    assert on_the_ground < 0.5


def test_forgetting_the_datum_would_be_noticed() -> None:
    """The same coordinates read as if GGRS87 were WGS 84 lie more than a hundred metres away."""
    transverse = "+proj=tmerc +lat_0=0 +lon_0=24 +k=0.9996 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m"
    wrong = pyproj.Transformer.from_crs(transverse, 3857, always_xy=True).transform(*middle_of_spot())
    right = pyproj.Transformer.from_crs(2100, 3857, always_xy=True).transform(*middle_of_spot())
    assert math.dist(wrong, right) > 100


def test_the_tile_that_is_sent_shows_the_cell_at_its_place() -> None:
    raster = spot()
    x, y = 10 * (COLUMN + 0.5), 10 * (SIDE - ROW - 0.5)
    tile = tile_at(x, y, 18)
    alpha = pixels(Client().get(address(raster, "values", tile)))[..., 3]
    rows, columns = np.nonzero(alpha > 128)
    frame = Frame.of_tile(tile, 256)
    east, north = frame.transform @ (columns.mean() + 0.5, rows.mean() + 0.5)
    wanted = pyproj.Transformer.from_crs(2100, 3857, always_xy=True).transform(WEST + x, SOUTH + y)
    assert math.dist((east, north), wanted) * math.cos(math.radians(38.2)) < 1


@pytest.mark.parametrize("srid", [2100, 4326, 3857])
def test_a_picture_in_any_system_has_the_cell_at_its_place(srid: int) -> None:
    raster = spot()
    x, y = pyproj.Transformer.from_crs(2100, srid, always_xy=True).transform(*middle_of_spot())
    reach = 40 / 111_000 if srid == 4326 else 40
    frame = around(x, y, srid, reach)
    seen = seen_at(frame, read_frame(raster, frame, Resampling.nearest))
    assert math.dist(seen, (x, y)) < reach / 40


def test_a_raster_of_another_system_lies_in_the_same_place() -> None:
    """UTM 34N on WGS 84, as orthophotos often are."""
    corner = pyproj.Transformer.from_crs(2100, 32634, always_xy=True).transform(WEST, SOUTH)
    raster = spot("utm", crs="EPSG:32634", corner=corner)
    middle = (corner[0] + 10 * (COLUMN + 0.5), corner[1] + 10 * (SIDE - ROW - 0.5))
    wanted = pyproj.Transformer.from_crs(32634, 3857, always_xy=True).transform(*middle)
    frame = around(*wanted, WEB_MERCATOR)
    assert math.dist(seen_at(frame, read_frame(raster, frame, Resampling.nearest)), wanted) < 0.7


@pytest.mark.parametrize("look", ["hillshade", "relief", "slope", "heights"])
@pytest.mark.parametrize("zoom", [12, 14, 17])
def test_neighbouring_tiles_fit_as_if_they_were_one_picture(look: str, zoom: int) -> None:
    raster = make_raster("hills", hills(400), nodata=-9999)
    named = look_named(spec_of(raster).kind, look)
    assert named is not None
    left = tile_at(2000, 2000, zoom)
    right = Tile(left.z, left.x + 1, left.y)
    west, south, _east, north = left.bounds()
    both = Frame((west, south, right.bounds()[2], north), WEB_MERCATOR, 512, 256)
    whole = drawn(raster, named, both).astype(int)
    parts = [drawn(raster, named, Frame.of_tile(tile, 256)).astype(int) for tile in (left, right)]
    difference = np.abs(np.concatenate(parts, axis=2) - whole)
    assert whole[3].any()
    border = difference[:, :, 250:262]
    assert np.mean(border.max(axis=0) > 3) < 0.01, border.max()
