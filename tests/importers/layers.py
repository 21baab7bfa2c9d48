"""Importing a layer in a test, and what it then holds."""

from pathlib import Path
from typing import Any

from importers.actions.layer import LayerOrder, import_layer
from importers.report import Report
from layers.models import Feature, Layer


def load(path: Path, slug: str = "parcels", key: str = "kaek", **order: Any) -> Report:
    return import_layer(LayerOrder(path, slug, key, **{"set_aside": True, "allow_removals": True, **order}))


def current(slug: str = "parcels") -> dict[str, Feature]:
    layer = Layer.objects.get(slug=slug)
    return {feature.key: feature for feature in Feature.objects.of_layer(layer.pk).current()}
