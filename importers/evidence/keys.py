"""Keys that are missing or come again, and ΚΑΕΚ that are not twelve digits."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from importers.evidence.repeats import Repeats
from importers.evidence.values import Values
from importers.geometry import key_text
from importers.sources.base import Record

KAEK_NAMES = {"kaek", "καεκ", "kaek_no", "cadastre_code"}
KAEK = re.compile(r"\d{12}(?:/\d+)*\Z")
LOST_ZERO = re.compile(r"\d{11}(?:/\d+)*\Z")
KEPT_EXAMPLES = 5


class Keys:
    """`field` names the key, empty when there is none. The ΚΑΕΚ is the field that is called so."""

    def __init__(self, field: str, fields: Iterable[str]) -> None:
        self._field = field
        self._kaek = next((name for name in fields if name.strip().lower() in KAEK_NAMES), "")
        self._counts: Counter[str] = Counter()
        self._repeats = Repeats()
        self._values = Values()
        self._examples: dict[str, list[dict[str, Any]]] = {}

    def see(self, rows: list[int], records: Sequence[Record]) -> None:
        if self._field:
            self._see_keys(rows, [key_text(record.get(self._field)) for record in records])
        if self._kaek:
            for row, record in zip(rows, records, strict=True):
                self._see_kaek(row, key_text(record.get(self._kaek)))

    def _see_keys(self, rows: list[int], keys: list[str]) -> None:
        held = [(row, key) for row, key in zip(rows, keys, strict=True) if key]
        self._counts["missing"] += len(keys) - len(held)
        if held:
            numbers = [row for row, _ in held]
            self._repeats.see([hash(key) for _, key in held], numbers)
            self._values.see(numbers, [key for _, key in held])

    def _see_kaek(self, row: int, kaek: str) -> None:
        if not kaek:
            return
        if KAEK.match(kaek):
            self._counts["suffixed" if "/" in kaek else "good"] += 1
            return
        kind = "lost_zero" if LOST_ZERO.match(kaek) else "other"
        self._counts[kind] += 1
        examples = self._examples.setdefault(kind, [])
        if len(examples) < KEPT_EXAMPLES:
            examples.append({"row": row, "value": kaek[:40]})

    def as_json(self) -> dict[str, Any]:
        rows = self._repeats.rows()
        return {
            "field": self._field,
            "missing": self._counts["missing"],
            "repeated": self._repeats.repeated(),
            "repeated_rows": self._repeats.extra(),
            "examples": [{"value": self._values.of(found[0]), "rows": found} for found in rows],
            "kaek_bad": self._counts["lost_zero"] + self._counts["other"],
            "kaek": self._kaek_json() if self._kaek else None,
        }

    def _kaek_json(self) -> dict[str, Any]:
        counts = {name: self._counts[name] for name in ("good", "suffixed", "lost_zero", "other")}
        return {"field": self._kaek, **counts, "examples": self._examples}
