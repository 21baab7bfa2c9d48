"""Finds entries of the catalogue by what people type."""

from collections.abc import Sequence

from django.db import connection

from core.statements import statement
from planning.catalogue.entries import Entry

LONGEST = 120


def found(entries: Sequence[Entry], typed: str) -> list[Entry]:
    """Those that hold every typed word in what is told of them; all where nothing is typed."""
    words = [word for word in typed[:LONGEST].split() if any(map(str.isalnum, word))]
    if not words:
        return list(entries)
    texts = [entry.told for entry in entries]
    with connection.cursor() as cursor:
        cursor.execute(statement("planning", "catalogue_found"), {"texts": texts, "words": words})
        return [entries[number - 1] for (number,) in cursor.fetchall()]
