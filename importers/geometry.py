"""Geometries made fit to store: two dimensions, in the storage CRS, valid, each repair told."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from importers.crs import Placement
from importers.repair import KINDS, Repairs, kind_of, multiple, repair, repaired
from importers.report import Report
from importers.sources.base import Batch, Geometries, Problem, Record
from importers.sources.columns import taken
from layers.models import GeometryKind

__all__ = ["KINDS", "Bounds", "Cleaned", "Cleaner", "key_text", "kind_of", "multiple", "repaired"]

Bounds = tuple[float, float, float, float]


@dataclass
class Cleaned:
    """The rows of a batch that can be stored: row numbers, geometries in the storage CRS, records; the geometries as
    they were in the file, and the numbers of the rows that were repaired."""

    rows: list[int]
    geometries: Geometries
    records: Sequence[Record]
    originals: Geometries
    mended: set[int]
    #: Keys of rows that are to the byte as the last import left them, and were not looked at.
    same: list[bytes] = field(default_factory=list)


@dataclass
class Cleaner:
    """Cleans batch after batch; `expected` is the kind of geometry the target takes (mixed: any), `key_field`
    names rows in findings, `home` is the extent of the municipality in the storage CRS."""

    placement: Placement
    report: Report
    expected: str = GeometryKind.MIXED
    key_field: str = ""
    home: Bounds | None = None
    kinds: set[str] = field(default_factory=set)
    kept: int = 0
    inside: int = 0
    inside_swapped: int = 0
    refused_keys: list[str] = field(default_factory=list)
    repairs: Repairs = field(default_factory=Repairs)

    def clean(self, batch: Batch) -> Cleaned:
        """Rows that cannot be stored are refused in the report, the others repaired where they need it."""
        self.report.counts["read"] += len(batch)
        for index in batch.cut_texts:
            self.report.repair("text_cut", batch.row(index), self._key(batch, index))
        geometries = batch.geometries.copy()
        problems = dict(batch.problems)
        _without_shape(geometries, problems)
        present = np.delete(np.arange(len(batch)), sorted(problems))
        placed = self._placed(geometries[present], present, problems)
        mended = self._repair(placed, present, problems, batch)
        self._check_kinds(placed, present, problems)
        self._refuse(problems, batch)
        kept = np.array([index not in problems for index in present.tolist()], dtype=bool)
        originals = geometries[present[kept]]
        self._count_inside(placed[kept], originals)
        indexes = present[kept].tolist()
        rows = [batch.row(index) for index in indexes]
        return Cleaned(rows, placed[kept], taken(batch.records, indexes), originals, mended)

    def _placed(
        self, shapes: Geometries, present: NDArray[np.intp], problems: dict[int, Problem]
    ) -> Geometries:
        if shapely.has_z(shapes).any() or shapely.has_m(shapes).any():
            shapes = np.asarray(shapely.force_2d(shapes), dtype=object)
        placed = self.placement.moved(shapes)
        finite = np.isfinite(shapely.bounds(placed)).all(axis=1) if len(placed) else np.ones(0, dtype=bool)
        for index in present[~finite].tolist():
            problems[index] = Problem("outside_projection")
        return placed

    def _repair(
        self, placed: Geometries, present: NDArray[np.intp], problems: dict[int, Problem], batch: Batch
    ) -> set[int]:
        mended_rows = set()
        for position in np.flatnonzero(~shapely.is_valid(placed)).tolist():
            index = int(present[position])
            if index in problems:
                continue
            mended_rows.add(batch.row(index))
            try:
                mended = repair(placed[position])
            except shapely.GEOSException:  # a corner that is no number
                problems[index] = Problem("bad_geometry")
                continue
            placed[position] = mended.shape
            facts = mended.facts()
            if shapely.is_empty(mended.shape):
                problems[index] = Problem("collapsed", {"reason": facts["reason"]})
                continue
            self.repairs.reasons[mended.reason] += 1
            self.repairs.before_m2 += mended.before_m2
            self.repairs.after_m2 += mended.after_m2
            self.report.repair("repaired", batch.row(index), self._key(batch, index), **facts)
        return mended_rows

    def _check_kinds(
        self, placed: Geometries, present: NDArray[np.intp], problems: dict[int, Problem]
    ) -> None:
        types = shapely.get_type_id(placed)
        for number in np.unique(types).tolist():
            kind = KINDS[number]
            rows = [index for index in present[types == number].tolist() if index not in problems]
            if self.expected in (GeometryKind.MIXED, kind):
                self.kinds.update([kind] if rows else [])
                continue
            for index in rows:
                facts = {"found": GeometryKind(kind).label, "expected": GeometryKind(self.expected).label}
                problems[index] = Problem("other_geometry", facts)

    def _refuse(self, problems: dict[int, Problem], batch: Batch) -> None:
        for index, problem in sorted(problems.items()):
            key = self._key(batch, index)
            self.report.refuse(problem.code, batch.row(index), key, **problem.facts)
            if key:
                self.refused_keys.append(key.replace("\0", ""))

    def _count_inside(self, placed: Geometries, original: Geometries) -> None:
        self.kept += len(placed)
        if self.home is None or not len(placed):
            return
        self.inside += int(meeting(shapely.bounds(placed), self.home).sum())
        if self.inside == 0:
            other = Placement(self.placement.name, self.placement.transformer, not self.placement.swap_axes)
            corners = shapely.bounds(original)
            middles = np.column_stack((corners[:, [0, 2]].mean(axis=1), corners[:, [1, 3]].mean(axis=1)))
            self.inside_swapped += int(meeting(np.tile(other.place(middles), 2), self.home).sum())

    def _key(self, batch: Batch, index: int) -> str:
        return key_text(batch.records[index].get(self.key_field)) if self.key_field else ""


def key_text(value: object) -> str:
    """A key as text: 5.0 and 5 are the same, blanks around it do not count."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()


def key_bytes(values: list[Any]) -> list[bytes]:
    """Keys as they are stored, in UTF-8; of many at once."""
    texts = [value.strip() if type(value) is str else key_text(value) for value in values]
    return [text.replace("\0", "").encode("utf-8", "replace") for text in texts]


def _without_shape(geometries: Geometries, problems: dict[int, Problem]) -> None:
    """Rows with no geometry, or an empty one."""
    for index in np.flatnonzero(shapely.is_missing(geometries) | shapely.is_empty(geometries)).tolist():
        problems.setdefault(index, Problem("no_geometry"))


def meeting(bounds: NDArray[np.float64], home: Bounds) -> NDArray[np.bool_]:
    """Which of N × 4 bounds meet the extent."""
    west, south, east, north = home
    across = (bounds[:, 0] <= east) & (bounds[:, 2] >= west)
    return across & (bounds[:, 1] <= north) & (bounds[:, 3] >= south)
