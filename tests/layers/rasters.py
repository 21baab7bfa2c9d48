"""Small rasters of the town: cells of ten metres from its corner, as cloud-optimised files with their rows."""

import io
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from affine import Affine
from django.conf import settings
from django.contrib.gis.geos import Polygon
from django.test import Client
from numpy.typing import NDArray
from PIL import Image
from rasterio.enums import ColorInterp
from rasterio.warp import transform_bounds

from core.geo import Tile, to_lonlat
from layers.models import Raster
from tests.factories import at
from tests.factories.places import SOUTH, WEST
from tests.tiles import tile_of

STEP, NO_DATA = 10.0, -9999.0
COLOURS = (ColorInterp.red, ColorInterp.green, ColorInterp.blue, ColorInterp.alpha)
Pixels = NDArray[np.uint8]


def make_raster(
    slug: str, bands: Any, *, step: float = STEP, crs: str = "EPSG:2100", **fields: Any
) -> Raster:
    """A raster of rows × columns (or bands × rows × columns) whose south-west corner is the town's, or `corner`."""
    values = np.asarray(bands)
    values = values[np.newaxis] if values.ndim == 2 else values
    west, south = fields.pop("corner", (WEST, SOUTH))
    options = {name: fields.pop(name) for name in ("nodata", "blocksize") if name in fields}
    palette, is_alone = fields.pop("palette", None), fields.pop("without_overviews", False)
    is_picture = fields.pop("photometric", "") == "RGB"
    path = Path(settings.MEDIA_ROOT) / "rasters" / f"{slug}.tif"
    path.parent.mkdir(parents=True, exist_ok=True)
    count, height, width = values.shape
    profile = {
        "driver": "GTiff" if is_alone or palette else "COG",
        "width": width,
        "height": height,
        "count": count,
        "dtype": values.dtype,
        "crs": crs,
        "transform": Affine(step, 0, west, 0, -step, south + height * step),
    }
    with rasterio.open(path, "w", **profile, **options) as out:
        if is_picture:
            out.colorinterp = COLOURS[:count]
        out.write(values)
        if palette:
            out.write_colormap(1, palette)
    bounds = (west, south, west + width * step, south + height * step)
    extent = Polygon.from_bbox(transform_bounds(crs, f"EPSG:{settings.STORAGE_SRID}", *bounds))
    extent.srid = settings.STORAGE_SRID
    plain = {"title": "Ανάγλυφο", "title_en": "Terrain", "unit": "m", "source": "ΓΥΣ", "licence": "CC BY 4.0"}
    return Raster.objects.create(slug=slug, file=f"rasters/{slug}.tif", extent=extent, **(plain | fields))


def slope_of(rise: float, side: int = 200, *, towards: str = "east") -> NDArray[np.float32]:
    """A plane rising by `rise` metres a metre to the east or to the north, from 100 m up."""
    along = 100 + rise * STEP * np.arange(side, dtype="float32")
    plane = np.tile(along, (side, 1)).astype("float32")
    return plane if towards == "east" else plane.T[::-1].copy()


def hills(side: int = 300) -> NDArray[np.float32]:
    """Ground with hills of several sizes."""
    y, x = np.mgrid[0:side, 0:side].astype("float32")
    ground = 200 + 60 * np.sin(x / 17) * np.cos(y / 23) + 9 * np.sin(x / 3.1 + y / 4.3)
    return np.asarray(ground, dtype="float32")


def lonlat(x: float, y: float) -> tuple[float, float]:
    """Degrees of a place given as in `at`."""
    place = to_lonlat(at(x, y))
    return place.x, place.y


def tile_at(x: float, y: float, zoom: int) -> Tile:
    return tile_of(at(x, y), zoom)


def address(raster: Raster, look: str, tile: Tile, name: str = ".png", revision: int | None = None) -> str:
    number = raster.revision if revision is None else revision
    return f"/rasters/{raster.slug}/{number}/{look}/{tile.z}/{tile.x}/{tile.y}{name}"


def pixels(response: Any) -> Pixels:
    """Height × width × 4 of a picture that came."""
    assert response.status_code == 200, response.status_code
    return np.asarray(Image.open(io.BytesIO(response.content)).convert("RGBA"))


def english() -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    return client
