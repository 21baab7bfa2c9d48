"""The only writers of layers, their features and the places of the search."""

from layers.actions.features import (
    FeatureState,
    RecordedTooEarly,
    WrittenCounts,
    apply_staged_features,
    stage_features,
    write_features,
)
from layers.actions.layers import change_layer, create_layer, partition_of
from layers.actions.places import rebuild_places

__all__ = [
    "FeatureState",
    "RecordedTooEarly",
    "WrittenCounts",
    "apply_staged_features",
    "change_layer",
    "create_layer",
    "partition_of",
    "rebuild_places",
    "stage_features",
    "write_features",
]
