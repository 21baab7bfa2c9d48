"""The properties of a feature or an asset as label and value, in the reader's language."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from core.languages import entry_in_reader_language
from layers.codes.titles import title_of

Fact = tuple[str, str]


def facts_of(properties: Mapping[str, Any], schema: Mapping[str, Any]) -> list[Fact]:
    """What has a value: first the fields of the schema in its order, by their titles, then the rest. A field whose
    schema has `oneOf` [{"const", "title", "title_en"}] shows the title of its value; so does one with `codes`, the slug
    of a code list. Numbers are told with the `unit` of their field."""
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


def label_of(name: str, schema: Mapping[str, Any]) -> str:
    """The title of a field in the reader's language; its name when it has none."""
    return entry_in_reader_language(schema.get("properties", {}).get(name, {}), "title") or name


def told_of(properties: Mapping[str, Any], name: str, schema: Mapping[str, Any]) -> str:
    """One value as the reader writes it, "" where there is none."""
    value = properties.get(name)
    return "" if value in (None, "", []) else _told(value, schema.get("properties", {}).get(name, {}))


def names_of(schema: Mapping[str, Any], *all_properties: Mapping[str, Any]) -> list[str]:
    """The fields of the schema in its order, then the others that occur."""
    fields = schema.get("properties", {})
    return list(dict.fromkeys([*fields, *(name for properties in all_properties for name in properties)]))


def _told(value: Any, field: Mapping[str, Any]) -> str:
    titles = (
        entry_in_reader_language(one, "title") for one in field.get("oneOf", []) if one.get("const") == value
    )
    return next(titles, "") or _coded(value, field) or _dated(value, field) or _with_unit(value, field)


def _coded(value: Any, field: Mapping[str, Any]) -> str:
    """The title of a code, or of each of several; "" for a field without codes."""
    slug = str(field.get("codes") or "")
    if not slug:
        return ""
    values = value if isinstance(value, list) else [value]
    return ", ".join(title_of(slug, one) or _value(one) for one in values)


def _with_unit(value: Any, field: Mapping[str, Any]) -> str:
    unit = str(field.get("unit") or "")
    if not unit or isinstance(value, bool) or not isinstance(value, int | float):
        return _value(value)
    return f"{number_format(value, use_l10n=True, force_grouping=True)}\N{NO-BREAK SPACE}{unit}"


def _dated(value: Any, field: Mapping[str, Any]) -> str:
    """The date as the reader writes it, or "" for what is no date; people type many things into date fields."""
    if field.get("format") != "date" or not isinstance(value, str):
        return ""
    try:
        return date_format(date.fromisoformat(value))
    except ValueError:
        return ""


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float):
        return str(number_format(value, use_l10n=True, force_grouping=True))
    if isinstance(value, list):
        return ", ".join(_value(part) for part in value)
    return str(value)
