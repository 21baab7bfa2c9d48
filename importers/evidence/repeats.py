"""Which values come again in a stream, told exactly from their hashes: eight bytes a row."""

import numpy as np
from numpy.typing import NDArray

KEPT_EXAMPLES = 5


class Repeats:
    """Hashes of 64 bits with the row each came from."""

    def __init__(self) -> None:
        self._hashes: list[NDArray[np.int64]] = []
        self._rows: list[NDArray[np.int64]] = []

    def see(self, hashes: list[int], rows: list[int]) -> None:
        self._hashes.append(np.array(hashes, dtype=np.int64))
        self._rows.append(np.array(rows, dtype=np.int64))

    def _all(self) -> NDArray[np.int64]:
        return np.concatenate(self._hashes) if self._hashes else np.empty(0, dtype=np.int64)

    def extra(self) -> int:
        """How many rows hold what an earlier row holds too."""
        hashes = self._all()
        return len(hashes) - len(np.unique(hashes))

    def repeated(self) -> int:
        """How many different values come more than once."""
        counts = np.unique(self._all(), return_counts=True)[1]
        return int((counts > 1).sum())

    def rows(self) -> list[list[int]]:
        """Of the first repeated values, the first rows that hold each."""
        hashes = self._all()
        values, counts = np.unique(hashes, return_counts=True)
        numbers = np.concatenate(self._rows) if self._rows else hashes
        repeated = np.isin(hashes, values[counts > 1])
        found: dict[int, list[int]] = {}
        for value, row in zip(hashes[repeated].tolist(), numbers[repeated].tolist(), strict=True):
            if len(found) == KEPT_EXAMPLES and value not in found:
                continue
            if len(found.setdefault(value, [])) < KEPT_EXAMPLES:
                found[value].append(row)
        return list(found.values())
