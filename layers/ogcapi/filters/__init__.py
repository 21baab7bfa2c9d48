"""CQL2 filters: read by the library cql2, checked and turned into SQL with parameters here."""

from layers.ogcapi.filters.compiler import condition_from
from layers.ogcapi.filters.reading import LANGUAGES

__all__ = ["LANGUAGES", "condition_from"]
