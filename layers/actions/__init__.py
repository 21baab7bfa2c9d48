"""The only writers of layers, their features and the places of the search."""

from layers.actions.edit import (
    Edited,
    create_feature,
    edit_features,
    end_feature,
    replace_feature,
    update_feature,
)
from layers.actions.features import (
    FeatureState,
    RemovesTooMuch,
    Written,
    WrittenCounts,
    apply_staged_features,
    stage_features,
    write_features,
)
from layers.actions.layers import (
    Cause,
    RecordedTooEarly,
    change_layer,
    create_layer,
    partition_of,
    record_revision,
)
from layers.actions.places import rebuild_places
from layers.actions.undo import Undone, UndoVerdicts, judge_undo, undo_conflicts, undo_revision

__all__ = [
    "Cause",
    "Edited",
    "FeatureState",
    "RecordedTooEarly",
    "RemovesTooMuch",
    "UndoVerdicts",
    "Undone",
    "Written",
    "WrittenCounts",
    "apply_staged_features",
    "change_layer",
    "create_feature",
    "create_layer",
    "edit_features",
    "end_feature",
    "judge_undo",
    "partition_of",
    "rebuild_places",
    "record_revision",
    "replace_feature",
    "stage_features",
    "undo_conflicts",
    "undo_revision",
    "update_feature",
    "write_features",
]
