"""Which files a feed takes at all."""

from pathlib import Path

from importers.rasters.opening import KINDS
from importers.sources.signatures import signature_of

RASTERS = tuple(extension for kind in KINDS for extension in kind.extensions)


def is_known(name: str) -> bool:
    """Can a file of this name be imported?"""
    return signature_of(Path(name)) is not None or Path(name).suffix.lower() in RASTERS
