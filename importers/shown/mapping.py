"""The table of fields: which field of the file fills which of the target, to and from the rules document."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from importers.rules.fields import TargetField

#: What a row of the table can say; a rule that says more is kept as it is, and shown as text.
SIMPLE = {"field", "constant", "values", "default", "format", "decimal"}
KINDS: dict[str, str | Promise] = {
    "text": _("text"),
    "number": _("number"),
    "integer": _("whole number"),
    "date": _("date"),
    "moment": _("date and time"),
    "choice": _("one of a list"),
    "place": _("place"),
}
LONGEST_TEXT = 20_000
MOST_ROWS = 300


@dataclass(frozen=True)
class TargetRow:
    """A field of the target: `source` is a field of the file; `values` are lines “raw = meant”."""

    index: int
    target: TargetField
    source: str = ""
    constant: str = ""
    values: str = ""
    format: str = ""
    raw: str = ""

    @property
    def kind(self) -> str | Promise:
        return KINDS[self.target.kind]

    @property
    def has_more(self) -> bool:
        return bool(self.constant or self.values or self.format)


@dataclass(frozen=True)
class SourceRow:
    """A field of the file on its way into a target that takes any: under which name, if at all."""

    index: int
    source: str
    name: str
    kept: bool = True
    about: dict[str, Any] = field(default_factory=dict)


def target_rows(
    targets: list[TargetField], sources: list[str], document: Mapping[str, Any]
) -> list[TargetRow]:
    """One for each field of the target, filled as the document says, else by the field of the same name."""
    return [_target_row(index, target, sources, document) for index, target in enumerate(targets)]


def _target_row(
    index: int, target: TargetField, sources: list[str], document: Mapping[str, Any]
) -> TargetRow:
    rule = document.get(target.name)
    if rule is None:
        takes = target.name in sources and document.get("others") != "drop"
        return TargetRow(index, target, source=target.name if takes else "")
    if isinstance(rule, str):
        return TargetRow(index, target, source=rule)
    if not isinstance(rule, dict) or set(rule) - SIMPLE or rule.get("default") or rule.get("decimal"):
        return TargetRow(index, target, raw=json.dumps(rule, ensure_ascii=False))
    return TargetRow(
        index,
        target,
        source=str(rule.get("field") or ""),
        constant="" if rule.get("constant") is None else str(rule["constant"]),
        values="\n".join(f"{raw} = {meant}" for raw, meant in (rule.get("values") or {}).items()),
        format=str(rule.get("format") or ""),
    )


def source_rows(fields: list[dict[str, Any]], document: Mapping[str, Any]) -> list[SourceRow]:
    """One for each field of the file, under its own name unless the document says otherwise."""
    names = {rule: target for target, rule in document.items() if isinstance(rule, str)}
    drops = document.get("others") == "drop"
    return [
        SourceRow(
            index,
            one["name"],
            names.get(one["name"], one["name"]),
            kept=one["name"] in names or not drops,
            about=one,
        )
        for index, one in enumerate(fields[:MOST_ROWS])
    ]


def document_of_targets(posted: Mapping[str, Any], targets: list[TargetField]) -> dict[str, Any]:
    """The rules that the table of target fields says; nothing for a field that is left blank."""
    document: dict[str, Any] = {}
    for index, target in enumerate(targets):
        rule = _rule(posted, f"t{index}")
        if rule is not None:
            document[target.name] = rule
    return document


def _rule(posted: Mapping[str, Any], prefix: str) -> Any:
    given = {
        name: str(posted.get(f"{prefix}-{name}", "")).strip() for name in ("field", "constant", "format")
    }
    values = lines_read(str(posted.get(f"{prefix}-values", "")))
    if given["field"] == "=raw":
        return _json(str(posted.get(f"{prefix}-raw", "")))
    if given["constant"]:
        return {"constant": given["constant"]}
    if not given["field"]:
        return None
    rule: dict[str, Any] = {"field": given["field"]}
    if values:
        rule["values"] = values
    if given["format"]:
        rule["format"] = given["format"]
    return given["field"] if len(rule) == 1 else rule


def _json(text: str) -> Any:
    try:
        return json.loads(text[:LONGEST_TEXT])
    except ValueError:
        return None


def lines_read(text: str) -> dict[str, str]:
    """Lines “raw = meant” as pairs; the last “=” counts, so that the raw value may hold one."""
    pairs = (line.rpartition("=") for line in text[:LONGEST_TEXT].splitlines() if "=" in line)
    return {raw.strip(): meant.strip() for raw, _equals, meant in pairs if raw.strip()}


def document_of_sources(posted: Mapping[str, Any], sources: list[str]) -> dict[str, Any]:
    """The rules that the table of the file's fields says; empty when all go in under their own names."""
    document: dict[str, Any] = {}
    plain = True
    for index, source in enumerate(sources[:MOST_ROWS]):
        name = str(posted.get(f"s{index}-name", source)).strip()[:200] or source
        if not posted.get(f"s{index}-keep"):
            plain = False
            continue
        plain = plain and name == source
        document[name] = source
    return {} if plain or not document else {**document, "others": "drop"}
