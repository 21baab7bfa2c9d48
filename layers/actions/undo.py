"""Take a revision of a layer back, also after later ones: history keeps both, and nobody's later work is lost."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone

from core.statements import statement
from layers.actions.features import WrittenCounts
from layers.actions.layers import NOBODY, Cause, RecordedTooEarly, record_revision
from layers.models import Layer, Revision

NAMED = 20
Values = dict[str, Any]
Rewrite = Callable[[Layer, Values, int], bool]
CHANGES = ("added", "changed", "removed")


@dataclass(frozen=True)
class UndoVerdicts:
    """What an undo of a revision would do: how many keys go back, how many are so already, and how many were
    changed since."""

    back: int = 0
    same: int = 0
    conflicts: int = 0


@dataclass(frozen=True)
class Undone:
    """What an undo did, by key: `counts` as of any writing, `conflicts` left as they are, the first of them in `left`.
    `revision` is None when nothing went back."""

    counts: WrittenCounts
    conflicts: int = 0
    left: tuple[str, ...] = ()
    revision: Revision | None = None


@transaction.atomic
def undo_revision(
    *,
    revision: Revision,
    cause: Cause = NOBODY,
    back: Collection[str] | None = (),
    rewrite: Rewrite | None = None,
) -> Undone:
    """Bring every key that the revision wrote back to what was known of it just before: all its states, past and
    future ones too. Keys that were changed since stay as they are, unless they are in `back` (None: all of them).

    `rewrite` may write the layer anew when most of it would change: called with the layer, the values of
    undo_last_close and the number of keys; False when it did not. The undo is a revision itself, so it can be undone.
    Raises RecordedTooEarly.
    """
    layer = Layer.objects.select_for_update(no_key=True).get(pk=revision.layer_id)
    now = timezone.now()
    if now <= revision.recorded_at:
        raise RecordedTooEarly()
    values = _values(revision) | {
        "undone_at": now,
        "all_back": back is None,
        "back": list(back or ()),
    }
    with connection.cursor() as cursor:
        if Revision.objects.latest_of(layer.pk) == revision:
            undone = _undo_last(cursor, layer, values, rewrite)
        else:
            undone = _undo_older(cursor, values)
    if not undone.counts.any_change:
        return undone
    return replace(undone, revision=_recorded(layer, values, undone, cause))


def _undo_last(cursor: Any, layer: Layer, values: Values, rewrite: Rewrite | None) -> Undone:
    """Nothing was written since: everything goes back, in one statement for all keys."""
    counts = _counts_of_last(cursor, values)
    keys = counts.added + counts.changed + counts.removed
    if rewrite is None or not rewrite(layer, values, keys):
        _write(cursor, "undo_last_close", "undo_last_open", values)
    return Undone(counts)


def _counts_of_last(cursor: Any, values: Values) -> WrittenCounts:
    """Where the revision closed nothing and opened one lasting state a key, as a first import does, rows are keys."""
    cursor.execute(statement("layers", "undo_last_rows"), values)
    opened, lasting, closed = cursor.fetchone()
    if opened == lasting and not closed:
        return WrittenCounts(removed=opened)
    cursor.execute(statement("layers", "undo_last_counts").format(verdicts=_verdicts()), values)
    return WrittenCounts(**dict(cursor.fetchall()))


def _undo_older(cursor: Any, values: Values) -> Undone:
    cursor.execute(statement("layers", "begin_undo").format(verdicts=_verdicts()), values)
    undone = Undone(_counts(cursor), *_left(cursor))
    if undone.counts.any_change:
        _write(cursor, "undo_close", "undo_open", values)
    cursor.execute("DROP TABLE undo_verdicts")
    return undone


def judge_undo(revision: Revision) -> UndoVerdicts:
    """What `undo_revision` would do now. Nothing is written."""
    sql = statement("layers", "count_undo_verdicts").format(verdicts=_verdicts())
    with connection.cursor() as cursor:
        cursor.execute(sql, _values(revision))
        found = dict(cursor.fetchall())
    return UndoVerdicts(found.get("back", 0), found.get("same", 0), found.get("conflict", 0))


def undo_conflicts(revision: Revision, limit: int) -> list[str]:
    """The first keys, in their order, that were changed since the revision wrote them."""
    if Revision.objects.latest_of(revision.layer_id) == revision:
        return []
    sql = statement("layers", "list_undo_conflicts").format(verdicts=_verdicts())
    with connection.cursor() as cursor:
        cursor.execute(sql, _values(revision) | {"limit": limit})
        return [key for (key,) in cursor.fetchall()]


def _verdicts() -> str:
    return statement("layers", "undo_verdicts")


def _values(revision: Revision) -> Values:
    return {"layer": revision.layer_id, "at": revision.recorded_at}


def _counts(cursor: Any) -> WrittenCounts:
    cursor.execute("SELECT change, count(*) FROM undo_verdicts WHERE verdict = 'back' GROUP BY change")
    return WrittenCounts(**dict(cursor.fetchall()))


def _left(cursor: Any) -> tuple[int, tuple[str, ...]]:
    """How many keys stay as they are, and the first ones."""
    cursor.execute("SELECT key FROM undo_verdicts WHERE verdict = 'conflict' ORDER BY key")
    keys = [key for (key,) in cursor.fetchall()]
    return len(keys), tuple(keys[:NAMED])


def _write(cursor: Any, close: str, open_again: str, values: Values) -> None:
    try:
        with transaction.atomic():
            cursor.execute(statement("layers", close), values)
    except (IntegrityError, DataError) as error:
        raise RecordedTooEarly() from error
    cursor.execute(statement("layers", open_again), values)


def _recorded(layer: Layer, values: Values, undone: Undone, cause: Cause) -> Revision:
    counts = {name: getattr(undone.counts, name) for name in CHANGES} | {"conflicts": undone.conflicts}
    return record_revision(layer=layer, recorded_at=values["undone_at"], counts=counts, cause=cause)
