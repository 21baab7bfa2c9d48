"""Spatial functions, answered in the system of the filter's shapes (see layers/ogcapi/shapes.py)."""

from typing import Any

import shapely
from django.db.models import F
from django.utils.translation import gettext as _
from shapely.errors import ShapelyError
from shapely.geometry import shape as shape_from
from shapely.geometry.base import BaseGeometry

from layers.ogcapi.boxes import parse_box
from layers.ogcapi.errors import BadValue
from layers.ogcapi.filters.errors import FilterTooLarge
from layers.ogcapi.filters.terms import Context, Expression, Shape, truth
from layers.ogcapi.shapes import brought, constant, envelope_expression, rectangle
from layers.ogcapi.sql import Sql

# What touches: both lie in a box of the index.
RELATIONS = {
    "s_intersects": "ST_Intersects",
    "s_equals": "ST_Equals",
    "s_touches": "ST_Touches",
    "s_within": "ST_Within",
    "s_overlaps": "ST_Overlaps",
    "s_crosses": "ST_Crosses",
    "s_contains": "ST_Contains",
}
DISJOINT = "s_disjoint"
WITH_COLLECTIONS = ("s_intersects", DISJOINT)
MOST_VERTICES = 10_000
DEGREES = (180.0, 90.0)


def relation(context: Context, name: str, shapes: list[Shape]) -> Sql:
    """A row that is nowhere stands in no relation."""
    if len(shapes) != 2:
        raise context.wrong(name, _("it takes two geometries"))
    first, second = (_expression(context, one) for one in shapes)
    function = RELATIONS.get(name, "ST_Intersects")
    text = f"{function}({{0}}, {{1}})"
    if name not in WITH_COLLECTIONS:
        _refuse_collections(context, name, shapes)
        kinds = " AND ".join(f"GeometryType({{{n}}}) <> 'GEOMETRYCOLLECTION'" for n in (0, 1))
        text = f"CASE WHEN {kinds} THEN {text} END"
    given = next((one.shape for one in shapes if one.shape is not None), None)
    envelope = None
    if given is not None and any(one.shape is None for one in shapes):
        envelope = envelope_expression(given, context.crs)
    parts: list[Expression] = [first, second]
    if envelope is not None:
        parts += [F(context.geometry), envelope]
        text = f"({{2}} && {{3}} AND {text})"
    return truth(f"(NOT {text})" if name == DISJOINT else text, *parts)


def shape_of(context: Context, value: Any) -> Shape | None:
    """A geometry of GeoJSON or {"bbox": […]} with its axes in the filter's order; None for what is neither."""
    if isinstance(value, dict) and "bbox" in value:
        return Shape(_box(context, value["bbox"]))
    if isinstance(value, dict) and "type" in value and ("coordinates" in value or "geometries" in value):
        return Shape(_geometry(context, value))
    return None


def _box(context: Context, numbers: list[Any]) -> BaseGeometry:
    try:
        rectangles = parse_box(",".join(map(str, numbers)), context.crs, "bbox").rectangles
    except BadValue as error:
        raise context.wrong("bbox", str(error)) from error
    boxes = [rectangle(*sides) for sides in rectangles]
    return boxes[0] if len(boxes) == 1 else shapely.union_all(boxes)


def _geometry(context: Context, value: dict[str, Any]) -> BaseGeometry:
    word = str(value["type"])
    try:
        found = shapely.force_2d(shape_from(value))
    except (ShapelyError, ValueError, TypeError, IndexError, KeyError, AttributeError) as error:
        raise context.wrong(word, _("its coordinates make no geometry")) from error
    if shapely.get_num_coordinates(found) > MOST_VERTICES:
        raise FilterTooLarge(reason=_("a geometry has more than %(most)s vertices") % {"most": MOST_VERTICES})
    if context.crs.is_flipped:
        found = shapely.transform(found, lambda pairs: pairs[:, ::-1])
    if found.is_empty or not found.is_valid:
        raise context.wrong(word, shapely.is_valid_reason(found))
    _refuse_far(context, word, found)
    return found


def _refuse_far(context: Context, word: str, shape: BaseGeometry) -> None:
    west, south, east, north = shape.bounds
    far = max(abs(west), abs(east)) > DEGREES[0] or max(abs(south), abs(north)) > DEGREES[1]
    if context.crs.is_degrees and far:
        raise context.wrong(word, _("longitudes lie between -180 and 180, latitudes between -90 and 90"))


def _refuse_collections(context: Context, name: str, shapes: list[Shape]) -> None:
    if any(isinstance(one.shape, shapely.GeometryCollection) for one in shapes):
        raise context.wrong(name, _("geometry collections can only intersect or be disjoint"))


def _expression(context: Context, one: Shape) -> Expression:
    if one.shape is None:
        return brought(F(context.geometry), context.crs)
    return constant(one.shape, context.crs)
