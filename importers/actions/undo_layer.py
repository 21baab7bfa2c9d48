"""Take back what an import wrote into a layer."""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from typing import Any

from django.utils import timezone

from importers.actions.loading import Loading, queue_for_layer
from importers.conflicts import RowConflict, RowState, UndoPreview
from importers.models import ImportRun
from importers.report import Report
from importers.undo_errors import NothingToUndo
from layers.actions import Cause, judge_undo, undo_conflicts, undo_revision
from layers.models import Feature, Layer, Revision

REWRITTEN_FROM = 20_000
REWRITTEN_SHARE = 0.3


class LayerUndo:
    def preview(self, run: ImportRun) -> UndoPreview:
        verdicts = judge_undo(_revision(run))
        return UndoPreview(verdicts.back, verdicts.conflicts)

    def conflicts(self, run: ImportRun, limit: int) -> list[RowConflict]:
        revision = _revision(run)
        keys = undo_conflicts(revision, limit)
        features = Feature.objects.of_layer(revision.layer_id).filter(key__in=keys)
        before = _states(features.known_before(revision.recorded_at))
        after = _states(features.filter(recorded__contains=revision.recorded_at))
        now = _states(features.as_known())
        return [RowConflict(key, before.get(key), after.get(key), now.get(key)) for key in keys]

    def take_back(
        self, run: ImportRun, undo: ImportRun, cause: Cause, back: Collection[str] | None, report: Report
    ) -> None:
        queue_for_layer(run.target_slug)
        revision = _revision(run)
        undone = undo_revision(revision=revision, cause=cause, back=back, rewrite=rewrite)
        report.counts.update(asdict(undone.counts))
        report.revision = undone.revision
        if undone.conflicts:
            report.tell("undo_left", count=undone.conflicts, keys=", ".join(undone.left))


def rewrite(layer: Layer, values: dict[str, Any], keys: int) -> bool:
    """Write the layer anew when most of a large one changes: indexes are then built at once. Tells whether it was."""
    if keys < REWRITTEN_FROM or keys < REWRITTEN_SHARE * Feature.objects.of_layer(layer.pk).count():
        return False
    return Loading(layer).refill("rewrite_partition", values)


def _revision(run: ImportRun) -> Revision:
    if run.revision is None:
        raise NothingToUndo(run=run.pk)
    return run.revision


def _states(features: Iterable[Feature]) -> dict[str, RowState]:
    """What holds of each key: the state of today, else the last one that is still to end or to come."""
    today = timezone.now()
    found: dict[str, Feature] = {}
    for feature in features:
        if feature.valid.upper is not None and feature.valid.upper <= today:
            continue
        held = found.get(feature.key)
        if held is None or _is_later(held, feature):
            found[feature.key] = feature
    return {key: RowState(feature.properties, feature.geom) for key, feature in found.items()}


def _is_later(held: Feature, other: Feature) -> bool:
    return held.valid.upper is not None and (
        other.valid.upper is None or other.valid.upper > held.valid.upper
    )
