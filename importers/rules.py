"""Which field of a file fills which field of a target: names, constants, lists of values, splits, formats."""

from dataclasses import dataclass, field
from typing import Any

from importers.sources.base import Record


@dataclass(frozen=True)
class Rules:
    """`names` maps a field of the target to the field of the file that fills it. Empty: every field of the file goes
    in under its own name."""

    names: dict[str, str] = field(default_factory=dict)

    def applied(self, records: list[Record]) -> list[Record]:
        """The records as the target wants them, one for each of `records`."""
        if not self.names:
            return records
        return [
            {target: record[name] for target, name in self.names.items() if name in record}
            for record in records
        ]

    def as_json(self) -> dict[str, Any]:
        return dict(self.names)
