"""Where rows are asked for, pixels are refused with what to do instead."""

from pathlib import Path

from importers.errors import IsARaster
from importers.sources.base import ReadOptions, Source


def refuse_raster(path: Path, options: ReadOptions) -> Source:
    """Raise IsARaster."""
    raise IsARaster(file=path.name)
