"""Real rasters become COGs with the same pixels, no data, palette and names, or are refused in a sentence."""

import warnings
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from rasterio.enums import ColorInterp

from importers.crs import placement
from importers.errors import ImportRefused
from importers.rasters import facts_of, opened, write_cog
from importers.rasters.placing import outline
from tests.real_data.portal import shared

pytestmark = pytest.mark.real_data
UNREADABLE = {"rasterio/corrupt.tif": "broken_file", "rasterio/RGB.byte.gcp.vrt": "unknown_format"}
# Files that a portal in the Greek Grid cannot place; their pixels are read all the same.
NOT_PLACED = {
    "rasterio/rotated.tif": "crs_missing",
    "rasterio/float_raster_with_nodata.tif": "crs_inexact",
    "rasterio/test_esri_wkt.tif": "crs_inexact",
    "rio_tiler/cog_nonearth.tif": "crs_inexact",  # a moon of Jupiter
    "rio_tiler/cog_gcps.tif": "not_placed",  # control points only
}
IN_GREECE = {
    "greece/clc_crete.tif",
    "greece/mosaic_100m_sealing_el.tif",
    "rasterio/world.byte.tif",
    "rio_tiler/inverted_lat.tif",
}


def rasters() -> list[Path]:
    paths = sorted(path for path in shared("raster").glob("*/*") if path.is_file())
    assert paths
    return paths


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_every_raster_keeps_its_pixels_or_is_refused(tmp_path: Path) -> None:
    for path in rasters():
        if name_of(path) in UNREADABLE:
            with pytest.raises(ImportRefused) as caught:
                written(path, tmp_path / "a.tif")
            assert caught.value.code == UNREADABLE[name_of(path)]
        else:
            same(path, written(path, tmp_path / "a.tif"))


def written(path: Path, target: Path) -> Path:
    with opened(path) as dataset:
        facts = facts_of(dataset, path)
        where = facts.transform or Affine.identity()
        write_cog(dataset, target, crs=facts.crs, transform=where, replace=facts.from_sidecar)
    return target


def same(path: Path, target: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with rasterio.open(path) as given, rasterio.open(target) as out:
            assert out.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
            for fact in (
                "width",
                "height",
                "count",
                "dtypes",
                "nodata",
                "crs",
                "colorinterp",
                "descriptions",
            ):
                assert getattr(out, fact) == getattr(given, fact), (path.name, fact)
            assert out.mask_flag_enums == given.mask_flag_enums, path.name
            assert out.transform.almost_equals(given.transform)
            if given.colorinterp[0] == ColorInterp.palette:
                assert out.colormap(1) == given.colormap(1)
            for band in given.indexes:
                np.testing.assert_array_equal(out.read(band), given.read(band), err_msg=path.name)


def test_every_raster_is_placed_or_refused() -> None:
    for path in rasters():
        name = name_of(path)
        if name.endswith(".vrt"):
            continue
        with opened(path) as dataset:
            facts = facts_of(dataset, path)
        if name in IN_GREECE:
            assert facts.transform is not None
            shape = outline(facts, facts.transform, placement(facts.crs, ""), path.name)
            assert shape.is_valid
            assert shape.area > 1e9
            continue
        if facts.transform is None:
            assert NOT_PLACED[name] == "not_placed"
            continue
        with pytest.raises(ImportRefused) as caught:
            outline(facts, facts.transform, placement(facts.crs, ""), path.name)
        assert caught.value.code == NOT_PLACED.get(name, "raster_elsewhere"), name
