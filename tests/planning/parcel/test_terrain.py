"""How high and how steep a plot is: against a plane whose slope is known."""

from pathlib import Path

import numpy as np
import pytest
import rasterio
from django.conf import settings

from accounts.models import User
from layers.models import Raster
from planning.parcel.terrain import ground_of
from tests.factories import Town
from tests.factories.places import box
from tests.importers.rasters import STEP, write_raster

WIDTH, HEIGHT = 60, 100
# The Greek Grid as old files write it: a datum without a name, known by its way to WGS 84.
UNNAMED = "+proj=tmerc +lat_0=0 +lon_0=24 +k=0.9996 +x_0=500000 +y_0=0 +ellps=GRS80"
UNNAMED += " +towgs84=-199.87,74.79,246.62 +units=m"


@pytest.fixture
def slope(town: Town) -> Raster:
    """Cells of 10 m that rise 2 m to the east each, from (0, 0) to (600, 1000); one cell without a height."""
    heights = np.tile(2.0 * np.arange(WIDTH, dtype="float32"), (HEIGHT, 1))
    heights[0, 0] = -9999
    path = Path(settings.MEDIA_ROOT) / "rasters" / "terrain.tif"
    path.parent.mkdir(parents=True)
    write_raster(path, heights, nodata=-9999)
    extent = box(0, 1000 - HEIGHT * STEP, WIDTH * STEP, 1000)
    raster = Raster(slug="terrain", title="Ανάγλυφο", file="rasters/terrain.tif", unit="m", extent=extent)
    raster.save(force_insert=True)
    return raster


def test_heights_and_slopes_are_those_of_the_cells_it_touches(slope: Raster, alice: User) -> None:
    told = ground_of(box(102, 502, 128, 518), alice)
    assert told is not None
    assert (told.lowest, told.mean, told.highest) == pytest.approx((20.0, 22.0, 24.0))
    assert (told.mean_slope, told.steepest) == pytest.approx((20.0, 20.0))
    assert (told.cells, told.cell_metres) == (6, 10.0)


def test_a_plot_smaller_than_a_cell_has_that_cell(slope: Raster, alice: User) -> None:
    told = ground_of(box(104, 504, 106, 506), alice)
    assert told is not None
    assert (told.cells, told.mean) == (1, 20.0)
    assert told.mean_slope == pytest.approx(20.0)


def test_cells_without_a_height_are_left_out(slope: Raster, alice: User) -> None:
    assert ground_of(box(1, 991, 9, 999), alice) is None
    told = ground_of(box(1, 991, 19, 999), alice)
    assert told is not None
    assert (told.cells, told.mean, told.mean_slope) == (1, 2.0, None)


def test_beyond_the_raster_nothing_is_told(slope: Raster, alice: User) -> None:
    assert ground_of(box(590, 500, 620, 520), alice) is None


def test_heights_for_staff_are_for_staff(slope: Raster, alice: User, planner: User) -> None:
    slope.visibility = "staff"
    slope.save(update_fields=["visibility"])
    assert ground_of(box(102, 502, 128, 518), alice) is None
    assert ground_of(box(102, 502, 128, 518), planner) is not None


def test_pictures_and_counts_are_no_heights(slope: Raster, alice: User) -> None:
    slope.unit = ""
    slope.save(update_fields=["unit"])
    assert ground_of(box(102, 502, 128, 518), alice) is None


def test_a_datum_that_is_only_a_shift_is_not_forgotten(slope: Raster, alice: User) -> None:
    with rasterio.open(slope.file.path, "r+") as data:
        data.crs = rasterio.CRS.from_string(UNNAMED)
    told = ground_of(box(102, 502, 128, 518), alice)
    assert told is not None
    assert (told.lowest, told.mean, told.highest) == pytest.approx((20.0, 22.0, 24.0))
