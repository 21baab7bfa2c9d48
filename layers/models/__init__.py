"""The layer catalogue, its features in time, looks and code lists, places for the search, and rasters."""

from layers.models.catalogue import GeometryKind, Layer, Theme, Visibility
from layers.models.codes import Code, CodeList
from layers.models.features import Feature, Revision
from layers.models.overviews import Overview, OverviewShape
from layers.models.places import NOT_A_DOOR, Place, PlaceKind
from layers.models.rasters import Raster
from layers.models.styles import LayerStyle

__all__ = [
    "NOT_A_DOOR",
    "Code",
    "CodeList",
    "Feature",
    "GeometryKind",
    "Layer",
    "LayerStyle",
    "Overview",
    "OverviewShape",
    "Place",
    "PlaceKind",
    "Raster",
    "Revision",
    "Theme",
    "Visibility",
]
