"""Files are what they say they are, whole and of a known kind, or are refused in a sentence."""

import gc
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from importers.sources import base
from importers.sources.base import rows_per_batch
from tests.importers.files import square, write
from tests.importers.readings import read, refusal, squares


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.gpkg") == "file_missing"
    assert refusal(tmp_path) == "file_missing"


@pytest.mark.parametrize("name", ["layers.vrt", "a.wfs", "a.pdf", "noextension", "a.gpkg.vrt"])
def test_other_kinds_of_file_are_refused(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("<OGRVRTDataSource/>")
    assert refusal(path) == "unknown_format"


@pytest.mark.parametrize("name", ["a.gpkg", "a.geojson", "a.zip"])
@pytest.mark.parametrize(
    "content",
    ["", "<OGRVRTDataSource><OGRVRTLayer/></OGRVRTDataSource>", "PG:host=127.0.0.1", "\0" * 200],
)
def test_a_disguise_is_seen_through(tmp_path: Path, name: str, content: str) -> None:
    path = tmp_path / name
    path.write_text(content)
    assert refusal(path) == "not_what_it_says"


def test_a_database_that_is_no_geopackage_is_refused(tmp_path: Path) -> None:
    path = squares(tmp_path / "a.gpkg")
    text = path.rename(tmp_path / "a.geojson")
    assert refusal(text) == "not_what_it_says"


@pytest.mark.parametrize("share", [0.01, 0.3, 0.9])
def test_a_truncated_geopackage_is_refused(tmp_path: Path, share: float) -> None:
    path = squares(tmp_path / "a.gpkg", 500)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert refusal(path) == "not_what_it_says"


@pytest.mark.parametrize("part", [".shp", ".dbf"])
def test_a_truncated_shapefile_is_refused(tmp_path: Path, part: str) -> None:
    path = squares(tmp_path / "a.shp", 50)
    broken = path.with_suffix(part)
    broken.write_bytes(broken.read_bytes()[:-60])
    assert refusal(path) == "not_what_it_says"


@pytest.mark.parametrize("part", [".shx", ".dbf"])
def test_a_shapefile_without_its_parts_is_refused(tmp_path: Path, part: str) -> None:
    path = squares(tmp_path / "a.shp")
    path.with_suffix(part).unlink()
    assert refusal(path) == "missing_part"


def test_a_large_file_comes_in_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "ROWS_PER_BATCH", 10)
    gpkg = squares(tmp_path / "a.gpkg", 35)
    shp = squares(tmp_path / "b.shp", 35)
    for path in (gpkg, shp):
        monkeypatch.setattr("importers.sources.gdal.rows_per_batch", lambda size, rows: 10)
        batches = read(path)
        assert [len(batch) for batch in batches] == [10, 10, 10, 5]
        assert [record["id"] for batch in batches for record in batch.records] == list(range(35))
        assert [batch.first_row for batch in batches] == [1, 11, 21, 31]


def test_a_batch_of_huge_polygons_is_small() -> None:
    assert rows_per_batch(100 << 20, 300_000) == base.ROWS_PER_BATCH
    assert rows_per_batch(16 << 30, 1000) == 50


def test_a_geopackage_with_gaps_in_its_ids_is_read_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import sqlite3

    path = squares(tmp_path / "a.gpkg", 30)
    database = sqlite3.connect(path)
    database.executescript("DROP TRIGGER IF EXISTS rtree_a_geom_delete; DELETE FROM a WHERE id % 3 = 0;")
    database.close()
    monkeypatch.setattr("importers.sources.gdal.rows_per_batch", lambda size, rows: 7)
    ids = [record["id"] for batch in read(path) for record in batch.records]
    assert ids == [number for number in range(30) if number % 3]


def test_types_of_a_geopackage_are_kept(tmp_path: Path) -> None:
    fields: dict[str, Any] = {
        "whole": [1, 2],
        "real": [0.5, float("nan")],
        "yes": [True, False],
        "text": ["007", ""],
        "day": np.array(["2024-02-29", "NaT"], dtype="datetime64[D]"),
        "at": np.array(["2024-02-29T12:30:00", "NaT"], dtype="datetime64[ms]"),
    }
    path = write(tmp_path / "a.gpkg", [square(0, 0), square(200, 0)], fields)
    (batch,) = read(path)
    first, second = batch.records
    assert first["day"].startswith("2024-02-29")
    assert first["at"].startswith("2024-02-29T12:30:00")
    assert {name: first[name] for name in ("whole", "real", "yes", "text")} == {
        "whole": 1,
        "real": 0.5,
        "yes": True,
        "text": "007",
    }
    assert second == {"whole": 2, "yes": False}


def test_a_layer_without_fields_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.gpkg", [square(0, 0), square(200, 0)], {})
    (batch,) = read(path)
    assert batch.records == [{}, {}]


def test_several_layers_ask_for_a_choice(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    write(path, [square(0, 0)], {"id": [1]}, layer="one")
    write(path, [square(0, 0), square(9, 9)], {"id": [1, 2]}, layer="two", append=True)
    assert refusal(path) == "choose_layer_inside"
    assert refusal(path, source_layer="three") == "no_such_layer_inside"
    assert len(read(path, source_layer="two")[0]) == 2


def test_batches_leave_nothing_behind_though_nobody_collects(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A command turns the garbage collector off; pyogrio's circles must not pile up then."""
    monkeypatch.setattr("importers.sources.gdal.rows_per_batch", lambda size, rows: 10)
    path = squares(tmp_path / "a.gpkg", 200)
    gc.collect()
    gc.disable()
    try:
        assert len(read(path)) == 20
        left = [thing for thing in gc.get_objects() if type(thing).__name__.endswith("get_features")]
    finally:
        gc.enable()
    assert len(left) <= 1
