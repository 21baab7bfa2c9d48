"""The pages and answers of the layers room."""

from layers.views.downloads import downloads
from layers.views.export import export
from layers.views.feature import feature
from layers.views.layer import layer
from layers.views.search import search
from layers.views.tile import tile

__all__ = ["downloads", "export", "feature", "layer", "search", "tile"]
