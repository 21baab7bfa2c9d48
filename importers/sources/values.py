"""Numbers in text: which columns of a table are numbers, without ever losing a leading zero."""

import re
from typing import Any

from importers.sources.base import Record

# No leading zero, no plus, few enough digits to be exact: ΚΑΕΚ, telephone and post codes stay text.
_WHOLE = re.compile(r"-?(?:0|[1-9]\d{0,14})\Z")
_DECIMAL_POINT = re.compile(r"-?(?:0|[1-9]\d{0,14})\.\d+\Z")
_DECIMAL_COMMA = re.compile(r"-?(?:0|[1-9]\d{0,14})[.,]\d+\Z")


def number(cell: str) -> float | None:
    """A finite number written with a point or a comma; None for anything else."""
    text = cell.strip()
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < 1e15 else None


class ColumnTypes:
    """Per column: whole numbers, decimals or text, decided by the first batch; a later cell that does not fit
    stays text."""

    def __init__(self, fields: list[str], *, decimal_comma: bool) -> None:
        self._fields = fields
        self._decimal = _DECIMAL_COMMA if decimal_comma else _DECIMAL_POINT
        self._kinds: list[str] | None = None

    def records(self, rows: list[list[str]]) -> list[Record]:
        """Rows as records of JSON values, blank cells left out."""
        if self._kinds is None:
            self._kinds = [self._kind(index, rows) for index in range(len(self._fields))]
        columns = list(zip(self._fields, self._kinds, strict=True))
        return [
            {
                name: self._value(cell.strip(), kind)
                for cell, (name, kind) in zip(cells, columns, strict=False)
                if cell.strip()
            }
            for cells in rows
        ]

    def _kind(self, index: int, rows: list[list[str]]) -> str:
        cells = [row[index].strip() for row in rows if len(row) > index and row[index].strip()]
        if cells and all(_WHOLE.match(cell) for cell in cells):
            return "integer"
        if cells and all(_WHOLE.match(cell) or self._decimal.match(cell) for cell in cells):
            return "number"
        return "string"

    def _value(self, cell: str, kind: str) -> Any:
        if kind == "integer" and _WHOLE.match(cell):
            return int(cell)
        if kind == "number" and (_WHOLE.match(cell) or self._decimal.match(cell)):
            return float(cell.replace(",", "."))
        return cell
