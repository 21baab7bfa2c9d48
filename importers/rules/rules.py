"""The rules of one mapping, put to work on the rows of a file."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from importers.rules.rule import Rule, Unfit
from importers.sources.base import Batch, Problem, Record


@dataclass(frozen=True)
class Rules:
    """One rule a field of the target. Without any, every field goes in under its own name, at no cost. `keep_others`:
    fields that no rule takes go in too. `document` is what the rules were read from, `options` how it says to read
    the file, `place` where it says the rows are, `source` the system they come from."""

    rules: tuple[Rule, ...] = ()
    keep_others: bool = False
    options: dict[str, str] = field(default_factory=dict)
    place: dict[str, str] = field(default_factory=dict)
    source: str = ""
    document: dict[str, Any] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.rules)

    def rule(self, target: str) -> Rule | None:
        return next((rule for rule in self.rules if rule.target == target), None)

    @property
    def fields(self) -> list[str]:
        """Every field of the file that is asked for."""
        return [name for rule in self.rules for name in rule.fields]

    def named(self, field: str) -> str:
        """What the target calls the field that a person named, be it by the name in the file or in the target."""
        if not field or self.rule(field) is not None:
            return field
        return next((rule.target for rule in self.rules if rule.fields == (field,)), field)

    def targets(self, fields: list[str]) -> list[str]:
        """What the target gets of a file with these fields, in order."""
        if not self.rules:
            return fields
        filled = [rule.target for rule in self.rules]
        others = [name for name in fields if name not in self._taken] if self.keep_others else []
        return [*filled, *others]

    def applied(self, batch: Batch) -> Batch:
        """The rows as the target wants them; those that do not fit get a problem. The same batch without rules."""
        if not self.rules:
            return batch
        if self._names is not None:
            return replace(batch, records=[self._named(record, self._names) for record in batch.records])
        problems = dict(batch.problems)
        records = [self._filled(record, index, problems) for index, record in enumerate(batch.records)]
        return replace(batch, records=records, problems=problems)

    def as_json(self) -> dict[str, Any]:
        return self.document

    @cached_property
    def _taken(self) -> frozenset[str]:
        """What doesn't go in under its own name: a field that a rule takes, or whose name a rule fills."""
        return frozenset(self.fields) | {rule.target for rule in self.rules}

    @cached_property
    def _names(self) -> dict[str, str] | None:
        """Field of the file → field of the target, when the rules only give other names; None when they do more."""
        names = {rule.fields[0]: rule.target for rule in self.rules if rule.is_name_only}
        return names if len(names) == len(self.rules) else None

    @cached_property
    def _fillers(self) -> list[tuple[str, Callable[[Record], Any]]]:
        return [(rule.target, rule.value) for rule in self.rules]

    def _named(self, record: Record, names: dict[str, str]) -> Record:
        if self.keep_others:
            taken = self._taken
            return {
                names.get(name, name): value
                for name, value in record.items()
                if name in names or name not in taken
            }
        return {target: record[name] for name, target in names.items() if name in record}

    def _filled(self, record: Record, index: int, problems: dict[int, Problem]) -> Record:
        filled: Record = {}
        for target, value_of in self._fillers:
            try:
                value = value_of(record)
            except Unfit as unfit:
                problems.setdefault(index, unfit.problem)
                continue
            if value is not None and value != "":
                filled[target] = value
        if self.keep_others:
            taken = self._taken
            filled.update((name, value) for name, value in record.items() if name not in taken)
        return filled
