"""Pages and doors of rasters."""

from layers.rasters.views.clip import clip
from layers.rasters.views.file import file
from layers.rasters.views.legend import legend
from layers.rasters.views.profile import profile
from layers.rasters.views.raster import raster
from layers.rasters.views.tile import tile
from layers.rasters.views.value import value

__all__ = ["clip", "file", "legend", "profile", "raster", "tile", "value"]
