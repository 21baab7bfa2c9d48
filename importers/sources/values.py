"""Values in text: which columns of a table are numbers or dates, without ever losing a leading zero."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from importers.sources.base import Record

# No leading zero, no plus, few enough digits to be exact: ΚΑΕΚ, telephone and post codes stay text.
_WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,14})\Z")
_DECIMAL_POINT = re.compile(r"-?(?:0|[1-9]\d{0,14})\.\d+\Z")
_DECIMAL_COMMA = re.compile(r"-?(?:0|[1-9]\d{0,14})[.,]\d+\Z")
# 1.234.567 and 1.234,5: dots between groups of three digits.
_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?\Z")
_SURELY_GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:(?:\.\d{3})+,\d+|(?:\.\d{3}){2,})\Z")
_COMMA = re.compile(r"-?(?:0|[1-9]\d{0,14}),\d+\Z")
_DAY = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:[ T]+(\d{1,2}):(\d{2})(?::(\d{2}))?)?\Z")
INTEGER, NUMBER, GROUPED, DATE, TEXT, JSON = "integer", "number", "grouped", "date", "string", "json"
# What a column holds that is known to have this JSON type; of numbers the cells tell how they are written.
KINDS = {"string": TEXT, "boolean": JSON, "array": JSON, "object": JSON}


def number(cell: str) -> float | None:
    """A finite number written with a point or a comma, digits grouped by the other sign; None for anything else."""
    text = cell.strip()
    if text.count(",") == 1 and text.rfind(".") < text.find(","):
        text = text.replace(".", "").replace(",", ".")
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < 1e15 and "_" not in text else None


def iso_day(cell: str) -> str | None:
    """d/m/yyyy, with or without a time, as ISO; None for anything else."""
    match = _DAY.match(cell)
    if match is None:
        return None
    day, month, year, hour, minute, second = (int(part or 0) for part in match.group(1, 3, 4, 5, 6, 7))
    try:
        moment = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 (a file names no zone)
    except ValueError:
        return None
    return moment.isoformat() if match[5] else moment.date().isoformat()


class ColumnTypes:
    """Per column: whole numbers, decimals, dates or text, decided by the first batch; a later cell that does not fit
    stays text. `decimal_comma`: the table is of a country that writes 1.234,5 and 31/12/2024. `known` names the
    columns to keep, with the JSON type of those whose type is known already."""

    def __init__(
        self, fields: list[str], *, decimal_comma: bool, known: Mapping[str, str] | None = None
    ) -> None:
        self._fields = fields
        self._known = dict.fromkeys(fields, "") if known is None else known
        self._comma = decimal_comma
        self._decimal = _DECIMAL_COMMA if decimal_comma else _DECIMAL_POINT
        self._kinds: list[str] | None = None

    def records(self, rows: Sequence[Sequence[str]]) -> list[Record]:
        """Rows as records of JSON values, blank cells left out."""
        if self._kinds is None:
            self._kinds = [self._kind(name, rows, index) for index, name in enumerate(self._fields)]
        columns = list(zip(self._fields, self._kinds, strict=True))
        return [
            {
                name: self.value(text, kind)
                for cell, (name, kind) in zip(cells, columns, strict=False)
                if kind and (text := cell.strip())
            }
            for cells in rows
        ]

    def _kind(self, name: str, rows: Sequence[Sequence[str]], index: int) -> str:
        """As it is known, else as the cells tell; blank for a column that is left out."""
        if name not in self._known:
            return ""
        return KINDS.get(self._known[name], "") or self.kind_of(_column(rows, index))

    def kind_of(self, cells: list[str]) -> str:
        """What all of these cells, none of them blank, are."""
        if not cells:
            return TEXT
        if all(map(_WHOLE.match, cells)):
            return INTEGER
        if self._comma and _is_grouped(cells):
            return GROUPED
        # 1.234 alone may be a thousand or a little more than one: it stays as it is written.
        if all(_WHOLE.match(cell) or self._decimal.match(cell) for cell in cells):
            return TEXT if self._comma and _may_be_grouped(cells) else NUMBER
        return DATE if self._are_days(cells) else TEXT

    def _are_days(self, cells: list[str]) -> bool:
        """Every cell is a day of the calendar; where the country is not known, one of them must be past the 12th, or
        the month could come first."""
        if not all(map(iso_day, cells)):
            return False
        return self._comma or any(int(re.split(r"[/.-]", cell, maxsplit=1)[0]) > 12 for cell in cells)

    def value(self, cell: str, kind: str) -> Any:
        """The JSON value of a cell in a column of this kind; the text itself where it does not fit."""
        if kind == TEXT:
            return cell
        if kind == JSON:
            return _json(cell)
        if kind == DATE:
            return iso_day(cell) or cell
        if _WHOLE.match(cell):
            return int(cell) if kind != NUMBER else float(cell)
        if kind == GROUPED and (_GROUPED.match(cell) or "," in cell):
            return _number_or_text(cell)
        if kind == NUMBER and self._decimal.match(cell):
            return float(cell.replace(",", "."))
        return cell


def _json(cell: str) -> Any:
    """A yes or no, list or object as exports write them; the text itself where it is none."""
    try:
        value = json.loads(cell)
    except ValueError:
        return cell
    return value if isinstance(value, bool | list | dict) else cell


def _column(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    return [text for row in rows if len(row) > index and (text := row[index].strip())]


def _is_grouped(cells: list[str]) -> bool:
    """Numbers with dots between the thousands, and at least one that leaves no doubt."""
    fit = all(_WHOLE.match(cell) or _GROUPED.match(cell) or _COMMA.match(cell) for cell in cells)
    return fit and any(map(_SURELY_GROUPED.match, cells))


def _may_be_grouped(cells: Iterable[str]) -> bool:
    dotted = [cell for cell in cells if "." in cell]
    return bool(dotted) and all(map(_GROUPED.match, dotted))


def _number_or_text(cell: str) -> Any:
    """12.345,6 as a number, 12.345 as a whole one."""
    plain = cell.replace(".", "").replace(",", ".")
    try:
        return float(plain) if "." in plain else int(plain)
    except ValueError:
        return cell
