"""A GeoPackage read as columns gives what reading it row by row gives, and the same JSON to the byte."""

import sqlite3
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from importers.encodings import Encoding
from importers.errors import BrokenFile, WrongEncoding
from importers.field_schema import FieldTypes
from importers.sources.base import ReadOptions, Record
from importers.sources.columns import Columns, taken, values_of
from importers.sources.gdal import GdalSource
from importers.sources.signatures import GEOPACKAGE
from importers.sources.streamed import StreamedSource
from importers.storable import json_bytes
from tests.importers.files import square, write

FIELDS: dict[str, list[Any]] = {
    "name": ['Οδός "Α"\\', "", "γραμμή\nδύο", "\x01"],
    "number": [1, 2, -3, 2**53],
    "size": [1.0, np.nan, 1e16, 0.1],
    "open": [True, False, True, False],
    "Άλλο όνομα": ["α", "β", "γ", "😀"],
}
RECORDS: list[Record] = [
    {"name": 'Οδός "Α"\\', "number": 1, "size": 1.0, "open": True, "Άλλο όνομα": "α"},
    {"number": 2, "open": False, "Άλλο όνομα": "β"},
    {"name": "γραμμή\nδύο", "number": -3, "size": 1e16, "open": True, "Άλλο όνομα": "γ"},
    {"name": "\x01", "number": 2**53, "size": 0.1, "open": False, "Άλλο όνομα": "😀"},
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    shapes = [None if index == 2 else square(200 * index, 0) for index in range(4)]
    return write(tmp_path / "a.gpkg", shapes, FIELDS, SPATIAL_INDEX="NO")


def streamed(path: Path) -> StreamedSource:
    return StreamedSource(path, GEOPACKAGE, ReadOptions(), Encoding("utf-8"))


def test_columns_give_the_records_that_rows_give(path: Path) -> None:
    (by_column,) = streamed(path).batches()
    (by_row,) = GdalSource(path, GEOPACKAGE, ReadOptions(), Encoding("utf-8")).batches()
    assert isinstance(by_column.records, Columns)
    assert list(by_column.records) == list(by_row.records) == RECORDS
    assert by_column.geometries.tolist() == by_row.geometries.tolist()
    assert by_column.records[1] == RECORDS[1]
    assert by_column.records[-2:] == RECORDS[-2:]


def test_the_json_is_the_same_to_the_byte(path: Path) -> None:
    (batch,) = streamed(path).batches()
    assert isinstance(batch.records, Columns)
    assert batch.records.json() == [json_bytes(record)[0] for record in RECORDS]


def test_the_types_of_the_fields_are_told(path: Path) -> None:
    (batch,) = streamed(path).batches()
    types = FieldTypes(list(FIELDS))
    types.learn(batch.records)
    by_row = FieldTypes(list(FIELDS))
    by_row.learn(RECORDS)
    assert types.schema() == by_row.schema()
    assert types.schema()["properties"]["size"]["type"] == "number"


def test_some_rows_are_taken_in_order(path: Path) -> None:
    (batch,) = streamed(path).batches()
    some = taken(batch.records, [3, 0])
    assert isinstance(some, Columns)
    assert list(some) == [RECORDS[3], RECORDS[0]]
    assert values_of(some, "number") == [2**53, 1]
    assert values_of(some, "nothing") == [None, None]
    assert list(taken(batch.records, [])) == []
    assert taken(batch.records, [0, 1, 2, 3]) is batch.records


def test_lists_and_texts_with_a_nul_need_a_look_at_every_value() -> None:
    assert Columns(["a"], [pa.array(["x\0"])], 1).json() is None
    assert Columns(["a"], [pa.array([[1.0, float("nan")]])], 1).json() is None


def test_whole_numbers_with_blanks_stay_exact(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("UPDATE a SET number = 9007199254740993 WHERE fid = 1")
        database.execute("UPDATE a SET number = NULL WHERE fid = 2")
    (batch,) = streamed(path).batches()
    assert values_of(batch.records, "number")[:2] == [9007199254740993, None]


def test_a_day_that_is_none_is_blank(tmp_path: Path) -> None:
    days = [np.datetime64("2024-02-29"), np.datetime64("2024-03-01")]
    path = write(tmp_path / "a.gpkg", [square(0, 0)] * 2, {"day": days}, SPATIAL_INDEX="NO")
    with sqlite3.connect(path) as database:
        database.execute("UPDATE a SET day = '2024-13-40' WHERE fid = 2")
    (batch,) = streamed(path).batches()
    assert list(batch.records) == [{"day": "2024-02-29"}, {}]
    with sqlite3.connect(path) as database:
        database.execute("UPDATE a SET day = '2024-02-30' WHERE fid = 2")
    with pytest.raises(BrokenFile):
        list(streamed(path).batches())


def test_text_that_is_not_utf_8_is_refused(path: Path) -> None:
    with sqlite3.connect(path) as database:
        database.execute("UPDATE a SET name = CAST(X'CFE4FC' AS TEXT) WHERE fid = 2")
    with pytest.raises(WrongEncoding):
        list(streamed(path).batches())


def test_rows_that_are_missing_are_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = streamed(path)
    monkeypatch.setattr(source, "_rows", 5)
    with pytest.raises(BrokenFile):
        list(source.batches())
