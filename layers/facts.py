"""The properties of a feature or an asset as label and value, in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from core.languages import entry_in_reader_language

Fact = tuple[str, str]


def facts_of(properties: Mapping[str, Any], schema: Mapping[str, Any]) -> list[Fact]:
    """What has a value: first the fields of the schema in its order, by their titles, then the rest. A field whose
    schema has `oneOf` [{"const", "title", "title_en"}] shows the title of its value."""
    fields: Mapping[str, Mapping[str, Any]] = schema.get("properties", {})
    names = [*fields, *(name for name in properties if name not in fields)]
    return [
        (
            entry_in_reader_language(fields.get(name, {}), "title") or name,
            _told(properties[name], fields.get(name, {})),
        )
        for name in names
        if properties.get(name) not in (None, "", [])
    ]


def _told(value: Any, field: Mapping[str, Any]) -> str:
    titles = (
        entry_in_reader_language(one, "title") for one in field.get("oneOf", []) if one.get("const") == value
    )
    return next(titles, "") or _value(value)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return str(number_format(value, use_l10n=True))
    if isinstance(value, list):
        return ", ".join(_value(part) for part in value)
    return str(value)
