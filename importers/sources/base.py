"""What every reader gives: rows in batches, each with a geometry in the file's CRS and its properties."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import shapely
from numpy.typing import NDArray

from importers.encodings import Encoding

Geometries = NDArray[np.object_]
Record = dict[str, Any]

ROWS_PER_BATCH = 10_000
BYTES_PER_BATCH = 8 << 20


@dataclass(frozen=True)
class ReadOptions:
    """What the person said about the file; empty where the file should tell. `lon`, `lat` and `wkt` name columns.
    `without_place`: rows need no positions, a table with none is fine. `types` are the JSON types that fields are known
    to have, for files that have none, such as CSV."""

    source_crs: str = ""
    encoding: str = ""
    source_layer: str = ""
    lon: str = ""
    lat: str = ""
    wkt: str = ""
    without_place: bool = False
    types: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Problem:
    """Why one row of a batch cannot be read: a code of `report.MESSAGES` and its facts."""

    code: str
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass
class Batch:
    """Consecutive rows from `first_row` (counted from 1). `geometries` holds shapely geometries in the CRS of the
    file, None where there is none; `records` their properties as JSON values, blanks left out; `curved` the rows
    whose curves were made straight pieces. `wkb` are the geometries as bytes, where the source had them so; `rows` the
    row numbers, where they do not follow each other."""

    first_row: int
    geometries: Geometries
    records: Sequence[Record]
    problems: dict[int, Problem] = field(default_factory=dict)
    cut_texts: list[int] = field(default_factory=list)
    curved: list[int] = field(default_factory=list)
    wkb: list[bytes | None] | None = None
    rows: list[int] | None = None

    def row(self, index: int) -> int:
        return self.first_row + index if self.rows is None else self.rows[index]

    def __len__(self) -> int:
        return len(self.records)


def unreadable(geometries: Geometries, given: list[bool]) -> dict[int, Problem]:
    """The rows that had something in place of a geometry which is none, such as a ring that does not close."""
    missing = np.flatnonzero(shapely.is_missing(geometries)).tolist()
    return {index: Problem("bad_geometry") for index in missing if given[index]}


class Source(Protocol):
    """An open file. `crs` is what the file says (empty when it doesn't), `fields` its fields in order, `layers` the
    names among which --source-layer chooses (none when the format has no layers)."""

    path: Path
    layers: list[str]
    crs: str
    encoding: Encoding
    fields: list[str]

    def batches(self) -> Iterator[Batch]:
        """All rows, once. Raises ImportRefused where the file breaks off."""

    def share_read(self) -> float:
        """How far the reading is, 0 to 1."""


def rows_per_batch(size_bytes: int, rows: int) -> int:
    """How many rows make about `BYTES_PER_BATCH`, so that few huge polygons cost no more than many points."""
    if rows <= 0:
        return ROWS_PER_BATCH
    return int(min(ROWS_PER_BATCH, max(50, BYTES_PER_BATCH * rows // max(size_bytes, 1))))
