"""Surfaces taken apart."""

from django.contrib.gis.geos import GeometryCollection, GEOSGeometry, Polygon


def polygons_of(shape: GEOSGeometry | None) -> list[Polygon]:
    """Every polygon in a geometry, however deep."""
    if isinstance(shape, Polygon):
        return [shape] if not shape.empty else []
    if isinstance(shape, GeometryCollection):
        return [polygon for part in shape for polygon in polygons_of(part)]
    return []
