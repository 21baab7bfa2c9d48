"""The search of the map: places by name, coordinates, cadastral codes, and what other rooms find by its code."""

from layers.search.all import search
from layers.search.hits import Hit

__all__ = ["Hit", "search"]
