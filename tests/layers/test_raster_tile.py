"""Tiles of rasters: what is sent, to whom, how long it holds, and what is kept."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from core.geo import Tile
from layers.actions.rasters import change_raster_look, keep_raster
from layers.models import Raster
from layers.rasters import drawing, reading
from layers.rasters.opening import opened
from tests.conftest import SignIn
from tests.layers.rasters import NO_DATA, address, make_raster, pixels, slope_of, tile_at

pytestmark = pytest.mark.django_db
INSIDE = tile_at(1000, 1000, 15)
# What GDAL would follow to another machine, if it were let.
REMOTE = (
    b'<VRTDataset rasterXSize="9" rasterYSize="9"><VRTRasterBand dataType="Byte" band="1"><SimpleSource>'
    b"<SourceFilename>/vsicurl/http://127.0.0.1:9/x.tif</SourceFilename></SimpleSource></VRTRasterBand>"
    b"</VRTDataset>"
)


@pytest.fixture
def terrain() -> Raster:
    values = slope_of(0.1)
    values[:100] = NO_DATA
    return make_raster("terrain", values, nodata=NO_DATA)


def kept() -> list[Path]:
    return [path for path in Path(settings.RASTER_TILE_DIR).rglob("*") if path.is_file()]


def test_tile_of_a_public_raster_holds_for_ever_and_is_kept(terrain: Raster) -> None:
    response = Client().get(address(terrain, "heights", INSIDE))
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert "Vary" not in response.headers
    assert pixels(response).shape == (256, 256, 4)
    [path] = kept()
    assert path.read_bytes() == response.content


def test_a_kept_tile_is_not_drawn_again(terrain: Raster, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Client().get(address(terrain, "heights", INSIDE))
    monkeypatch.setattr(drawing, "drawn", None)
    assert Client().get(address(terrain, "heights", INSIDE)).content == first.content


def test_an_unchanged_tile_is_not_sent_again(terrain: Raster) -> None:
    etag = Client().get(address(terrain, "heights", INSIDE)).headers["ETag"]
    again = Client().get(address(terrain, "heights", INSIDE), headers={"If-None-Match": etag})
    assert again.status_code == 304


@pytest.mark.parametrize("name", [".png", ".webp", "@2x.png", "@2x.webp"])
def test_tiles_come_in_two_formats_and_two_sizes(terrain: Raster, name: str) -> None:
    side = 512 if "@2x" in name else 256
    assert pixels(Client().get(address(terrain, "relief", INSIDE, name))).shape == (side, side, 4)


def test_nothing_is_drawn_where_no_value_is(terrain: Raster) -> None:
    """The northern half has none; the border between lies at 1000 m."""
    seen = pixels(Client().get(address(terrain, "heights", tile_at(1000, 1000, 14))))[..., 3]
    rows = np.nonzero(seen.any(axis=1))[0]
    frame = reading.Frame.of_tile(tile_at(1000, 1000, 14), 256)
    north = frame.transform.f + frame.transform.e * rows[0]
    there = tile_at(1000, 1000, 22).bounds()[3]
    assert abs(north - there) < 25
    assert set(np.unique(seen)) == {0, 255}


def test_a_tile_beside_the_raster_is_empty(terrain: Raster) -> None:
    response = Client().get(address(terrain, "heights", tile_at(9000, 9000, 15)))
    assert (response.status_code, response.content) == (204, b"")
    assert Client().get(address(terrain, "heights", tile_at(1000, 1900, 16))).status_code == 204
    assert kept() == []


@pytest.mark.parametrize(
    "wrong", ["/15/99999/0.png", "/0/0/1.png", "/23/0/0.png", "/15/1/1.tif", "/15/1/1@3x.png", "/15/-1/1.png"]
)
def test_a_tile_outside_the_matrix_or_of_another_format_is_not_there(terrain: Raster, wrong: str) -> None:
    assert Client().get(f"/rasters/terrain/1/heights{wrong}").status_code == 404


def test_a_look_of_another_kind_of_raster_is_not_there(terrain: Raster) -> None:
    for look in ("natural", "classes", "nonsense"):
        assert Client().get(address(terrain, look, INSIDE)).status_code == 404


def test_an_address_of_before_leads_to_the_one_that_holds(terrain: Raster) -> None:
    old = address(terrain, "heights", INSIDE, "@2x.webp")
    change_raster_look(slug="terrain", look={"stretch": [0, 500]})
    response = Client().get(old)
    assert response.status_code == 302
    assert response.headers["Location"] == old.replace("/1/", "/2/", 1)
    assert response.headers["Cache-Control"] == "no-store"


def test_a_raster_for_staff_is_nothing_to_others_and_never_kept(
    terrain: Raster, alice: User, bea: User, sign_in: SignIn
) -> None:
    Raster.objects.update(visibility="staff")
    there = address(terrain, "heights", INSIDE)
    for client in (Client(), sign_in(alice)):
        assert client.get(there).status_code == 404
        assert client.get(there.replace("/1/", "/7/")).status_code == 404
    response = sign_in(bea).get(there)
    assert response.headers["Cache-Control"] == "private, no-store"
    assert pixels(response).any()
    assert kept() == []


def test_tiles_go_when_the_raster_is_hidden_or_replaced(
    terrain: Raster, django_capture_on_commit_callbacks: Any
) -> None:
    Client().get(address(terrain, "heights", INSIDE))
    assert kept()
    with django_capture_on_commit_callbacks(execute=True):
        keep_raster(slug="terrain", file=str(terrain.file.name), extent=terrain.extent, visibility="staff")
    assert kept() == []
    assert Client().get(address(terrain, "heights", INSIDE)).status_code == 404


def test_deep_zooms_are_drawn_but_not_kept(terrain: Raster) -> None:
    assert pixels(Client().get(address(terrain, "heights", tile_at(1000, 900, 20)))).any()
    assert kept() == []


def test_a_public_tile_asks_the_database_once(terrain: Raster) -> None:
    Client().get(address(terrain, "heights", INSIDE))
    with CaptureQueriesContext(connection) as queries:
        Client().get(address(terrain, "heights", INSIDE))
    assert len(queries) == 1


@pytest.mark.parametrize("name", ["../secret.tif", "/etc/hostname", "rasters/nothing.tif", "rasters"])
def test_only_a_file_of_the_media_folder_is_opened(terrain: Raster, name: str) -> None:
    (Path(settings.MEDIA_ROOT).parent / "secret.tif").write_bytes(
        (Path(settings.MEDIA_ROOT) / "rasters" / "terrain.tif").read_bytes()
    )
    Raster.objects.update(file=name)
    assert Client().get(address(terrain, "heights", INSIDE)).status_code == 404


@pytest.mark.parametrize("content", [REMOTE, b"II*\0 and then nothing", b""])
def test_a_file_that_is_no_geotiff_is_refused(terrain: Raster, content: bytes) -> None:
    (Path(settings.MEDIA_ROOT) / "rasters" / "terrain.tif").write_bytes(content)
    response = Client().get(address(terrain, "heights", INSIDE), headers={"Accept": "application/json"})
    assert (response.status_code, response.json()["code"]) == (404, "raster_file_missing")
    assert Client().get("/map/style.json").status_code == 200


def test_low_zooms_read_overviews(terrain: Raster, monkeypatch: pytest.MonkeyPatch) -> None:
    large = make_raster("large", np.tile(slope_of(0.1, 512), (4, 4)), blocksize=256)
    levels: list[int | None] = []

    def noted(raster: Raster, level: int | None) -> Any:
        levels.append(level)
        return opened(raster, level)

    monkeypatch.setattr(reading, "opened", noted)
    for zoom in (9, 11, 14):
        assert pixels(Client().get(address(large, "heights", tile_at(5000, 5000, zoom)))).any()
    far, nearer, nearest = levels
    assert far is not None
    assert nearer is not None
    assert far > nearer
    assert nearest is None


def test_what_would_take_too_long_is_refused(terrain: Raster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MOST_PIXELS", 30_000)
    large = make_raster("large", slope_of(0.1, 400), without_overviews=True)
    there = address(large, "heights", Tile(8, *(tile_at(1000, 1000, 8).x, tile_at(1000, 1000, 8).y)))
    response = Client().get(there, headers={"Accept": "application/json"})
    assert (response.status_code, response.json()["code"]) == (503, "raster_too_costly")
