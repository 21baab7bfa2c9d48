"""Which field of one layer says what which field of another says, by their declared roles."""

from layers.models import Layer


def fields_by_role(one: Layer, other: Layer) -> dict[str, str]:
    """Names in the one → names in the other, where they differ."""
    there = {entry.get("x-role"): name for name, entry in _fields(other) if entry.get("x-role")}
    here = ((name, entry.get("x-role")) for name, entry in _fields(one))
    return {name: there[role] for name, role in here if role in there and there[role] != name}


def _fields(layer: Layer) -> list[tuple[str, dict[str, str]]]:
    fields = layer.field_schema.get("properties", {})
    return [(name, entry) for name, entry in fields.items() if isinstance(entry, dict)]
