"""The pages and answers of the layers room."""

from layers.views.export import export
from layers.views.feature import feature
from layers.views.search import search
from layers.views.tile import tile

__all__ = ["export", "feature", "search", "tile"]
