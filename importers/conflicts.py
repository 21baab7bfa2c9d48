"""What stands in the way of an undo: rows that somebody changed since, with their three states."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib.gis.geos import GEOSGeometry

SHOWN_KEYS = 20


@dataclass(frozen=True)
class RowState:
    """A row at one time: flat properties, and its geometry in the storage CRS."""

    properties: dict[str, Any] = field(default_factory=dict)
    geom: GEOSGeometry | None = None


@dataclass(frozen=True)
class RowConflict:
    """A row before the import, after it, and now; None where there was no such row. `reason` says what else keeps it
    from going back, in which case nobody can choose that it does."""

    key: str
    before: RowState | None
    after: RowState | None
    now: RowState | None
    reason: str = ""


@dataclass(frozen=True)
class UndoPreview:
    """How many rows an undo brings back, and how many wait for a decision."""

    back: int
    conflicts: int
