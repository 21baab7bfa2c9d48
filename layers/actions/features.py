"""Write features on two clocks: nothing is overwritten, and what did not change is left alone."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from io import StringIO
from itertools import islice
from typing import Any

from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry
from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.errors import Conflict
from core.statements import statement
from layers.actions.layers import NOBODY, Cause, RecordedTooEarly, record_revision
from layers.models import Layer, Revision

COPY = "COPY staged_features (key, properties, geom) FROM STDIN"
CHUNK = 5_000
ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


@dataclass(frozen=True)
class FeatureState:
    """What is known of one thing; `geom` in the storage CRS, two dimensions."""

    key: str
    properties: Mapping[str, Any]
    geom: GEOSGeometry | None


@dataclass(frozen=True)
class WrittenCounts:
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0

    @property
    def any_change(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@dataclass(frozen=True)
class Written:
    """What a writing did; `revision` is None when nothing changed."""

    counts: WrittenCounts
    revision: Revision | None = None


class RemovesTooMuch(Conflict):
    code = "removes_too_much"
    sentence = _(
        "%(removed)s of the %(held)s features of the layer would end, which is more than %(limit)s %%. If the file is "
        "really complete, allow the removal and import it again."
    )


@transaction.atomic
def write_features(
    *,
    layer: Layer,
    states: Iterable[FeatureState] = (),
    removed: Iterable[str] = (),
    complete: bool = False,
    correction: bool = False,
    valid_from: datetime | None = None,
    recorded_at: datetime | None = None,
    cause: Cause = NOBODY,
) -> WrittenCounts:
    """Bring the layer to `states` (by key) from `valid_from` on, and end the keys in `removed`.

    complete: `states` is the whole layer, so keys not among them end. correction: the state was wrong all
    along, so it is replaced for all its time. The times default to now. Raises RecordedTooEarly, and
    IntegrityError when a key comes twice.
    """
    stage_features(states)
    return apply_staged_features(
        layer=layer,
        removed=removed,
        complete=complete,
        correction=correction,
        valid_from=valid_from,
        recorded_at=recorded_at,
        cause=cause,
    ).counts


def stage_features(states: Iterable[FeatureState]) -> None:
    """Make the temporary table `staged_features` (key, properties, geom) of this transaction and COPY into it."""
    rows = iter(states)
    with connection.cursor() as cursor:
        cursor.execute(statement("layers", "stage_features").format(srid=int(settings.STORAGE_SRID)))
        while chunk := list(islice(rows, CHUNK)):
            with connection.wrap_database_errors:
                cursor.copy_expert(COPY, StringIO("".join(map(_copy_line, chunk))))


def _copy_line(state: FeatureState) -> str:
    geom = r"\N"
    if state.geom is not None:
        if state.geom.srid is None:
            state.geom.srid = settings.STORAGE_SRID
        geom = state.geom.hexewkb.decode("ascii")
    properties = json.dumps(state.properties, ensure_ascii=False, default=str)
    return f"{state.key.translate(ESCAPES)}\t{properties.translate(ESCAPES)}\t{geom}\n"


@transaction.atomic
def apply_staged_features(
    *,
    layer: Layer,
    removed: Iterable[str] = (),
    complete: bool = False,
    correction: bool = False,
    valid_from: datetime | None = None,
    recorded_at: datetime | None = None,
    cause: Cause = NOBODY,
    largest_removed_share: float | None = None,
    judged: Callable[[Any], None] | None = None,
) -> Written:
    """As `write_features`, for states already in the temporary table `staged_features`, which it drops. `judged` is
    called with a cursor once the verdicts are in the temporary table `feature_verdicts`.

    Raises RemovesTooMuch when more than `largest_removed_share` (0 to 1) of what the layer holds would end.
    """
    Layer.objects.select_for_update(no_key=True).get(pk=layer.pk)
    recorded = recorded_at or timezone.now()
    values: dict[str, Any] = {
        "layer": layer.pk,
        "removed": list(removed),
        "complete": complete,
        "correction": correction,
        "valid_from": valid_from or recorded,
        "recorded_at": recorded,
    }
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE staged_features")
        cursor.execute(statement("layers", "judge_features"), values)
        counts, revision = _counts(cursor), None
        if judged is not None:
            judged(cursor)
        if largest_removed_share is not None:
            _refuse_removal(counts, largest_removed_share)
        if counts.any_change:
            _write(cursor, values)
            told = {name: number for name, number in asdict(counts).items() if name != "unchanged"}
            revision = record_revision(layer=layer, recorded_at=recorded, counts=told, cause=cause)
        cursor.execute("DROP TABLE feature_verdicts, staged_features")
    return Written(counts, revision)


def _refuse_removal(counts: WrittenCounts, limit: float) -> None:
    held = counts.changed + counts.removed + counts.unchanged
    if counts.removed > limit * held:
        raise RemovesTooMuch(removed=counts.removed, held=held, limit=round(100 * limit))


def _counts(cursor: Any) -> WrittenCounts:
    cursor.execute("SELECT verdict, count(*) FROM feature_verdicts GROUP BY verdict")
    return WrittenCounts(**dict(cursor.fetchall()))


def _write(cursor: Any, values: dict[str, Any]) -> None:
    try:
        with transaction.atomic():
            cursor.execute(statement("layers", "close_features"), values)
    except (IntegrityError, DataError) as error:
        raise RecordedTooEarly() from error
    cursor.execute(statement("layers", "open_features"), values)
