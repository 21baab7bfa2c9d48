"""Texts kept in two languages: the municipality's own, and English."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import get_language


def in_reader_language(row: Any, field: str) -> str:
    """`row.<field>`, or `row.<field>_en` when the reader's language is not Greek and it is filled."""
    if (get_language() or "el").startswith("el"):
        return str(getattr(row, field))
    return str(getattr(row, f"{field}_en") or getattr(row, field))


def entry_in_reader_language(entry: Mapping[str, Any], name: str) -> str:
    """The same for an entry of a JSON list or schema: `entry[name]`, or `entry[name + "_en"]`; "" when neither."""
    own, english = str(entry.get(name) or ""), str(entry.get(f"{name}_en") or "")
    return own if (get_language() or "el").startswith("el") else english or own
