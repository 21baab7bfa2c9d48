"""Real rasters of Greece on the map: imported as a planner would, drawn in town, asked where the answer is known."""

from pathlib import Path

import numpy as np
import pyproj
import pytest
import rasterio
from django.test import Client
from rasterio.enums import Resampling

from core.geo import Tile
from importers.actions.raster import RasterOrder, import_raster
from importers.errors import ImportRefused
from importers.sources.base import ReadOptions
from layers.actions.rasters import change_raster_look
from layers.models import Raster
from layers.rasters.reading import Frame, read_frame
from layers.rasters.spec import Kind, spec_of
from tests.layers.rasters import pixels
from tests.real_data.portal import shared

pytestmark = [pytest.mark.real_data, pytest.mark.django_db]
HERAKLION, PSILORITIS, ATHENS = (25.1335, 35.3345), (24.7700, 35.2270), (23.7275, 37.9838)


def imported(slug: str, name: str, unit: str = "") -> Raster:
    path: Path = shared("raster") / name
    import_raster(RasterOrder(path=path, slug=slug, title=slug, unit=unit, options=ReadOptions()))
    return Raster.objects.get(slug=slug)


def tile_of(lon: float, lat: float, zoom: int) -> Tile:
    x, y = pyproj.Transformer.from_crs("OGC:CRS84", 3857, always_xy=True).transform(lon, lat)
    width = Tile(zoom, 0, 0).width_metres
    west, _south, _east, north = Tile(0, 0, 0).bounds()
    return Tile(zoom, int((x - west) // width), int((north - y) // width))


def value(slug: str, place: tuple[float, float]) -> float | None:
    answer = Client().get(f"/rasters/{slug}/value?lon={place[0]}&lat={place[1]}").json()
    found: float | None = answer["value"]
    return found


def test_values_are_those_that_rasterio_reads_at_the_place_pyproj_names() -> None:
    """Corine land cover of Crete, on the European grid."""
    raster = imported("clc", "greece/clc_crete.tif")
    there = pyproj.Transformer.from_crs("OGC:CRS84", "EPSG:3035", always_xy=True)
    with rasterio.open(shared("raster") / "greece/clc_crete.tif") as given:
        for place in (HERAKLION, PSILORITIS, (25.72, 35.19), (24.0180, 35.5138)):
            [[wanted]] = given.sample([there.transform(*place)])
            assert value(raster.slug, place) == pytest.approx(float(wanted))
    assert value(raster.slug, ATHENS) is None


def test_classes_of_corine_are_drawn_in_the_colours_of_a_table() -> None:
    imported("clc", "greece/clc_crete.tif")
    with rasterio.open(shared("raster") / "greece/clc_crete.tif") as given:
        codes = [float(code) for code in np.unique(given.read(1, masked=True).compressed())]
    assert 10 < len(codes) < 45
    rows = [
        {"value": code, "label": f"CLC {code:g}", "color": f"#{7 + 5 * at:02x}40ff"}
        for at, code in enumerate(codes)
    ]
    change_raster_look(slug="clc", look={"kind": "classes", "classes": rows})
    tile = tile_of(*HERAKLION, 11)
    seen = pixels(Client().get(f"/rasters/clc/2/classes/{tile.z}/{tile.x}/{tile.y}.png"))
    shown = {tuple(int(part) for part in one) for one in np.unique(seen.reshape(-1, 4), axis=0)}
    table = {(7 + 5 * at, 0x40, 0xFF, 255) for at in range(len(codes))}
    assert len(shown & table) >= 5
    assert shown - table <= {(0, 0, 0, 0)}  # the sea, and nothing between two classes


def test_the_sealing_of_all_greece_is_drawn_from_its_palette() -> None:
    raster = imported("sealing", "greece/mosaic_100m_sealing_el.tif")
    assert spec_of(raster).kind is Kind.CLASSES
    for zoom in (5, 8, 12):
        tile = tile_of(*ATHENS, zoom)
        seen = pixels(Client().get(f"/rasters/sealing/1/classes/{tile.z}/{tile.x}/{tile.y}@2x.webp"))
        assert seen.shape == (512, 512, 4)
        assert (seen[..., 3] == 255).mean() > 0.2
    sealed = value("sealing", ATHENS)
    assert sealed is not None
    assert sealed > 50


@pytest.mark.parametrize("name", ["clc_crete", "mosaic_100m_sealing_el"])
@pytest.mark.parametrize("srid", [2100, 3857])
def test_the_shift_of_the_datum_is_not_forgotten_on_the_way_to_any_system(name: str, srid: int) -> None:
    """The sealing names its datum only by a way to WGS 84, from which GDAL goes 300 m astray to the Greek Grid."""
    raster = imported("cover", f"greece/{name}.tif")
    here = pyproj.Transformer.from_crs("OGC:CRS84", srid, always_xy=True)
    agreed = 0
    with rasterio.open(shared("raster") / f"greece/{name}.tif") as given:
        there = pyproj.Transformer.from_crs("OGC:CRS84", given.crs.to_wkt(), always_xy=True)
        nodata = given.nodata
        places = [(23.5 + 0.013 * at, 35.3 + 0.0004 * at) for at in range(150)]
        for place in places:
            x, y = here.transform(*place)
            frame = Frame((x - 1, y - 1, x + 1, y + 1), srid, 1, 1)
            found = read_frame(raster, frame, Resampling.nearest)[0, 0, 0]
            [[wanted]] = given.sample([there.transform(*place)])
            agreed += np.isnan(found) if wanted == nodata else found == wanted
    assert agreed >= 148  # on the border of two cells either is right


def test_a_picture_far_from_greece_is_not_on_the_map_by_mistake() -> None:
    """It is refused at the import, so no tile can show it in the wrong place."""
    with pytest.raises(ImportRefused):
        imported("bahamas", "rasterio/RGB.byte.tif")
    assert Client().get("/rasters/bahamas/").status_code == 404
