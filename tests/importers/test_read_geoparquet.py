"""GeoParquet: its CRS, its encodings, its several geometries; tables without any; huge row groups in pieces."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyproj
import pytest
import shapely

from importers.errors import ImportRefused
from importers.sources.base import ROWS_PER_BATCH, Batch, ReadOptions
from importers.sources.geoparquet import GeoParquetSource

SHAPES = [shapely.box(0, 0, 2, 2).difference(shapely.box(0.5, 0.5, 1, 1)), shapely.box(5, 5, 6, 6), None]


def write_parquet(path: Path, shapes: list[Any], crs: Any = "EPSG:2100", **options: Any) -> Path:
    records = {"κ": [f"{index:03}" for index in range(len(shapes))], "n": np.arange(len(shapes)) / 2}
    geopandas.GeoDataFrame(records, geometry=shapes, crs=crs).to_parquet(path, **options)
    return path


def opened(path: Path, **options: Any) -> tuple[GeoParquetSource, list[Batch]]:
    source = GeoParquetSource(path, ReadOptions(**options))
    return source, list(source.batches())


def refusal(path: Path, **options: Any) -> str:
    with pytest.raises(ImportRefused) as caught:
        opened(path, **options)
    return caught.value.code


@pytest.mark.parametrize("encoding", ["WKB", "geoarrow"])
def test_geometries_fields_and_crs(tmp_path: Path, encoding: str) -> None:
    path = write_parquet(tmp_path / "a.parquet", SHAPES, geometry_encoding=encoding)
    source, (batch,) = opened(path)
    assert pyproj.CRS.from_user_input(source.crs).to_epsg() == 2100
    assert source.fields == ["κ", "n"]
    assert batch.records == [{"κ": "000", "n": 0.0}, {"κ": "001", "n": 0.5}, {"κ": "002", "n": 1.0}]
    assert [
        shape is None or shape.equals(other) for shape, other in zip(batch.geometries, SHAPES, strict=True)
    ] == [True] * 3
    assert batch.geometries[2] is None


@pytest.mark.parametrize(
    "shape",
    [
        shapely.Point(1, 2, 3),
        shapely.LineString([(0, 0), (1, 1)]),
        shapely.MultiPoint([(0, 0), (1, 1)]),
        shapely.MultiLineString([[(0, 0), (1, 1)], [(2, 2), (3, 3)]]),
        shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(2, 2, 3, 3)]),
    ],
)
def test_every_native_encoding(tmp_path: Path, shape: shapely.Geometry) -> None:
    path = write_parquet(tmp_path / "a.parquet", [shape, None, shape], geometry_encoding="geoarrow")
    _, (batch,) = opened(path)
    assert [None if found is None else found.equals(shape) for found in batch.geometries] == [
        True,
        None,
        True,
    ]


def test_no_crs_said_is_crs84_and_null_is_unknown(tmp_path: Path) -> None:
    assert opened(write_parquet(tmp_path / "a.parquet", SHAPES, crs=None))[0].crs == ""
    path = write_parquet(tmp_path / "b.parquet", SHAPES)
    table = pq.read_table(path)
    said = json.loads(table.schema.metadata[b"geo"])
    del said["columns"]["geometry"]["crs"]
    pq.write_table(table.replace_schema_metadata({b"geo": json.dumps(said).encode()}), path)
    assert opened(path)[0].crs == "OGC:CRS84"


def test_one_of_several_geometries(tmp_path: Path) -> None:
    frame = geopandas.GeoDataFrame({"a": [1]}, geometry=[shapely.box(0, 0, 1, 1)], crs=2100)
    frame["centre"] = geopandas.GeoSeries([shapely.Point(0.5, 0.5)], crs=4326)
    path = tmp_path / "a.parquet"
    frame.to_parquet(path)
    source, (batch,) = opened(path)
    assert (sorted(source.layers), source.fields) == (["centre", "geometry"], ["a"])
    assert batch.geometries[0].geom_type == "Polygon"
    source, (batch,) = opened(path, source_layer="centre")
    assert batch.geometries[0] == shapely.Point(0.5, 0.5)
    assert pyproj.CRS.from_user_input(source.crs).is_geographic
    assert refusal(path, source_layer="x") == "no_such_layer_inside"


def test_a_plain_table(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"a": [{"b": 1}, None], "d": [date(2024, 1, 2), None], "e": [[1, 2], []]}), path)
    assert refusal(path) == "no_positions"
    _, (batch,) = opened(path, without_place=True)
    assert batch.records == [{"a": {"b": 1}, "d": "2024-01-02", "e": [1, 2]}, {"e": []}]
    assert batch.geometries.tolist() == [None, None]
    pq.write_table(pa.table({"lon": [23.7, None], "lat": [37.9, 1.0]}), path)
    source, (batch,) = opened(path)
    assert source.crs == "OGC:CRS84"
    assert batch.geometries[0] == shapely.Point(23.7, 37.9)
    assert list(batch.problems) == [1]


def test_a_huge_row_group_is_read_in_pieces(tmp_path: Path) -> None:
    shapes = [shapely.Point(index, 0) for index in range(50_000)]
    path = write_parquet(tmp_path / "a.parquet", shapes, row_group_size=50_000)
    source, batches = opened(path)
    assert max(len(batch) for batch in batches) == ROWS_PER_BATCH < 50_000
    assert [batch.first_row for batch in batches] == list(range(1, 50_001, ROWS_PER_BATCH))
    assert batches[-1].geometries[-1] == shapely.Point(49_999, 0)
    assert source.share_read() == 1


def test_wkb_that_is_none_is_a_problem_of_its_row(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pq.write_table(pa.table({"geometry": [shapely.Point(1, 2).wkb, b"junk", None]}), path)
    source, (batch,) = opened(path)
    assert source.crs == ""
    assert {index: problem.code for index, problem in batch.problems.items()} == {1: "bad_geometry"}


@pytest.mark.parametrize("share", [0.0, 0.5, 0.98])
def test_what_breaks_off_is_refused(tmp_path: Path, share: float) -> None:
    path = write_parquet(tmp_path / "a.parquet", SHAPES)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])
    assert refusal(path) == "not_what_it_says"


def test_pages_that_were_damaged_are_refused(tmp_path: Path) -> None:
    path = write_parquet(tmp_path / "a.parquet", SHAPES * 1000)
    content = bytearray(path.read_bytes())
    content[4:400] = b"\xff" * 396
    path.write_bytes(content)
    assert refusal(path) == "broken_file"
