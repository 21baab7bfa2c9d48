"""A table without positions whose rows are put where something else says they are."""

import pickle
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import IO, Any, Protocol

import numpy as np
import shapely
from django.conf import settings

from importers.errors import NoSuchField
from importers.sources.base import Batch, Problem, Record, Source


@dataclass(frozen=True)
class Located:
    """A geometry as WKB in the storage CRS, or the problem that there is none; `properties`: what is held there."""

    wkb: bytes | None = None
    properties: dict[str, Any] | None = None
    problem: Problem | None = None


class Locator(Protocol):
    """Asks the database where records are; `fields` are those of the file that it reads."""

    @property
    def fields(self) -> list[str]: ...

    def locate(self, records: Sequence[Record]) -> list[Located]: ...


class PlacedSource:
    """`source` with geometries in the storage CRS. What the locator found waits in a file, batch by batch, because rows
    are read in a thread that must not touch the database."""

    def __init__(self, source: Source, found: IO[bytes]) -> None:
        self.path, self.layers, self.encoding = source.path, source.layers, source.encoding
        self.fields = source.fields
        self.crs = f"EPSG:{settings.STORAGE_SRID}"
        self._source, self._found = source, found
        self._held: list[dict[str, Any] | None] = []

    def batches(self) -> Iterator[Batch]:
        self._found.seek(0)
        for batch in self._source.batches():
            located: list[Located] = pickle.load(self._found)  # noqa: S301 - written below, a moment ago
            self._held = [one.properties for one in located]
            yield _placed(batch, located)

    def share_read(self) -> float:
        return self._source.share_read()

    def completed(self, batch: Batch) -> Batch:
        """The last batch, its records as the rules filled them, on top of what is held; the same when nothing is."""
        if not any(self._held):
            return batch
        pairs = zip(self._held, batch.records, strict=True)
        return replace(batch, records=[{**(held or {}), **record} for held, record in pairs])


@contextmanager
def placed_source(source: Source, again: Source, locator: Locator) -> Iterator[PlacedSource]:
    """`source`, its rows where the locator finds them; `again` is the same file, opened once more, to find them by.
    Raises NoSuchField."""
    for name in locator.fields:
        if name not in source.fields:
            raise NoSuchField(field=name, fields=", ".join(source.fields))
    with tempfile.TemporaryFile(prefix="import-") as found:
        for batch in again.batches():
            pickle.dump(locator.locate(batch.records), found)
        yield PlacedSource(source, found)


def _placed(batch: Batch, located: list[Located]) -> Batch:
    shapes = np.asarray(shapely.from_wkb(np.array([one.wkb for one in located], dtype=object)), dtype=object)
    missing = {index: one.problem for index, one in enumerate(located) if one.problem is not None}
    return replace(batch, geometries=shapes, problems=missing | batch.problems)
