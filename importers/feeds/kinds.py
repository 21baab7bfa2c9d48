"""Which files a feed takes at all."""

from pathlib import Path

from importers.sources.signatures import signature_of

RASTERS = (".tif", ".tiff")


def is_known(name: str) -> bool:
    """Can a file of this name be imported?"""
    return signature_of(Path(name)) is not None or name.lower().endswith(RASTERS)
