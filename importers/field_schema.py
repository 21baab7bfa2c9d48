"""The fields of a layer as a JSON Schema, learnt from the rows themselves."""

from collections.abc import Sequence
from typing import Any

from importers.sources.base import Record
from importers.sources.columns import Columns

SAMPLED_ROWS = 1000
NAMES = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}


class FieldTypes:
    """Learns the types of each field from every batch: of columns at once, else from some of the rows."""

    def __init__(self, fields: list[str]) -> None:
        self._types: dict[str, set[str]] = {name: set() for name in fields}

    def learn(self, records: Sequence[Record]) -> None:
        if isinstance(records, Columns):
            for name, kind in records.kinds().items():
                self._types.setdefault(name, set()).add(kind)
            return
        for record in records[:SAMPLED_ROWS]:
            for name, value in record.items():
                self._types.setdefault(name, set()).add(NAMES.get(type(value), "string"))

    def schema(self) -> dict[str, Any]:
        """An object schema whose properties carry their own name as title, to be edited later."""
        return {
            "type": "object",
            "properties": {
                name: {"title": name, "title_en": name, **_type(types)} for name, types in self._types.items()
            },
        }


def _type(types: set[str]) -> dict[str, Any]:
    if types == {"integer", "number"}:
        types = {"number"}
    return {"type": sorted(types)[0]} if len(types) == 1 else {"type": sorted(types) or "string"}
