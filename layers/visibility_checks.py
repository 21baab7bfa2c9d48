"""Refuses a layer that says wrongly what is hidden of it."""

from layers.errors import KeyIsTold, UnknownVisibility
from layers.models import Layer, Visibility
from layers.visibility import row_rule


def check_visibility(layer: Layer) -> None:
    """Raises BadFilter with the word and its position, UnknownVisibility, KeyIsTold."""
    for name, entry in layer.field_schema.get("properties", {}).items():
        given = entry.get("visibility") if isinstance(entry, dict) else None
        if not given or given == Visibility.PUBLIC:
            continue
        if given not in Visibility.values:
            choices = ", ".join(Visibility.values)
            raise UnknownVisibility(field=name[:60], given=str(given)[:40], choices=choices)
        if name == layer.key_field:
            raise KeyIsTold(field=name[:60])
    if layer.public_rows.strip():
        row_rule(layer)
