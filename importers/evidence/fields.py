"""What the fields of a file hold: how full they are, examples, and numbers or dates that are only text."""

import re
from collections.abc import Sequence
from typing import Any

from importers.sources.base import Record

KEPT_EXAMPLES = 5
LONGEST_EXAMPLE = 80
# How many different values of a field are remembered to tell whether it could be the key, and of all that still
# could be: some 75 bytes each.
MOST_UNIQUE = 200_000
MOST_MARKS = 1_000_000
# As in sources.values: a leading zero is a code, not a number.
NUMBER = re.compile(r"-?(?:0|[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d*)(?:[.,]\d+)?\Z")
DATE = re.compile(
    r"(?:\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2}))(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
    r"(?:Z|[+-]\d{2}:?\d{2})?\Z"
)
TYPES = {bool: "boolean", int: "integer", float: "number", str: "text", list: "list", dict: "object"}


class Fields:
    """One Field each, in the order of the file; fields that only later rows have come after."""

    def __init__(self, names: list[str]) -> None:
        self._fields = {name: _Field() for name in names}
        self._rows = 0

    def see(self, records: Sequence[Record]) -> None:
        self._rows += len(records)
        self._bound_marks()
        for record in records:
            for name, value in record.items():
                field = self._fields.get(name)
                if field is None:
                    field = self._fields[name] = _Field()
                field.see(value)

    def _bound_marks(self) -> None:
        candidates = [field for field in self._fields.values() if field.unique]
        for field in candidates:
            field.most_unique = min(MOST_UNIQUE, MOST_MARKS // len(candidates))

    def as_json(self) -> list[dict[str, Any]]:
        return [{"name": name, **field.as_json(self._rows)} for name, field in self._fields.items()]


class _Field:
    """Looks at a value only as long as it could still change what is known. `unique` (and always there) is what a key
    must be; None where there are too many values to tell."""

    def __init__(self) -> None:
        self.filled = 0
        self.types: dict[str, None] = {}
        self.examples: dict[str, None] = {}
        self.numeric = True
        self.dated = True
        self.unique: bool | None = True
        self.most_unique = MOST_UNIQUE
        self._seen: set[int] = set()

    def see(self, value: Any) -> None:
        if value is None or value == "":
            return
        self.filled += 1
        kind = TYPES.get(type(value), "text")
        if kind not in self.types:
            self.types[kind] = None
        if self.unique:
            self._see_unique(str(value))
        if len(self.examples) < KEPT_EXAMPLES:
            self.examples[str(value)[:LONGEST_EXAMPLE]] = None
        if kind == "text" and (self.numeric or self.dated):
            text = value.strip() if isinstance(value, str) else str(value)
            self.numeric = self.numeric and NUMBER.match(text) is not None
            self.dated = self.dated and DATE.match(text) is not None

    def _see_unique(self, text: str) -> None:
        mark = hash(text)
        self.unique = mark not in self._seen
        self._seen.add(mark)
        if len(self._seen) > self.most_unique:
            self.unique = None
        if not self.unique:
            self._seen = set()

    def as_json(self, rows: int) -> dict[str, Any]:
        is_text = list(self.types) == ["text"]
        return {
            "type": next(iter(self.types)) if len(self.types) == 1 else "mixed" if self.types else "empty",
            "filled": self.filled,
            "filled_share": round(self.filled / rows, 4) if rows else 0.0,
            "unique": self.unique if self.filled == rows else False,
            "examples": list(self.examples),
            "numbers_as_text": is_text and self.numeric,
            "dates_as_text": is_text and self.dated,
        }
