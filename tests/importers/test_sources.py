"""Files are what they say they are, whole, of a known kind and within bounds, or are refused in a sentence."""

import gc
import json
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from importers.errors import ImportRefused
from importers.sources import ReadOptions, archive, base, json_stream, open_source
from importers.sources.base import Batch, rows_per_batch
from tests.importers.files import in_degrees, point, square, write, write_csv, write_geojson


def read(path: Path, **options: str) -> list[Batch]:
    with open_source(path, ReadOptions(**options)) as source:
        return list(source.batches())


def refusal(path: Path, **options: str) -> str:
    with pytest.raises(ImportRefused) as caught:
        read(path, **options)
    assert "%(" not in str(caught.value)
    return caught.value.code


def squares(path: Path, count: int = 3) -> Path:
    shapes = [square(200 * index, 0) for index in range(count)]
    return write(path, shapes, {"id": list(range(count))})


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.gpkg") == "file_missing"
    assert refusal(tmp_path) == "file_missing"


@pytest.mark.parametrize("name", ["layers.vrt", "a.gml", "a.pdf", "noextension", "a.gpkg.vrt"])
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
    assert rows_per_batch(100 << 20, 300_000) == 20_000
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


def test_several_layers_ask_for_a_choice(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    write(path, [square(0, 0)], {"id": [1]}, layer="one")
    write(path, [square(0, 0), square(9, 9)], {"id": [1, 2]}, layer="two", append=True)
    assert refusal(path) == "choose_layer_inside"
    assert refusal(path, source_layer="three") == "no_such_layer_inside"
    assert len(read(path, source_layer="two")[0]) == 2


def test_a_zipped_shapefile_is_read(tmp_path: Path) -> None:
    shp = squares(tmp_path / "areas.shp")
    path = _zipped(tmp_path / "a.zip", shp, folder="deep/er")
    assert len(read(path)[0]) == 3


def test_a_zip_of_two_asks_for_a_choice(tmp_path: Path) -> None:
    path = _zipped(tmp_path / "a.zip", squares(tmp_path / "one.shp"))
    _zipped(path, squares(tmp_path / "two.shp", 5), mode="a")
    assert refusal(path) == "choose_layer_inside"
    assert len(read(path, source_layer="two")[0]) == 5


def test_a_zip_writes_nowhere_but_into_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    gpkg = squares(tmp_path / "areas.gpkg")
    with zipfile.ZipFile(path, "w") as packed:
        packed.write(gpkg, "../../evil.gpkg")
    assert len(read(path)[0]) == 3
    assert not (tmp_path.parent / "evil.gpkg").exists()


def test_a_zip_bomb_is_refused_before_it_unfolds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "RATIO_MATTERS_FROM", 1 << 16)
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("a.geojson", "{" + " " * (1 << 20))
    assert refusal(path) == "file_too_large"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("readme.txt", "nothing here")
    assert refusal(path) == "nothing_inside"


def test_a_csv_says_where_its_rows_are(tmp_path: Path) -> None:
    place = in_degrees(point(0, 0))
    path = write_csv(tmp_path / "a.csv", ["id,X,Y", f"1,{place.x},{place.y}"])
    assert refusal(path) == "no_positions"
    assert refusal(path, lon="X", lat="Z") == "no_such_field"
    assert read(path, lon="X", lat="Y")[0].geometries[0] == place


def test_metres_are_not_taken_for_degrees(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["id,lon,lat", "1,300000,4230000"])
    assert refusal(path) == "crs_missing"
    assert read(path, source_crs="EPSG:2100")[0].geometries[0] == shapely.Point(300_000, 4_230_000)


def test_a_csv_may_hold_wkt(tmp_path: Path) -> None:
    lines = ["id,wkt", '1,"POLYGON ((0 0, 1 0, 1 1, 0 0))"', "2,SRID=2100;POINT (1 2)", "3,POINT (", "4,"]
    (batch,) = read(write_csv(tmp_path / "a.csv", lines), source_crs="EPSG:2100")
    kinds = [None if shape is None else shape.geom_type for shape in batch.geometries]
    assert kinds == ["Polygon", "Point", None, None]


def test_blank_and_wrong_coordinates_are_problems_of_their_rows(tmp_path: Path) -> None:
    lines = ["id,lon,lat", "1,,", "2,21.7,38.2", "3,east,north", "4,21.7", "5,nan,inf"]
    (batch,) = read(write_csv(tmp_path / "a.csv", lines))
    assert {batch.row(index): problem.code for index, problem in batch.problems.items()} == {
        1: "bad_coordinates",
        3: "bad_coordinates",
        4: "wrong_width",
        5: "bad_coordinates",
    }


def test_codes_keep_their_zeros(tmp_path: Path) -> None:
    lines = ["kaek,height,mixed,lon,lat", "060010101001,12,1,21,38", "060010101002,7.5,x,21,38"]
    (batch,) = read(write_csv(tmp_path / "a.csv", lines))
    assert [record["kaek"] for record in batch.records] == ["060010101001", "060010101002"]
    assert [record["height"] for record in batch.records] == [12.0, 7.5]
    assert [record["mixed"] for record in batch.records] == ["1", "x"]


def test_a_quote_that_never_closes_is_refused(tmp_path: Path) -> None:
    assert refusal(write_csv(tmp_path / "a.csv", ["id,lon,lat", '1,"21,38'])) == "broken_file"


def test_an_empty_table_has_nothing_inside(tmp_path: Path) -> None:
    assert refusal(write_csv(tmp_path / "a.csv", [",,"])) == "nothing_inside"
    assert read(write_csv(tmp_path / "b.csv", ["id,lon,lat"])) == []


def _zipped(path: Path, shp: Path, *, folder: str = "", mode: str = "w") -> Path:
    with zipfile.ZipFile(path, mode) as packed:  # type: ignore[call-overload]
        for part in sorted(shp.parent.glob(f"{shp.stem}.*")):
            if part.suffix != ".zip":
                packed.write(part, f"{folder}/{part.name}" if folder else part.name)
    return path


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
