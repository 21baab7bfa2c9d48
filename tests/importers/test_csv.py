"""CSV says where its rows are, keeps its zeros, and tells the rows that do not fit."""

from pathlib import Path

import shapely

from importers.sources import ReadOptions, open_source
from tests.importers.files import in_degrees, point, write_csv
from tests.importers.readings import read, refusal


def test_a_csv_says_where_its_rows_are(tmp_path: Path) -> None:
    place = in_degrees(point(0, 0))
    path = write_csv(tmp_path / "a.csv", ["id,P,Q", f"1,{place.x},{place.y}"])
    assert refusal(path) == "no_positions"
    assert refusal(path, lon="P", lat="Z") == "no_such_field"
    assert read(path, lon="P", lat="Q")[0].geometries[0] == place


def test_metres_are_not_taken_for_degrees(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["id,lon,lat", "1,300000,4230000"])
    with open_source(path, ReadOptions()) as source:
        assert source.crs == ""
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
