"""The pages and answers of the layers room."""

from layers.views.tile import tile

__all__ = ["tile"]
