"""A field that a target declares, and the fields that a JSON Schema describes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from django.utils.functional import Promise

from core.languages import entry_in_reader_language

FieldKind = Literal["text", "number", "integer", "date", "moment", "choice", "place"]
KINDS: dict[str, FieldKind] = {"number": "number", "integer": "integer"}
FORMATS: dict[str, FieldKind] = {"date": "date", "date-time": "moment"}


@dataclass(frozen=True)
class TargetField:
    """`choices` are the values that are taken, each with what people read; empty means any."""

    name: str
    title: str | Promise
    kind: FieldKind = "text"
    required: bool = False
    choices: Sequence[tuple[str, str | Promise]] = ()


def schema_fields(schema: dict[str, Any], required: str = "") -> list[TargetField]:
    """The fields of a layer or an asset type, from its JSON Schema; `required` names the one that must be filled."""
    properties: dict[str, dict[str, Any]] = schema.get("properties", {})
    needed = {*schema.get("required", ()), required}
    return [
        TargetField(
            name,
            entry_in_reader_language(entry, "title") or name,
            _kind(entry),
            name in needed,
            _choices(entry),
        )
        for name, entry in properties.items()
    ]


def _kind(entry: dict[str, Any]) -> FieldKind:
    if "enum" in entry:
        return "choice"
    return FORMATS.get(str(entry.get("format")), KINDS.get(str(entry.get("type")), "text"))


def _choices(entry: dict[str, Any]) -> list[tuple[str, str]]:
    return [(str(value), str(value)) for value in entry.get("enum", ()) if value is not None]
