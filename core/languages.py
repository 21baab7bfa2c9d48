"""Texts kept in two languages: the municipality's own, and English."""

from typing import Any

from django.utils.translation import get_language


def in_reader_language(row: Any, field: str) -> str:
    """`row.<field>`, or `row.<field>_en` when the reader's language is not Greek and it is filled."""
    if (get_language() or "el").startswith("el"):
        return str(getattr(row, field))
    return str(getattr(row, f"{field}_en") or getattr(row, field))
