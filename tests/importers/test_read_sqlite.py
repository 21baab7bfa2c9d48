"""SQLite and SpatiaLite without GDAL."""

import sqlite3
import struct
from pathlib import Path
from typing import Any

import pyogrio
import pytest
import shapely

from importers.sources import ReadOptions, open_source
from tests.importers.readings import read, refusal


def test_columns_of_degrees_are_the_places(tmp_path: Path) -> None:
    path = _database(
        tmp_path,
        "CREATE TABLE meta (version TEXT)",
        "CREATE TABLE node (id INTEGER, Lat REAL, lon, name TEXT, note BLOB)",
        "INSERT INTO node VALUES (1, 38.2, 21.7, 'Άγιος', x'00')",
        "INSERT INTO node VALUES (2, 38.3, '21,8', '', NULL), (3, 38.3, 'x', '007', NULL)",
    )
    with open_source(path, ReadOptions()) as source:
        assert (source.crs, source.layers) == ("OGC:CRS84", ["node"])
        (batch,) = source.batches()
    assert batch.geometries[0] == shapely.Point(21.7, 38.2)
    assert batch.geometries[1] == shapely.Point(21.8, 38.3)
    assert batch.problems[2].code == "bad_coordinates"
    assert batch.records[0] == {"id": 1, "Lat": 38.2, "lon": 21.7, "name": "Άγιος"}
    assert batch.records[2]["name"] == "007"


def test_metres_in_columns_are_not_taken_for_degrees(tmp_path: Path) -> None:
    path = _database(tmp_path, "CREATE TABLE a (x, y)", "INSERT INTO a VALUES (300000, 4230000)")
    assert refusal(path) == "no_positions"
    with open_source(path, ReadOptions(lon="x", lat="y")) as source:
        assert source.crs == ""
        assert next(source.batches()).geometries[0] == shapely.Point(300000, 4230000)


def test_tables_without_places_are_read_when_none_are_needed(tmp_path: Path) -> None:
    path = _database(tmp_path, "CREATE TABLE a (name)", "INSERT INTO a VALUES ('ένα')")
    assert read(path, without_place=True)[0].records == [{"name": "ένα"}]


@pytest.mark.parametrize(
    "shape", ["POINT (1 2)", "MULTIPOLYGON (((0 0, 9 0, 9 9, 0 0)), ((20 0, 29 0, 29 9, 20 0)))"]
)
def test_geometries_of_spatialite_are_read(tmp_path: Path, shape: str) -> None:
    path = _spatial(tmp_path, _blob(shapely.from_wkt(shape)))
    with open_source(path, ReadOptions()) as source:
        assert (source.crs, source.layers, source.fields) == ("EPSG:2100", ["things"], ["name"])
        (batch,) = source.batches()
    assert batch.geometries[0] == shapely.from_wkt(shape)
    assert batch.records == [{"name": "ένα"}]


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 60, b"\0\1" + b"\0" * 36 + b"\x7c\1\0\0\0\xfe", b"\1\7\0\0\0\1"]
)
def test_a_blob_that_is_no_geometry_is_told(tmp_path: Path, data: bytes) -> None:
    (batch,) = read(_spatial(tmp_path, data))
    assert batch.problems[0].code == "bad_geometry"


def test_what_gdal_writes_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    wkb = shapely.to_wkb([shapely.Point(1, 2), shapely.Point(3, 4)])
    pyogrio.raw.write(
        path, wkb, [], [], driver="SQLite", layer="things", crs="EPSG:2100", geometry_type="Point", fids=None
    )
    with open_source(path, ReadOptions()) as source:
        assert source.crs == "EPSG:2100"
        assert [shape.wkt for shape in next(source.batches()).geometries] == ["POINT (1 2)", "POINT (3 4)"]


@pytest.mark.parametrize("share", [0.1, 0.6, 0.95])
def test_a_truncated_database_is_refused(tmp_path: Path, share: float) -> None:
    path = _database(
        tmp_path, "CREATE TABLE a (lon, lat, t)", *["INSERT INTO a VALUES (1, 2, hex(randomblob(2000)))"] * 50
    )
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    assert refusal(path) == "not_what_it_says"


def test_a_database_with_broken_pages_is_refused(tmp_path: Path) -> None:
    path = _database(
        tmp_path, "CREATE TABLE a (lon, lat, t)", *["INSERT INTO a VALUES (1, 2, hex(randomblob(2000)))"] * 50
    )
    data = path.read_bytes()
    path.write_bytes(data[:4096] + b"\xff" * (len(data) - 4096))
    assert refusal(path) in {"not_what_it_says", "broken_file"}


def test_text_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = _database(
        tmp_path, "CREATE TABLE a (lon, lat, t)", "INSERT INTO a VALUES (1, 2, CAST(x'D4' AS TEXT))"
    )
    assert refusal(path) == "wrong_encoding"
    assert read(path, encoding="cp1253")[0].records[0]["t"] == "Τ"


def _database(folder: Path, *statements: str) -> Path:
    path = folder / "a.sqlite"
    database = sqlite3.connect(path)
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()
    return path


def _spatial(folder: Path, data: bytes) -> Path:
    path = _database(
        folder,
        "CREATE TABLE spatial_ref_sys (srid INTEGER, auth_name TEXT, auth_srid INTEGER)",
        "INSERT INTO spatial_ref_sys VALUES (7, 'epsg', 2100)",
        "CREATE TABLE geometry_columns (f_table_name TEXT, f_geometry_column TEXT, srid INTEGER)",
        "INSERT INTO geometry_columns VALUES ('things', 'Shape', 7)",
        "CREATE TABLE things (name TEXT, shape BLOB)",
    )
    database = sqlite3.connect(path)
    database.execute("INSERT INTO things VALUES ('ένα', ?)", (data,))
    database.commit()
    database.close()
    return path


def _blob(shape: Any) -> bytes:
    """A geometry as SpatiaLite keeps it: the parts of a multiple one begin with 69."""
    wkb: bytes = shapely.to_wkb(shape, byte_order=1)
    if shape.geom_type.startswith("Multi"):
        parts = [b"\x69" + shapely.to_wkb(part, byte_order=1)[1:] for part in shape.geoms]
        wkb = wkb[:9] + b"".join(parts)
    return b"\0\1" + struct.pack("<i4d", 2100, *shapely.bounds(shape)) + b"\x7c" + wkb[1:] + b"\xfe"
