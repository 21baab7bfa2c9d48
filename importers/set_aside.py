"""The rows that were not imported, each with the reason, as a table that a person mends and imports again."""

import csv
import io
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from django.core.files import File
from django.utils import translation
from django.utils.translation import gettext as _

from importers.report import Finding
from importers.sources.base import Batch, Record
from importers.storable import json_bytes

IN_MEMORY_BYTES = 1 << 20
DELIMITER = ";"
# What a spreadsheet would take for a formula; a quote before it makes it text again.
FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d\s.,()]*$)")


@dataclass
class SetAside:
    """Written while a file is read, row by row, to a temporary file: UTF-8 with BOM and `;`, as spreadsheets like it.

    `language` is that of the person who will read the reasons (blank: the one of the moment)."""

    language: str = ""
    rows: int = 0
    _fields: Sequence[str] = ()
    _batch: Batch | None = None
    _file: IO[bytes] | None = None
    _text: io.TextIOWrapper | None = field(default=None, repr=False)
    _table: Any = field(default=None, repr=False)

    def expect(self, fields: Sequence[str]) -> None:
        """The fields of the file that is about to be read."""
        self._fields = fields

    def see(self, batch: Batch) -> None:
        """The rows that may be refused next, as they are in the file."""
        self._batch = batch

    def write(self, finding: Finding) -> None:
        """A row that was refused; findings about the whole file have none."""
        if not finding.row:
            return
        with translation.override(self.language or translation.get_language()):
            table = self._opened()
            reason = finding.message
        record = self._record(finding.row)
        cells = [_cell(record.get(name)) for name in self._fields]
        table.writerow([finding.row, _cell(finding.key), reason, *cells])
        self.rows += 1

    def as_file(self, name: str) -> File:  # type: ignore[type-arg]
        """The table from its beginning; only when there are `rows`."""
        assert self._text is not None and self._file is not None  # noqa: S101, PT018
        self._text.flush()
        self._file.seek(0)
        return File(self._file, name=name)

    def copy_to(self, path: Path) -> None:
        """Write the table to a file of the person's choice."""
        with path.open("wb") as target:
            for chunk in self.as_file(path.name).chunks():
                target.write(chunk)

    def close(self) -> None:
        if self._text is not None:
            self._text.close()

    def _opened(self) -> Any:
        if self._table is None:
            self._file = tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115 - closed with the run
            self._text = io.TextIOWrapper(self._file, encoding="utf-8-sig", errors="replace", newline="")
            self._table = csv.writer(self._text, delimiter=DELIMITER)
            self._table.writerow([_("row"), _("key"), _("reason"), *self._fields])
        return self._table

    def _record(self, row: int) -> Record:
        """The row as it is in the file; nothing where it was refused after its batch was gone."""
        batch = self._batch
        if batch is None or not 0 <= row - batch.first_row < len(batch):
            return {}
        return batch.records[row - batch.first_row]


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool | list | dict):
        return json_bytes({"": value})[0].decode()[4:-1]
    text = str(value)
    return f"'{text}" if isinstance(value, str) and FORMULA.match(text) else text
