"""Which values come again in a stream, told exactly from their hashes, in bounded memory however long it is."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import IO

import numpy as np
from numpy.typing import NDArray

KEPT_EXAMPLES = 5
#: Hashes that are sorted at a time; the others wait in a temporary file.
SORTED_AT_ONCE = 1 << 19
READ_AT_ONCE = 1 << 16
IN_MEMORY_BYTES = 1 << 20
Pairs = NDArray[np.int64]
_BYTES = 16


@dataclass
class _Found:
    """`extra`: rows that hold what an earlier one holds. `repeated`: different values that come more than once.
    `examples`: their first rows, by the row in which each comes first."""

    extra: int = 0
    repeated: int = 0
    examples: list[list[int]] = field(default_factory=list)

    def add(self, pairs: Pairs) -> None:
        """Hashes and rows of some values, all the rows of each, in the order of the rows."""
        pairs = pairs[np.argsort(pairs[:, 0], kind="stable")]
        again = pairs[1:, 0] == pairs[:-1, 0]
        is_first = again & ~np.concatenate(([False], again[:-1]))
        self.extra += int(again.sum())
        self.repeated += int(is_first.sum())
        starts = np.flatnonzero(is_first)
        for start in starts[np.argsort(pairs[starts, 1])][:KEPT_EXAMPLES].tolist():
            rows = pairs[start : start + KEPT_EXAMPLES]
            self.examples.append(rows[rows[:, 0] == rows[0, 0], 1].tolist())
        self.examples = sorted(self.examples)[:KEPT_EXAMPLES]


class Repeats:
    """Hashes of 64 bits with the row each came from; rows go up. Tells once all are seen."""

    def __init__(self) -> None:
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(IN_MEMORY_BYTES)  # noqa: SIM115 - ends with the evidence
        self._count = 0

    def see(self, hashes: list[int], rows: list[int]) -> None:
        self._file.write(np.array([hashes, rows], dtype=np.int64).T.tobytes())
        self._count += len(rows)

    def extra(self) -> int:
        """How many rows hold what an earlier row holds too."""
        return self._found.extra

    def repeated(self) -> int:
        """How many different values come more than once."""
        return self._found.repeated

    def rows(self) -> list[list[int]]:
        """Of the first repeated values, the first rows that hold each."""
        return self._found.examples

    @cached_property
    def _found(self) -> _Found:
        found = _Found()
        parts = self._count // SORTED_AT_ONCE + 1
        for part in range(parts):
            pieces = [piece[piece[:, 0] % parts == part] for piece in self._pieces()]
            if pieces:
                found.add(np.concatenate(pieces))
        self._file.close()
        return found

    def _pieces(self) -> Iterator[Pairs]:
        self._file.seek(0)
        while data := self._file.read(READ_AT_ONCE * _BYTES):
            yield np.frombuffer(data, dtype=np.int64).reshape(-1, 2)
