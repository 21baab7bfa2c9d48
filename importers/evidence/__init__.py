"""What a check finds out about a file beyond what an import must know, batch by batch, in bounded memory."""

from typing import Any

from importers.geometry import Cleaned
from importers.sources.base import Batch, Source


class Evidence:
    """Gathered while a dry run reads the file."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._rows = 0

    def see(self, batch: Batch, cleaned: Cleaned) -> None:
        """Take note of a batch as it was in the file, and as it would be stored."""
        self._rows += len(batch)

    def as_json(self) -> dict[str, Any]:
        return {"fields": self._source.fields, "rows": self._rows}
