"""Excel sheets: the types Excel knows, the header under a title, Greek columns, bounds before memory."""

import datetime as dt
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import shapely

from importers.errors import ImportRefused
from importers.sources.base import Batch, ReadOptions
from importers.sources.xlsx import XlsxSource

HEADER = ["Κωδικός", "Ισχύς", "Τοποθέτηση", "Σήμανση", "Χ_ΕΓΣΑ", "Υ_ΕΓΣΑ"]


def write_sheets(path: Path, sheets: dict[str, Any]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def opened(path: Path, **options: Any) -> tuple[XlsxSource, list[Batch]]:
    source = XlsxSource(path, ReadOptions(**options))
    return source, list(source.batches())


def refusal(path: Path, **options: Any) -> str:
    with pytest.raises(ImportRefused) as caught:
        opened(path, **options)
    return caught.value.code


def test_cells_keep_the_type_excel_knows(tmp_path: Path) -> None:
    rows = [
        HEADER,
        ["0007", 150, dt.date(2020, 2, 3), True, 300000.5, 4230000],
        ["0012", 70.5, dt.datetime(2021, 1, 1, 8, 30), None, "300.100,25", "4.230.000"],  # noqa: DTZ001
    ]
    source, (batch,) = opened(write_sheets(tmp_path / "a.xlsx", {"Φώτα": rows}))
    assert source.fields == HEADER
    assert source.crs == ""
    assert batch.records == [
        {
            "Κωδικός": "0007",
            "Ισχύς": 150,
            "Τοποθέτηση": "2020-02-03",
            "Σήμανση": True,
            "Χ_ΕΓΣΑ": 300000.5,
            "Υ_ΕΓΣΑ": 4230000,
        },
        {
            "Κωδικός": "0012",
            "Ισχύς": 70.5,
            "Τοποθέτηση": "2021-01-01T08:30:00",
            "Χ_ΕΓΣΑ": "300.100,25",
            "Υ_ΕΓΣΑ": "4.230.000",
        },
    ]
    assert batch.geometries[0] == shapely.Point(300000.5, 4230000)


def test_numbers_and_days_that_are_text(tmp_path: Path) -> None:
    rows = [
        ["α", "β", "γ", "lon", "lat"],
        ["12,5", "1/2/2024", "123", "23,7", "37,9"],
        ["1.200,5", "31/12/2024", "45", "", ""],
    ]
    source, (batch,) = opened(write_sheets(tmp_path / "a.xlsx", {"1": rows}))
    assert [list(record.values())[:3] for record in batch.records] == [
        [12.5, "2024-02-01", "123"],
        [1200.5, "2024-12-31", "45"],
    ]
    assert source.crs == "OGC:CRS84"
    assert batch.geometries[0] == shapely.Point(23.7, 37.9)
    assert [problem.code for problem in batch.problems.values()] == ["bad_coordinates"]


def test_a_title_above_the_header_is_passed_over(tmp_path: Path) -> None:
    rows = [["Μητρώο φωτιστικών 2024"], [], ["a", "b", "wkt"], [1, 2, "POINT (3 4)"], [None, None, None], [5]]
    source, (batch,) = opened(write_sheets(tmp_path / "a.xlsx", {"1": rows}), without_place=True, wkt="wkt")
    assert source.fields == ["a", "b", "wkt"]
    assert batch.records == [{"a": 1, "b": 2, "wkt": "POINT (3 4)"}, {"a": 5}]
    assert batch.geometries.tolist() == [shapely.Point(3, 4), None]


def test_one_of_several_sheets_is_chosen(tmp_path: Path) -> None:
    rows = [["x", "y"], [1, 2]]
    path = write_sheets(tmp_path / "a.xlsx", {"Δρόμοι": rows, "Κενό": [], "Φώτα": rows})
    assert refusal(path) == "choose_layer_inside"
    assert refusal(path, source_layer="Κενό") == "no_such_layer_inside"
    assert opened(path, source_layer="Φώτα")[0].layers == ["Δρόμοι", "Φώτα"]


def test_a_sheet_without_places(tmp_path: Path) -> None:
    path = write_sheets(tmp_path / "a.xlsx", {"1": [["Τμήμα", "Τηλέφωνο"], ["Πρασίνου", "2610000000"]]})
    assert refusal(path) == "no_positions"
    source, (batch,) = opened(path, without_place=True)
    assert (source.crs, batch.geometries.tolist(), batch.problems) == ("", [None], {})


def test_cells_beyond_the_header_and_errors(tmp_path: Path) -> None:
    rows = [["a", "x", "y"], ["#N/A", 1, 2], ["b", 1, 2, "more"]]
    _, (batch,) = opened(write_sheets(tmp_path / "a.xlsx", {"1": rows}))
    assert "a" not in batch.records[0]
    assert {index: problem.code for index, problem in batch.problems.items()} == {1: "wrong_width"}


def test_a_bomb_is_refused_by_what_it_declares(tmp_path: Path) -> None:
    path = write_sheets(tmp_path / "a.xlsx", {"1": [["x", "y"], [1, 2]]})
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b" " * (32 << 20))
    assert refusal(path) == "too_large_to_read"


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"PK\x03\x04 no zip")
    assert refusal(path) == "not_what_it_says"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    assert refusal(path) == "not_what_it_says"


def test_a_row_number_beyond_excel_does_not_hang(tmp_path: Path) -> None:
    path = write_sheets(tmp_path / "a.xlsx", {"1": [["x", "y"], [1, 2]]})
    _edit(path, "xl/worksheets/sheet1.xml", b'<row r="2"', b'<row r="900000000000"')
    assert refusal(path) in ("broken_file", "not_what_it_says")


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    path = write_sheets(tmp_path / "a.xlsx", {"1": [["x", "y"], [1, 2]]})
    _edit(path, "xl/workbook.xml", b"<workbook", b'<!DOCTYPE a [<!ENTITY b "c">]><workbook')
    assert refusal(path) == "not_what_it_says"


def _edit(path: Path, name: str, old: bytes, new: bytes) -> None:
    with zipfile.ZipFile(path) as archive:
        contents = {member: archive.read(member) for member in archive.namelist()}
    assert old in contents[name]
    contents[name] = contents[name].replace(old, new)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in contents.items():
            archive.writestr(member, content)
