"""Rasters as files: a piece in three systems, the whole in ranges, and what comes with them."""

import io
import zipfile
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import pytest
import rasterio
from django.conf import settings
from django.test import Client

from layers.models import Raster
from layers.rasters import clip
from tests.factories.places import SOUTH, WEST
from tests.layers.rasters import NO_DATA, hills, lonlat, make_raster, tile_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def terrain() -> Raster:
    values = hills(200)
    values[:20] = NO_DATA
    return make_raster("terrain", values, nodata=NO_DATA)


def box(x0: float, y0: float, x1: float, y1: float) -> str:
    west, south = lonlat(x0, y0)
    east, north = lonlat(x1, y1)
    return f"{west:.8f},{south:.8f},{east:.8f},{north:.8f}"


def cut(slug: str, bbox: str, crs: str = "", folder: Path | None = None) -> tuple[Any, str]:
    response = Client().get(f"/rasters/{slug}/clip", {"bbox": bbox, "crs": crs})
    assert response.status_code == 200, response.content
    assert response.headers["Cache-Control"].endswith("private")
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        path = Path(settings.MEDIA_ROOT) / f"cut-{slug}-{crs}.tif"
        path.write_bytes(archive.read(f"{slug}.tif"))
        return rasterio.open(path), archive.read("README.txt").decode("utf-8-sig")


def test_a_piece_in_its_own_system_has_its_own_pixels(terrain: Raster) -> None:
    piece, _readme = cut("terrain", box(403, 506, 1204, 1107))
    with rasterio.open(terrain.file.path) as whole, piece:
        assert piece.crs.to_epsg() == 2100
        assert (piece.nodata, piece.dtypes, piece.res) == (NO_DATA, ("float32",), (10, 10))
        window = rasterio.windows.from_bounds(*piece.bounds, transform=whole.transform)
        assert (window.col_off, window.row_off) == (round(window.col_off), round(window.row_off))
        np.testing.assert_array_equal(piece.read(1), whole.read(1, window=window))
        west, south, east, north = piece.bounds
        assert west <= WEST + 403 < west + 40
        assert south <= SOUTH + 506 < south + 40
        assert east - 40 < WEST + 1204 <= east
        assert north - 40 < SOUTH + 1107 <= north


@pytest.mark.parametrize(("crs", "srid"), [("4326", 4326), ("EPSG:3857", 3857)])
def test_a_piece_in_another_system_says_the_same_at_the_same_place(
    terrain: Raster, crs: str, srid: int
) -> None:
    piece, readme = cut("terrain", box(400, 500, 1200, 1100), crs)
    there = pyproj.Transformer.from_crs(2100, srid, always_xy=True)
    with rasterio.open(terrain.file.path) as whole, piece:
        assert piece.crs.to_epsg() == srid
        places = [(WEST + 605 + 90 * at, SOUTH + 705 + 50 * at) for at in range(5)]
        wanted = [value[0] for value in whole.sample(places)]
        found = [value[0] for value in piece.sample([there.transform(*place) for place in places])]
        assert found == pytest.approx(wanted, abs=3)
        assert 60 < piece.width < 140
    assert "good to 1 metre" in readme


def test_what_has_no_value_has_none_in_the_piece_either(terrain: Raster) -> None:
    for crs in ("2100", "3857"):
        piece, _readme = cut("terrain", box(100, 1500, 900, 2300), crs)
        with piece:
            known = piece.read_masks(1)
            assert not known[0].any()
            assert known[-1].all() or known[-3, 5:-5].all()


def test_a_picture_without_nodata_gets_a_mask_where_it_ends() -> None:
    make_raster("photo", np.full((3, 100, 100), 70, dtype="uint8"), unit="", photometric="RGB")
    piece, _readme = cut("photo", box(-500, -500, 5000, 5000), "3857")
    with piece:
        values, masks = piece.read(1), piece.read_masks(1)
        assert set(np.unique(values[masks > 0])) == {70}
        assert 0 < np.mean(masks == 0) < 0.2


def test_a_palette_comes_along_and_codes_stay_codes() -> None:
    palette = {1: (230, 0, 77, 255), 5: (1, 2, 3, 255)}
    values = np.where(np.indices((80, 80)).sum(axis=0) % 2, 1, 5).astype("uint8")
    make_raster("cover", values, palette=palette, nodata=0, unit="")
    piece, _readme = cut("cover", box(100, 100, 600, 600), "3857")
    with piece:
        assert piece.colormap(1)[5] == (1, 2, 3, 255)
        assert set(np.unique(piece.read(1))) <= {0, 1, 5}


def test_the_readme_names_source_licence_and_pixels_in_both_languages(terrain: Raster) -> None:
    piece, readme = cut("terrain", box(400, 500, 1200, 1100))
    piece.close()
    assert readme.index("Ανάγλυφο") < readme.index("Terrain")
    for text in (
        "ΓΥΣ",
        "CC BY 4.0",
        "Licence: CC BY 4.0",
        "Greek Grid (EPSG:2100)",
        "/rasters/terrain/clip?bbox=",
    ):
        assert text in readme


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({}, 400, "bad_clip_box"),
        ({"bbox": "1,2,3"}, 400, "bad_clip_box"),
        ({"bbox": "1,2,3,x"}, 400, "bad_clip_box"),
        ({"bbox": "22,38,21,39"}, 400, "bad_clip_box"),
        ({"bbox": "nan,38,22,39"}, 400, "bad_clip_box"),
        ({"bbox": "-500,38,22,39"}, 400, "bad_clip_box"),
        ({"bbox": "10,10,11,11"}, 404, "nothing_to_clip"),
        ({"bbox": "20,37,23,39", "crs": "EPSG:4258"}, 400, "unknown_clip_system"),
        ({"bbox": "20,37,23,39", "crs": "/etc/passwd"}, 400, "unknown_clip_system"),
    ],
)
def test_a_piece_that_is_none_is_refused(
    terrain: Raster, query: dict[str, str], status: int, code: str
) -> None:
    response = Client().get("/rasters/terrain/clip", query, headers={"Accept": "application/json"})
    assert (response.status_code, response.json()["code"]) == (status, code)


def test_a_piece_of_too_many_pixels_is_refused(terrain: Raster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clip, "MOST_PIXELS", 20_000)
    response = Client().get(
        "/rasters/terrain/clip", {"bbox": "20,37,23,39"}, headers={"Accept": "application/json"}
    )
    assert (response.status_code, response.json()["code"]) == (413, "clip_too_large")


def test_strangers_may_cut_out_so_many_an_hour(terrain: Raster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("layers.rasters.views.clip"), "CLIPS_PER_HOUR", 1)
    asked = {"bbox": box(400, 500, 600, 700)}
    assert [Client().get("/rasters/terrain/clip", asked).status_code for _ in range(2)] == [200, 429]


def test_the_whole_file_is_sent_in_ranges(terrain: Raster) -> None:
    whole = Path(terrain.file.path).read_bytes()
    response = Client().get("/rasters/terrain/file")
    assert b"".join(response.streaming_content) == whole  # type: ignore[attr-defined]
    assert response.headers["Accept-Ranges"] == "bytes"
    assert 'filename="terrain.tif"' in response.headers["Content-Disposition"]
    for asked, first, last in (
        ("0-15", 0, 15),
        ("100-", 100, len(whole) - 1),
        ("-7", len(whole) - 7, len(whole) - 1),
    ):
        part = Client().get("/rasters/terrain/file", headers={"Range": f"bytes={asked}"})
        assert part.status_code == 206
        assert part.headers["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"
        assert part.content == whole[first : last + 1]


@pytest.mark.parametrize("asked", ["99999999999-", "9-3", "-0"])
def test_a_range_outside_the_file_is_refused(terrain: Raster, asked: str) -> None:
    assert Client().get("/rasters/terrain/file", headers={"Range": f"bytes={asked}"}).status_code == 416


def test_a_range_of_another_revision_is_answered_with_the_whole(terrain: Raster) -> None:
    asked = {"Range": "bytes=0-15", "If-Range": '"terrain-0"'}
    assert Client().get("/rasters/terrain/file", headers=asked).status_code == 200
    again = Client().get("/rasters/terrain/file", headers={"If-None-Match": '"terrain-1"'})
    assert again.status_code == 304


def test_the_page_of_a_raster_tells_what_it_is(terrain: Raster) -> None:
    page = Client().get("/rasters/terrain/").content.decode()
    for text in (
        "Ανάγλυφο",
        "ΓΥΣ",
        "CC BY 4.0",
        "200 × 200",
        "/rasters/terrain/file",
        "/rasters/terrain/clip",
    ):
        assert text in page


def test_the_map_has_rasters_below_the_other_layers(terrain: Raster) -> None:
    make_raster("secret", hills(60), visibility="staff")
    style = Client().get("/map/style.json").json()
    source = style["sources"]["terrain--relief"]
    assert (source["type"], source["tileSize"], source["attribution"]) == ("raster", 256, "ΓΥΣ")
    [template] = source["tiles"]
    tile = tile_at(1000, 1000, 14)
    there = template.replace("{ratio}", "").format(z=tile.z, x=tile.x, y=tile.y)
    assert Client().get(there).headers["Content-Type"] == "image/webp"
    assert not any(name.startswith("secret") for name in style["sources"])
    names = [layer["id"] for layer in style["layers"]]
    assert names.index("land") < names.index("terrain--slope") < names.index("terrain--relief")
    assert names.index("terrain--relief") < names.index("issues")
    [hidden] = {layer["layout"]["visibility"] for layer in style["layers"] if layer["type"] == "raster"}
    assert hidden == "none"


def test_the_tree_of_layers_has_every_look_with_its_legend(terrain: Raster) -> None:
    groups = {group["theme"]: group for group in Client().get("/map/catalogue.json").json()["groups"]}
    entries = {entry["slug"]: entry for entry in groups["environment"]["layers"]}
    assert set(entries) == {
        f"terrain--{look}" for look in ("relief", "heights", "hillshade", "slope", "aspect")
    }
    assert len(entries["terrain--relief"]["legend"][0]["ramp"]) > 8
    assert entries["terrain--slope"]["legend"][0]["label"] == "0–5 %"
    assert entries["terrain--relief"]["page"] == "/rasters/terrain/"


def test_the_page_of_downloads_lists_rasters(terrain: Raster) -> None:
    make_raster("secret", hills(60), visibility="staff", title="Απόρρητο")
    page = Client().get("/data/").content.decode()
    assert 'href="/rasters/terrain/"' in page
    assert 'href="/rasters/terrain/file"' in page
    assert "Απόρρητο" not in page
