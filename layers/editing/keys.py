"""By what a layer knows a new feature: the key that came with it, or one of our own."""

import re
import uuid

from layers.editing.drafts import Draft
from layers.editing.errors import BadBody, KeyNeeded, Problem
from layers.editing.properties import problems_of, title_of
from layers.models import Layer

LONGEST_KEY = 200
UNFIT = re.compile(r"[\x00-\x1f\x7f]|^\s|\s$|^$")


def key_for(draft: Draft, layer: Layer) -> str:
    """What the key field says, else the id of the GeoJSON, else a new one of ours. Raises BadBody, and KeyNeeded where
    the layer's keys follow a pattern that only people know."""
    given = draft.properties.get(layer.key_field) if layer.key_field else None
    text = draft.key if given is None or given == "" else str(given)
    if not text:
        if layer.key_field and "pattern" in _entry(layer):
            raise KeyNeeded(field=title_of(layer.key_field, _entry(layer)))
        return uuid.uuid4().hex[:16]
    if len(text) > LONGEST_KEY or UNFIT.search(text):
        raise BadBody(why=f"“{layer.key_field or 'id'}” ≤ {LONGEST_KEY}")
    return text


def key_problem(layer: Layer, key: str) -> Problem | None:
    """Where the layer's key field has a pattern, and the key does not follow it."""
    if not layer.key_field or "pattern" not in _entry(layer):
        return None
    schema = {"properties": {layer.key_field: _entry(layer)}}
    return next(iter(problems_of(schema, {layer.key_field: key}, {})), None)


def _entry(layer: Layer) -> dict[str, object]:
    entry: dict[str, object] = layer.field_schema.get("properties", {}).get(layer.key_field, {})
    return entry
