"""The form of a feature: its fields as the layer's schema has them, in the reader's language, the key first."""

from collections.abc import Iterator, Mapping
from typing import Any

from layers.editing.properties import title_of
from layers.models import Code
from planning.editing.opened import Opened

MOST_CODES = 500
KINDS = {"integer": "whole", "number": "number", "boolean": "truth", "array": "fixed", "object": "fixed"}
FORMATS = {"date": "day", "date-time": "fixed"}


def form_fields(opened: Opened) -> list[dict[str, Any]]:
    """Name, title, kind (text, long, whole, number, truth, day, choice; fixed: shown, not changed), choices."""
    download = opened.source.download
    schema: Mapping[str, Any] = {} if download is None else download.schema
    required = set(schema.get("required", ()))
    found = [
        {**_field(name, entry), "required": name in required, "is_key": name == opened.layer.key_field}
        for name, entry in schema.get("properties", {}).items()
    ]
    return sorted(found, key=lambda one: (not one["is_key"], not one["required"]))


def _field(name: str, entry: Mapping[str, Any]) -> dict[str, Any]:
    choices = list(_choices(entry))
    named = entry.get("type", "string")
    kinds = [named] if isinstance(named, str) else [one for one in named if one != "null"]
    kind = KINDS.get(str(kinds[0] if kinds else "string"), FORMATS.get(str(entry.get("format")), "text"))
    told = {
        "name": name,
        "title": title_of(name, entry),
        "kind": "choice" if choices else kind,
        "choices": choices,
    }
    return {
        **told,
        **{rule: entry[rule] for rule in ("minimum", "maximum", "maxLength", "unit") if rule in entry},
    }


def _choices(entry: Mapping[str, Any]) -> Iterator[tuple[Any, str]]:
    for value in entry.get("enum", ()):
        if value is not None:
            yield value, str(value)
    slug = entry.get("codes")
    if "enum" not in entry and isinstance(slug, str) and slug:
        for code in Code.objects.filter(code_list__slug=slug).order_by("position", "code")[:MOST_CODES]:
            yield code.code, f"{code.code} · {code}"
