"""Rasters in: which are opened at all, what they must not claim, and how they become cloud-optimised GeoTIFFs."""

from importers.rasters.cog import write_cog
from importers.rasters.facts import Facts, facts_of
from importers.rasters.opening import known_raster_extensions, opened

__all__ = ["Facts", "facts_of", "known_raster_extensions", "opened", "write_cog"]
