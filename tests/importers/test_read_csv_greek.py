"""Tables as Greek offices have them: semicolons, decimal commas, days first, codes with zeros, three encodings."""

from pathlib import Path
from typing import Any

import pytest
import shapely

from importers.sources import ReadOptions, open_source
from importers.sources.base import Batch, Source
from tests.importers.files import write_csv
from tests.importers.readings import read, refusal

LINES = [
    "ΚΑΕΚ;Οδός;Εμβαδόν;Αξία;Ημερομηνία;Χ_ΕΓΣΑ;Υ_ΕΓΣΑ",
    "060010101001;Άστιγγος;120,5;1.234,50;3/2/2024;300.000,5;4.230.000,25",
    "060010101002;Κορίνθου;80;2.000;15/11/2023;300100;4230100",
]


def opened(path: Path, **options: Any) -> tuple[Source, list[Batch]]:
    with open_source(path, ReadOptions(**options)) as source:
        return source, list(source.batches())


@pytest.mark.parametrize(
    ("written", "found"),
    [("cp1253", "cp1253"), ("utf-8-sig", "utf-8"), ("iso8859-7", "iso8859-7"), ("utf-16", "utf-16")],
)
def test_the_same_table_in_every_encoding(tmp_path: Path, written: str, found: str) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("\r\n".join(LINES).encode(written))
    source, (batch,) = opened(path)
    assert source.encoding.name == found
    assert batch.records[0] == {
        "ΚΑΕΚ": "060010101001",
        "Οδός": "Άστιγγος",
        "Εμβαδόν": 120.5,
        "Αξία": 1234.5,
        "Ημερομηνία": "2024-02-03",
        "Χ_ΕΓΣΑ": 300000.5,
        "Υ_ΕΓΣΑ": 4230000.25,
    }
    assert batch.records[1]["Αξία"] == 2000
    assert batch.records[1]["Ημερομηνία"] == "2023-11-15"
    assert batch.geometries.tolist() == [
        shapely.Point(300000.5, 4230000.25),
        shapely.Point(300100, 4230100),
    ]


def test_metres_name_no_coordinate_system(tmp_path: Path) -> None:
    source, _ = opened(write_csv(tmp_path / "a.csv", LINES))
    assert source.crs == ""


@pytest.mark.parametrize(
    "names",
    [
        "Γεωγρ. μήκος;Γεωγρ. πλάτος",
        "Γεωγραφικό Μήκος (μοίρες);Γεωγραφικό Πλάτος (μοίρες)",
        "LON_WGS84;LAT_WGS84",
    ],
)
def test_degrees_are_known_by_their_names(tmp_path: Path, names: str) -> None:
    source, (batch,) = opened(write_csv(tmp_path / "a.csv", [f"κ;{names}", "1;23,7275;37,9838"]))
    assert source.crs == "OGC:CRS84"
    assert batch.geometries[0] == shapely.Point(23.7275, 37.9838)


@pytest.mark.parametrize(
    "names",
    [
        "Χ;Υ",
        "X;Ψ",
        "Ανατολικά;Βόρεια",
        "Easting;Northing",
        "XCOORD;YCOORD",
        "Συντεταγμένη Χ (m);Συντεταγμένη Υ (m)",
    ],
)
def test_metres_are_known_by_their_names(tmp_path: Path, names: str) -> None:
    _, (batch,) = opened(write_csv(tmp_path / "a.csv", [f"κ;{names}", "1;300000,5;4230000"]))
    assert batch.geometries[0] == shapely.Point(300000.5, 4230000)


def test_length_and_width_are_no_position(tmp_path: Path) -> None:
    assert refusal(write_csv(tmp_path / "a.csv", ["κ;Μήκος;Πλάτος", "1;12,5;3"])) == "no_positions"


def test_dots_for_thousands_in_northings(tmp_path: Path) -> None:
    (batch,) = read(write_csv(tmp_path / "a.csv", ["κ;Χ;Υ", "1;300.000;4.230.000", "2;300.100;4.230.100"]))
    assert batch.geometries[0] == shapely.Point(300000, 4230000)


def test_what_could_be_two_numbers_stays_as_it_is_written(tmp_path: Path) -> None:
    lines = ["πληθυσμός;ύψος;lon;lat", "1.234;1.5;21;38", "12.345;1.234;21;38"]
    (batch,) = read(write_csv(tmp_path / "a.csv", lines))
    assert [record["πληθυσμός"] for record in batch.records] == ["1.234", "12.345"]
    assert [record["ύψος"] for record in batch.records] == [1.5, 1.234]


def test_a_column_is_of_days_only_when_every_cell_is(tmp_path: Path) -> None:
    lines = [
        "α;β;γ;lon;lat",
        "1/2/2024;1/2/2024;5/6/2024 14:05;21;38",
        "31/12/2024;30/2/2024;6/6/2024 8:00:09;21;38",
    ]
    (batch,) = read(write_csv(tmp_path / "a.csv", lines))
    assert [record["α"] for record in batch.records] == ["2024-02-01", "2024-12-31"]
    assert [record["β"] for record in batch.records] == ["1/2/2024", "30/2/2024"]
    assert [record["γ"] for record in batch.records] == ["2024-06-05T14:05:00", "2024-06-06T08:00:09"]


def test_where_the_month_could_come_first_days_stay_text(tmp_path: Path) -> None:
    lines = ["α,β,lon,lat", "1/2/2024,13/2/2024,21,38"]
    (batch,) = read(write_csv(tmp_path / "a.csv", lines))
    assert batch.records[0]["α"] == "1/2/2024"
    assert batch.records[0]["β"] == "2024-02-13"


def test_the_line_that_tells_excel_the_separator(tmp_path: Path) -> None:
    (batch,) = read(write_csv(tmp_path / "a.csv", ["sep=|", "a|lon|lat", "x,y;z|21|38"]))
    assert batch.records[0] == {"a": "x,y;z", "lon": 21, "lat": 38}


def test_headers_may_be_blank_repeated_or_in_two_lines(tmp_path: Path) -> None:
    lines = ['"Α', 'Β";Α;Α;;lon;lat;', "1;2;3;4;21;38;"]
    (batch,) = read(write_csv(tmp_path / "a.csv", lines))
    assert batch.records[0] == {"Α Β": 1, "Α": 2, "Α_2": 3, "column_4": 4, "lon": 21, "lat": 38}
    assert batch.problems == {}


def test_line_breaks_within_quotes_are_text(tmp_path: Path) -> None:
    lines = ["a;lon;lat", '"δύο', 'γραμμές; ""ίσως""";21;38', "β;21;38"]
    (batch,) = read(write_csv(tmp_path / "a.csv", lines))
    assert [record["a"] for record in batch.records] == ['δύο\nγραμμές; "ίσως"', "β"]


def test_a_table_without_places_is_fine_when_none_are_asked_for(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["Τμήμα;Χ;Υ", "Πρασίνου;;"])
    source, (batch,) = opened(path, without_place=True)
    assert (source.crs, batch.geometries.tolist(), batch.problems) == ("", [None], {})
    path = write_csv(tmp_path / "b.csv", ["Τμήμα", "Πρασίνου"])
    assert refusal(path) == "no_positions"
    assert opened(path, without_place=True)[1][0].records == [{"Τμήμα": "Πρασίνου"}]


def test_blank_degrees_are_no_problem_when_places_are_optional(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["a;lon;lat", "1;;", "2;21;38", "3;x;"])
    source, (batch,) = opened(path, without_place=True)
    assert source.crs == "OGC:CRS84"
    assert sorted(batch.problems) == [2]


def test_a_nul_is_kept_for_the_cleaner_and_no_end_of_text(tmp_path: Path) -> None:
    (batch,) = read(write_csv(tmp_path / "a.csv", ["a;lon;lat", "x\0y;21;38", "z;21;38"]))
    assert len(batch) == 2


def test_arcs_and_surfaces_in_wkt(tmp_path: Path) -> None:
    lines = [
        "id;wkt",
        "1;CIRCULARSTRING (0 0, 1 1, 2 0)",
        "2;TIN (((0 0 0, 0 1 0, 1 1 0, 0 0 0)))",
        "3;CIRCULARSTRING (0",
    ]
    (batch,) = read(write_csv(tmp_path / "a.csv", lines), source_crs="EPSG:2100")
    line, surface, nothing = batch.geometries
    assert line.length == pytest.approx(3.14159, rel=1e-3)
    assert surface.area == 0.5
    assert nothing is None
    assert [problem.code for problem in batch.problems.values()] == ["bad_geometry"]
