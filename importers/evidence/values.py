"""The texts of a stream, kept in a temporary file, to be asked for by row."""

import bisect
import json
import tempfile
from typing import IO

IN_MEMORY_BYTES = 1 << 20
LONGEST = 80


class Values:
    """Texts with the rows they come from; rows go up."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115 - ends with the evidence
        self._firsts: list[int] = []
        self._places: list[int] = []

    def see(self, rows: list[int], texts: list[str]) -> None:
        self._firsts.append(rows[0])
        self._places.append(self._file.tell())
        self._file.write(json.dumps([rows, texts]).encode() + b"\n")

    def of(self, row: int) -> str:
        """The text of a row, no longer than is shown; blank where it has none."""
        at = bisect.bisect_right(self._firsts, row) - 1
        if at < 0:
            return ""
        end = self._file.tell()
        self._file.seek(self._places[at])
        rows, texts = json.loads(self._file.readline())
        self._file.seek(end)
        found: dict[int, str] = dict(zip(rows, texts, strict=True))
        return found.get(row, "")[:LONGEST]
