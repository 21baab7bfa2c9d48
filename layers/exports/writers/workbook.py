"""XLSX, row by row: text stays text and is never a formula, leading zeros stay, dates are dates."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from layers.exports.errors import TooManyRows
from layers.exports.export import Export
from layers.exports.fields import Kind
from layers.exports.writers.places import Places
from layers.exports.writers.texts import text_of

ROWS_LIMIT = 1_048_575
CELL_LIMIT = 32_767
WHOLE_LIMIT = 10**15


def write(export: Export, folder: Path) -> list[Path]:
    """One sheet with a header that stays in sight. Raises TooManyRows."""
    if export.survey.rows > ROWS_LIMIT:
        raise TooManyRows(format=export.order.format.title, limit=ROWS_LIMIT, rows=export.survey.rows)
    path = folder / f"{export.order.stem}.xlsx"
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(export.order.stem))
    sheet.freeze_panes = "A2"
    _Rows(export, sheet).write()
    book.save(path)
    return [path]


class _Rows:
    def __init__(self, export: Export, sheet: WriteOnlyWorksheet) -> None:
        self.export, self.sheet, self.cut = export, sheet, 0

    def write(self) -> None:
        places = Places.of(self.export)
        kinds = [field.kind for field in self.export.survey.fields]
        names = [field.name for field in self.export.survey.fields]
        self.sheet.append([self._text(name) for name in [*names, *places.names]])
        for batch in self.export.batches():
            columns = [*batch.columns, *places.columns(batch)]
            for values in zip(*columns, strict=True):
                self.sheet.append(list(self._cells(values, kinds)))
        if self.cut:
            sentence = gettext_noop(
                "%(count)s texts were cut: a cell holds 32,767 characters and no control ones."
            )
            self.export.tell(sentence, count=self.cut)

    def _cells(self, values: tuple[Any, ...], kinds: list[Kind]) -> Iterator[Any]:
        for number, value in enumerate(values):
            kind = kinds[number] if number < len(kinds) else None
            yield self._cell(value, kind)

    def _cell(self, value: Any, kind: Kind | None) -> Any:
        if value is None or kind in (Kind.TRUTH, Kind.DAY):
            return value
        if kind == Kind.MOMENT:
            return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
        if kind in (Kind.WHOLE, Kind.NUMBER) or (kind is None and not isinstance(value, str)):
            return self._number(value)
        return self._text(text_of(value))

    def _number(self, value: Any) -> Any:
        """As a number with every digit, which openpyxl alone would cut; text where a spreadsheet would round it."""
        if isinstance(value, int):
            return value if abs(value) < WHOLE_LIMIT else self._text(str(value))
        if float(f"{value:.16g}") == value:
            return value
        cell = WriteOnlyCell(self.sheet, repr(value))
        cell.data_type = "n"
        return cell

    def _text(self, text: str) -> Any:
        clean = ILLEGAL_CHARACTERS_RE.sub("", text)[:CELL_LIMIT]
        self.cut += clean != text
        if not clean.startswith(("=", "#")):
            return clean
        cell = WriteOnlyCell(self.sheet, clean)
        cell.data_type = "s"
        return cell


def _sheet_name(stem: str) -> str:
    return stem[:31]
