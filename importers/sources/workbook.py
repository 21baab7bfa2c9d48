"""The sheets of an Excel workbook as rows of plain values, read with bounds and closed again."""

import datetime as dt
import math
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from importers.errors import NotWhatItSays, TooLargeToRead

TITLE = "Excel"
# Excel itself has no more.
MOST_ROWS = 1_048_576
LARGEST_SHEET, LARGEST_TEXTS, RATIO_LIMIT, RATIO_MATTERS_FROM = 2 << 30, 96 << 20, 200, 16 << 20
ERRORS = {"#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"}
# SyntaxError is how XML tells that it is broken; RuntimeError how zipfile tells of a password.
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    InvalidFileException,
    ArithmeticError,
    AttributeError,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
)
Row = list[Any]


def check_bounds(path: Path) -> None:
    """Raise NotWhatItSays or TooLargeToRead by what the zip declares; no more than that is ever unpacked."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except BROKEN as error:
        raise NotWhatItSays(file=path.name, format=TITLE) from error
    for member in members:
        limit = LARGEST_TEXTS if member.filename.endswith("sharedStrings.xml") else LARGEST_SHEET
        bomb = member.file_size > RATIO_LIMIT * max(member.compress_size, 1)
        if member.file_size > limit or (bomb and member.file_size > RATIO_MATTERS_FROM):
            found, most = f"{member.file_size >> 20} MB", f"{limit >> 20} MB"
            raise TooLargeToRead(file=path.name, found=found, most=most)


def sheet_names(path: Path) -> list[str]:
    """Visible sheets that hold anything."""
    with _opened(path) as book:
        sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        return [sheet.title for sheet in sheets if any(_filled(sheet))]


def declared_rows(path: Path, sheet: str) -> int:
    """How many rows the sheet says it has, for the progress bar only; 1 where it says nothing."""
    with _opened(path) as book:
        return max(int(book[sheet].max_row or 1), 1)


def rows(path: Path, sheet: str) -> Iterator[Row]:
    """Every row with anything in it, blanks at its end cut off; values as JSON has them, None where blank."""
    with _opened(path) as book:
        yield from _filled(book[sheet])


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        # Opened here, so that it is closed also where openpyxl gives up half-way.
        with path.open("rb") as file:
            yield load_workbook(file, read_only=True, data_only=True, keep_links=False)


def _filled(sheet: Any) -> Iterator[Row]:
    # What a sheet says of its own size is often wrong.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
        if number > MOST_ROWS:
            raise ValueError("more rows than Excel has")
        row = [value(cell) for cell in cells]
        while row and row[-1] is None:
            row.pop()
        if row:
            yield row


def value(cell: object) -> Any:
    """A JSON value: days and moments in ISO form, blanks and errors as None."""
    if isinstance(cell, str):
        return None if not cell.strip() or cell in ERRORS else cell
    if isinstance(cell, dt.datetime):
        return (cell.date() if cell.time() == dt.time() else cell.replace(microsecond=0)).isoformat()
    if isinstance(cell, dt.date | dt.time):
        return cell.isoformat()
    if isinstance(cell, float):
        return cell if math.isfinite(cell) else None
    return cell if cell is None or isinstance(cell, bool | int) else str(cell)
