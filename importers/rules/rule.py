"""How one field of a target is filled from a row: gathered, cut, put in other words, made a number or a date."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import regex

from importers.errors import PatternTooSlow
from importers.geometry import key_text
from importers.rules.convert import date_from, moment_from, number_from, whole
from importers.sources.base import Problem, Record

PATTERN_SECONDS = 0.1
LONGEST_CUT = 10_000
SHOWN_VALUE = 40
CASES: dict[str, Callable[[str], str]] = {"upper": str.upper, "lower": str.lower, "title": str.title}


class Unfit(Exception):
    """The row cannot fill the field."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


@dataclass(frozen=True)
class Split:
    """A part of a text: the piece at `index` (negative: from the end) between separators, or what a pattern finds
    (its first group, if it has one)."""

    separator: str = ""
    index: int = 0
    pattern: str = ""

    @cached_property
    def _compiled(self) -> Any:
        return regex.compile(self.pattern)

    def part(self, text: str) -> str:
        """Blank where there is no such part. Raises PatternTooSlow."""
        if not self.pattern:
            pieces = text.split(self.separator) if self.separator.strip() else text.split()
            return pieces[self.index].strip() if -len(pieces) <= self.index < len(pieces) else ""
        try:
            found = self._compiled.search(text[:LONGEST_CUT], timeout=PATTERN_SECONDS)
        except TimeoutError as error:
            raise PatternTooSlow(pattern=self.pattern, value=text[:SHOWN_VALUE]) from error
        if found is None:
            return ""
        return str(found[1] if self._compiled.groups else found[0] or "").strip()


@dataclass(frozen=True)
class Rule:
    """`target` names the field that is filled. One field goes through as it is, unless something is asked of it."""

    target: str
    fields: tuple[str, ...] = ()
    constant: Any = None
    join: str = " "
    split: Split | None = None
    case: str = ""
    strip: bool = True
    values: dict[str, Any] = field(default_factory=dict)
    default: Any = None
    kind: str = ""
    format: str = ""
    decimal: str = ""
    thousands: str = ""
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))
    choices: frozenset[str] = frozenset()

    @property
    def is_name_only(self) -> bool:
        """The value of one field under another name, whatever it is."""
        return (
            replace(self, target="", fields=()) == replace(_PLAIN, zone=self.zone) and len(self.fields) == 1
        )

    def raw(self, record: Record) -> Any:
        """What the row says before anything is made of it, for a person to read."""
        if len(self.fields) == 1:
            return record.get(self.fields[0])
        return self.join.join(filter(None, (key_text(record.get(name)) for name in self.fields)))

    def value(self, record: Record) -> Any:
        """What the row means, a JSON value; None where it says nothing. Raises Unfit."""
        if self.constant is not None:
            return self.constant
        raw = self.raw(record)
        value = self._meant(self._worded(raw))
        if value is None or value == "":
            value = self.default
        return None if value is None else self.fitted(value, raw)

    def fitted(self, value: Any, raw: Any = None) -> Any:
        """A value as the field takes it; Unfit, which tells `raw`, when it doesn't."""
        shown = value if raw is None else raw
        try:
            value = self._of_kind(value)
        except (ValueError, OverflowError, OSError, TypeError):
            code = "bad_date" if self.kind in ("date", "moment") else "bad_number"
            raise self._unfit(code, shown) from None
        if self.choices and str(value) not in self.choices:
            raise self._unfit("not_a_choice", shown, known=", ".join(sorted(self.choices)[:20]))
        return value

    def _worded(self, value: Any) -> Any:
        """Stripped, cut and in the asked case; a number stays one as long as nothing of the kind is asked."""
        if value is None or not (isinstance(value, str) or self.split or self.case):
            return value
        text = key_text(value) if self.strip or not isinstance(value, str) else value
        if self.split is not None:
            text = self.split.part(text)
        return CASES[self.case](text) if self.case else text

    def _meant(self, value: Any) -> Any:
        if not self.values or value is None or value == "":
            return value
        text = key_text(value)
        if text in self.values:
            return self.values[text]
        return value if self.default is None else self.default

    def _of_kind(self, value: Any) -> Any:
        if self.kind in ("number", "integer"):
            return self._number(value)
        if self.kind == "date":
            return date_from(value, self.format, self.zone).isoformat()
        if self.kind == "moment":
            return moment_from(value, self.format, self.zone).isoformat()
        return key_text(value) if self.kind in ("text", "choice") else value

    def _number(self, value: Any) -> float | int:
        if isinstance(value, bool):
            raise ValueError(value)
        amount = value if isinstance(value, int | float) else number_from(value, self.decimal, self.thousands)
        return whole(amount) if self.kind == "integer" else amount

    def _unfit(self, code: str, value: Any, **facts: Any) -> Unfit:
        return Unfit(Problem(code, {"value": str(value)[:SHOWN_VALUE], "field": self.target, **facts}))


_PLAIN = Rule("")
