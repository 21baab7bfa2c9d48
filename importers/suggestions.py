"""A mapping to begin with: the last one that fits the file, else what the names of its fields say."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from importers.errors import BadMapping
from importers.models import SavedMapping
from importers.rules.alike import likeness, wanted_names
from importers.rules.fields import TargetField
from importers.targets import TargetKind
from municipality.roles import AnyUser

DAY_FIRST = re.compile(r"\s*(\d{1,2})[/.\-](\d{1,2})[/.\-]\d{2,4}\b.*")
DECIMAL_COMMA = re.compile(r"\s*[+-]?\d{1,3}(?:[. ]\d{3})*,\d+\s*|\s*[+-]?\d+,\d+\s*")
Examples = Mapping[str, Sequence[str]]


def suggest(
    fields: Sequence[str],
    target: TargetKind,
    slug: str = "",
    *,
    user: AnyUser | None = None,
    examples: Examples | None = None,
) -> dict[str, Any]:
    """A mapping document for a file with these fields. `user`: look among the mappings this person may see;
    `examples`: some values of each field, which tell how dates and numbers are written."""
    saved = _saved(fields, target, slug, user) if user is not None else None
    if saved is not None:
        return dict(saved.document)
    return _by_names(fields, target.fields(slug), examples or {}, is_open=target.is_open)


def _saved(fields: Sequence[str], target: TargetKind, slug: str, user: AnyUser) -> SavedMapping | None:
    """The newest whose fields the file has, one for the same thing before others."""
    of_target = SavedMapping.objects.visible_to(user).filter(target=target.name).order_by("-changed_at")
    fitting = [mapping for mapping in of_target if _fits(mapping, fields, target, slug)]
    same = [mapping for mapping in fitting if mapping.target_slug == slug]
    return next(iter(same or fitting), None)


def _fits(mapping: SavedMapping, fields: Sequence[str], target: TargetKind, slug: str) -> bool:
    try:
        rules = target.rules(mapping.document, slug)
    except BadMapping:
        return False
    return bool(rules.fields) and set(rules.fields) <= set(fields)


def _by_names(
    fields: Sequence[str], declared: Sequence[TargetField], examples: Examples, *, is_open: bool
) -> dict[str, Any]:
    """Every field of the file fills one field at most, the surest pair first. An open target takes a field of its own
    name without a rule."""
    pairs = sorted(
        (
            (-sure, place, name)
            for place, field in enumerate(declared)
            for name in fields
            if (sure := likeness(name, wanted_names(field.name, str(field.title))))
        ),
    )
    chosen: dict[str, str] = {}
    for _sure, place, name in pairs:
        target = declared[place].name
        if target not in chosen and name not in chosen.values():
            chosen[target] = name
    specs = {
        field.name: _spec(field, chosen[field.name], examples) for field in declared if field.name in chosen
    }
    return {target: spec for target, spec in specs.items() if not (is_open and spec == target)}


def _spec(field: TargetField, name: str, examples: Examples) -> Any:
    """The field's name alone, or with how its values are written."""
    values = [value for value in examples.get(name, ()) if str(value).strip()]
    if (
        field.kind in ("date", "moment")
        and values
        and all(DAY_FIRST.fullmatch(str(value)) for value in values)
    ):
        return {"field": name, "format": "m/d/y" if _month_first(values) else "d/m/y"}
    if field.kind == "number" and any(DECIMAL_COMMA.fullmatch(str(value)) for value in values):
        return {"field": name, "decimal": ","}
    return name


def _month_first(values: Sequence[str]) -> bool:
    """Only where no other reading is possible."""
    seconds = [int(found[2]) for value in values if (found := DAY_FIRST.fullmatch(str(value)))]
    return max(seconds) > 12
