"""One rule of a mapping document: a field's name, or an object that says how the field is filled."""

from dataclasses import dataclass, replace
from typing import Any
from zoneinfo import ZoneInfo

import regex
from django.utils.translation import gettext as _

from importers.errors import BadMapping
from importers.rules.convert import CLOCKS, ORDERS
from importers.rules.fields import TargetField
from importers.rules.rule import CASES, Rule, Split, Unfit

PARTS = ("field", "fields", "join", "constant", "split", "case", "strip", "values", "default", "type", "format",
         "decimal", "thousands")  # fmt: skip
KINDS = ("text", "number", "integer", "date", "moment")
LONGEST_PATTERN = 200
LONGEST_TEXT = 1000
Scalar = str | int | float | bool


def bad_form(name: str, known: str) -> str:
    return _("“%(name)s” must be made of %(known)s.") % {"name": name, "known": known}


@dataclass(frozen=True)
class RuleReader:
    """Reads rules one by one; `declared` are the fields of the target by name, `name` is what a refusal calls the
    document."""

    declared: dict[str, TargetField]
    zone: ZoneInfo
    name: str

    def rule(self, target: str, spec: Any) -> Rule:
        """Raises BadMapping."""
        spec = {"field": spec} if isinstance(spec, str) else spec
        if not isinstance(spec, dict) or set(spec) - set(PARTS):
            reason = _("“%(name)s” must be a field, or an object with %(known)s.")
            raise self._bad(reason % {"name": target, "known": ", ".join(PARTS)})
        field = self.declared.get(target)
        rule = Rule(
            target,
            fields=self._fields(target, spec),
            join=self._text(target, spec, "join", " "),
            split=self._split(target, spec.get("split")),
            case=self._one_of(target, spec, "case", tuple(CASES)),
            strip=bool(spec.get("strip", True)),
            values=self._values(target, spec.get("values")),
            default=self._scalar(target, "default", spec.get("default")),
            kind=self._kind(target, spec, field),
            format=self._format(target, spec),
            decimal=self._one_of(target, spec, "decimal", (",", ".")),
            thousands=self._text(target, spec, "thousands"),
            zone=self.zone,
            choices=frozenset(str(value) for value, _label in field.choices) if field else frozenset(),
        )
        return self._checked(rule, self._scalar(target, "constant", spec.get("constant")))

    def _fields(self, target: str, spec: dict[str, Any]) -> tuple[str, ...]:
        ways = [way for way in ("field", "fields", "constant") if spec.get(way) not in (None, "", [])]
        if len(ways) != 1:
            reason = _("“%(name)s” needs one of a field, fields or a constant.")
            raise self._bad(reason % {"name": target})
        if ways == ["constant"]:
            return ()
        names = [spec["field"]] if ways == ["field"] else spec["fields"]
        if not isinstance(names, list) or not all(isinstance(name, str | int) for name in names):
            raise self._bad(_("the fields of “%(name)s” must be a list of names.") % {"name": target})
        return tuple(str(name) for name in names)

    def _split(self, target: str, spec: Any) -> Split | None:
        if spec is None:
            return None
        by_pattern, by_separator = {"pattern"}, {"separator", "index"}
        if not isinstance(spec, dict) or not (set(spec) == by_pattern or set(spec) <= by_separator):
            raise self._bad(bad_form(f"{target}: split", "separator, index / pattern"))
        index = spec.get("index", 0)
        if isinstance(index, bool) or not isinstance(index, int):
            raise self._bad(
                _("the index of “%(name)s” must be a number, 0 for the first.") % {"name": target}
            )
        pattern = self._text(target, spec, "pattern")
        self._check_pattern(pattern)
        return Split(self._text(target, spec, "separator"), index, pattern)

    def _check_pattern(self, pattern: str) -> None:
        try:
            if len(pattern) > LONGEST_PATTERN:
                raise regex.error("too long")
            regex.compile(pattern)
        except (regex.error, RecursionError, OverflowError, MemoryError) as error:
            reason = _("“%(pattern)s” is not a pattern that can be used.")
            raise self._bad(reason % {"pattern": pattern[:80]}) from error

    def _values(self, target: str, values: Any) -> dict[str, Scalar]:
        if values is None:
            return {}
        if not isinstance(values, dict) or not all(isinstance(meant, Scalar) for meant in values.values()):
            raise self._bad(_("the values of “%(name)s” must be pairs.") % {"name": target})
        return {str(raw): meant for raw, meant in values.items()}

    def _kind(self, target: str, spec: dict[str, Any], field: TargetField | None) -> str:
        asked = self._one_of(target, spec, "type", KINDS)
        if field is not None:
            return "" if field.kind == "place" else field.kind
        if asked:
            return asked
        form = str(spec.get("format") or "")
        if form:
            return (
                "moment"
                if form in CLOCKS or any(part in form for part in ("%H", "%I", "%X", "%c"))
                else "date"
            )
        return "number" if spec.get("decimal") or spec.get("thousands") else ""

    def _format(self, target: str, spec: dict[str, Any]) -> str:
        form = self._text(target, spec, "format")
        if form and form not in (*ORDERS, *CLOCKS) and "%" not in form:
            reason = _("the format of “%(name)s” must be one of %(known)s, or be written like %%d/%%m/%%Y.")
            raise self._bad(reason % {"name": target, "known": ", ".join((*ORDERS, *CLOCKS))})
        return form

    def _checked(self, rule: Rule, constant: Scalar | None) -> Rule:
        """What the rule itself puts into the field must fit there; a constant is made ready once."""
        try:
            for value in (rule.default, *rule.values.values()):
                if value not in (None, ""):
                    rule.fitted(value)
            return rule if constant is None else replace(rule, constant=rule.fitted(constant))
        except Unfit as unfit:
            reason = _("“%(value)s” doesn't fit into “%(name)s”.")
            raise self._bad(reason % {"value": unfit.problem.facts["value"], "name": rule.target}) from unfit

    def _scalar(self, target: str, part: str, value: Any) -> Scalar | None:
        if value is None or isinstance(value, Scalar):
            return value
        raise self._bad(bad_form(f"{target}: {part}", _("a text or a number")))

    def _text(self, target: str, spec: dict[str, Any], part: str, otherwise: str = "") -> str:
        value = spec.get(part, otherwise)
        if not isinstance(value, str) or len(value) > LONGEST_TEXT:
            raise self._bad(bad_form(f"{target}: {part}", _("a text")))
        return value

    def _one_of(self, target: str, spec: dict[str, Any], part: str, known: tuple[str, ...]) -> str:
        value = spec.get(part) or ""
        if value and value not in known:
            raise self._bad(bad_form(f"{target}: {part}", ", ".join(known)))
        return str(value)

    def _bad(self, reason: str) -> BadMapping:
        return BadMapping(file=self.name, reason=reason)
