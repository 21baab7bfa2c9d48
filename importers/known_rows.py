"""Rows that are to the byte as in the file that last filled the layer: they need no cleaning and no comparing."""

from dataclasses import dataclass, field, replace
from hashlib import blake2b
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from importers.geometry import Bounds, Cleaned, key_bytes, meeting
from importers.sources.base import Batch
from importers.sources.columns import Columns, taken, values_of
from importers.storable import json_bytes

DIGEST_BYTES = 16
#: So that they stay a small part of the memory that an import may take; a larger file is looked at as a whole.
MOST_ROWS = 1_000_000
Digests = NDArray[np.uint64]
_LAST_BIT = np.uint64(1)


@dataclass
class KnownRows:
    """Digests of the rows of a file. `held` are those of the last one, one row of two numbers each (none: nothing is
    known yet); the last bit tells whether the row was inside the municipality, `home`."""

    key_field: str
    home: Bounds | None
    held: Digests = field(default_factory=lambda: np.empty((0, 2), dtype=np.uint64))
    _new: list[Digests] = field(default_factory=list)
    _count: int = 0
    _seen: NDArray[np.bool_] = field(init=False)

    def __post_init__(self) -> None:
        self.held = self.held[np.argsort(self.held[:, 0], kind="stable")]
        self._seen = np.zeros(len(self.held), dtype=bool)

    def split(self, batch: Batch) -> "Split":
        """Tell the rows that are as before from those that have to be looked at."""
        digests, usable = _digests(batch)
        same, places = self._same(digests, usable)
        if not len(places):
            return Split(batch, [], 0, batch.first_row, digests, usable)
        values = values_of(batch.records, self.key_field)
        keys = key_bytes([values[row] for row in np.flatnonzero(same).tolist()])
        known = self.held[places]
        self._seen[places] = True
        self._remember(known)
        inside = int((known[:, 1] & _LAST_BIT).sum())
        return Split(_without(batch, same), keys, inside, batch.first_row, digests, usable)

    def learn(self, split: "Split", cleaned: Cleaned) -> None:
        """Remember the rows that went in without a finding."""
        if not cleaned.rows:
            return
        at = np.array(cleaned.rows) - split.first_row
        whole = split.usable[at] & ~np.isin(cleaned.rows, sorted(cleaned.mended))
        digests = split.digests[at[whole]]
        if self.home is not None and len(digests):
            digests[:, 1] |= meeting(shapely.bounds(cleaned.geometries[whole]), self.home)
        self._remember(digests)

    @property
    def learnt(self) -> Digests:
        return np.concatenate(self._new) if self._new else np.empty((0, 2), dtype=np.uint64)

    def _remember(self, digests: Digests) -> None:
        """All or none: a file of more than MOST_ROWS leaves nothing."""
        self._count += len(digests)
        self._new = [*self._new, digests] if self._count <= MOST_ROWS else []

    def _same(
        self, digests: Digests, usable: NDArray[np.bool_]
    ) -> tuple[NDArray[np.bool_], NDArray[np.intp]]:
        """Which rows are held, and where; each at most once, as a key that comes twice has to come to light."""
        same = np.zeros(len(usable), dtype=bool)
        if not len(self.held):
            return same, np.empty(0, dtype=np.intp)
        at = np.minimum(np.searchsorted(self.held[:, 0], digests[:, 0]), len(self.held) - 1)
        found = self.held[at]
        alike = (found[:, 0] == digests[:, 0]) & ((found[:, 1] & ~_LAST_BIT) == digests[:, 1])
        rows = np.flatnonzero(usable & alike)
        places, first = np.unique(at[rows], return_index=True)
        is_new = ~self._seen[places]
        chosen = np.sort(rows[first[is_new]])
        same[chosen] = True
        return same, at[chosen]


@dataclass(frozen=True)
class Split:
    """`rest` has to be looked at; `same` are the keys of the other rows, `inside` of which lie in the municipality.
    Digests are those of the whole batch; those that are `usable` say all there is to say of their row."""

    rest: Batch
    same: list[bytes]
    inside: int
    first_row: int
    digests: Digests
    usable: NDArray[np.bool_]


def _digests(batch: Batch) -> tuple[Digests, NDArray[np.bool_]]:
    usable = np.ones(len(batch), dtype=bool)
    usable[[*batch.problems, *batch.cut_texts, *batch.curved]] = False
    texts = batch.records.json() if isinstance(batch.records, Columns) else None
    if texts is None:
        pairs = [json_bytes(record) for record in batch.records]
        texts = [data for data, _ in pairs]
        usable &= ~np.array([was_cut for _, was_cut in pairs], dtype=bool)
    shapes: list[Any] = batch.wkb if batch.wkb is not None else shapely.to_wkb(batch.geometries).tolist()
    usable &= np.array([bool(shape) for shape in shapes], dtype=bool)
    data = b"".join(
        blake2b(text + (shape or b""), digest_size=DIGEST_BYTES).digest()
        for text, shape in zip(texts, shapes, strict=True)
    )
    digests = np.frombuffer(data, dtype=np.uint64).reshape(-1, 2).copy()
    digests[:, 1] &= ~_LAST_BIT
    return digests, usable


def _without(batch: Batch, same: NDArray[np.bool_]) -> Batch:
    left = np.flatnonzero(~same)
    indexes = left.tolist()
    now = {index: position for position, index in enumerate(indexes)}
    return replace(
        batch,
        geometries=batch.geometries[left],
        records=taken(batch.records, indexes),
        problems={now[index]: problem for index, problem in batch.problems.items()},
        cut_texts=[now[index] for index in batch.cut_texts],
        curved=[now[index] for index in batch.curved],
        rows=[batch.row(index) for index in indexes],
        wkb=None,
    )
