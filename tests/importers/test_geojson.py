"""GeoJSON as a stream: any form, any size, nothing lost and nothing believed."""

import json
from pathlib import Path
from typing import Any

import pytest
import shapely

from importers.sources import ReadOptions, json_stream, open_source
from tests.importers.files import point, write_geojson
from tests.importers.readings import read, refusal


@pytest.mark.parametrize("cut", [1, 2, 40, 150])
def test_truncated_geojson_is_refused(tmp_path: Path, cut: int) -> None:
    path = write_geojson(tmp_path / "a.geojson", [point(0, 0), point(9, 9)], [{"id": 1}, {"id": 2}])
    path.write_bytes(path.read_bytes()[:-cut])
    assert refusal(path) in {"broken_file", "not_what_it_says"}


@pytest.mark.parametrize(
    "text",
    [
        '{"type": "FeatureCollection", "features": [{"type": "Feature"} {"type": "Feature"}]}',
        '{"type": "FeatureCollection", "features": [1, 2]}',
        '{"type": "FeatureCollection", "features": {"a": 1}}',
        '{"features": [' + "[" * 100_000 + "]}",
        '{"features": [{"properties": {"n": ' + "9" * 10_000 + "}}]}",
        "{1: 2}",
    ],
)
def test_malformed_geojson_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.geojson"
    path.write_text(text)
    assert refusal(path) in {"broken_file", "not_what_it_says"}


@pytest.mark.parametrize("size", [1, 7, 64])
def test_geojson_is_the_same_in_pieces_of_any_size(
    tmp_path: Path, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    records = [{"id": index, "name": "Άγιος " * index, "list": [1, {"a": None}]} for index in range(20)]
    path = write_geojson(tmp_path / "a.geojson", [point(index, 0) for index in range(20)], records)
    (whole,) = read(path)
    monkeypatch.setattr(json_stream, "FIRST_PIECE", size)
    (pieces,) = read(path)
    assert pieces.records == whole.records
    assert shapely.equals(pieces.geometries, whole.geometries).all()
    assert whole.records[2] == {"id": 2, "name": "Άγιος Άγιος ", "list": [1, {"a": None}]}


def test_a_value_without_end_is_refused_before_memory_is_spent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_stream, "FIRST_PIECE", 1 << 10)
    monkeypatch.setattr(json_stream, "LONGEST_VALUE", 1 << 14)
    path = tmp_path / "a.geojson"
    path.write_text('{"features": [{"properties": {"text": "' + "x" * (1 << 20))
    assert refusal(path) == "not_what_it_says"


def test_the_older_crs_member_is_honoured_wherever_it_stands(tmp_path: Path) -> None:
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::2100"}}
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [3e5, 4e6]}}
    for name, document in {
        "before": {"type": "FeatureCollection", "crs": crs, "features": [feature]},
        "after": {"type": "FeatureCollection", "features": [feature], "crs": crs},
    }.items():
        path = tmp_path / f"{name}.geojson"
        path.write_text(json.dumps(document))
        with open_source(path, ReadOptions()) as source:
            assert source.crs == "urn:ogc:def:crs:EPSG::2100"


def test_a_single_feature_and_a_bare_geometry_are_geojson_too(tmp_path: Path) -> None:
    geometry = {"type": "Point", "coordinates": [21.7, 38.2]}
    for document in ({"type": "Feature", "id": 7, "properties": None, "geometry": geometry}, geometry):
        path = tmp_path / "a.json"
        path.write_text(json.dumps(document))
        (batch,) = read(path)
        assert batch.geometries[0] == shapely.Point(21.7, 38.2)


def test_what_is_no_geometry_is_told_from_none(tmp_path: Path) -> None:
    open_ring = {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]}
    geometries: list[Any] = [None, open_ring, {"type": "Star"}, "POINT (1 2)"]
    features = [{"type": "Feature", "properties": {}, "geometry": geometry} for geometry in geometries]
    path = tmp_path / "a.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    (batch,) = read(path)
    assert [shape is None for shape in batch.geometries] == [True] * 4
    assert {index: problem.code for index, problem in batch.problems.items()} == dict.fromkeys(
        [1, 2, 3], "bad_geometry"
    )
