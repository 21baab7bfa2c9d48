"""One entity of a drawing as one geometry, from object to world coordinates."""

from collections.abc import Callable, Iterable
from typing import Any

import shapely
from ezdxf.math import OCS, Vec2, Vec3

from importers.sources.drawing.curves import Point, bulged, extent, tolerance, tuples
from importers.sources.drawing.hatches import hatch
from importers.sources.drawing.rings import line, polygon

Shape = shapely.Geometry | None
# ezdxf declares few of the attributes of its entities.
Entity = Any


def shape_of(entity: Entity) -> Shape:
    """The geometry, Z kept; None where the entity has none that can be drawn. Raises KeyError for other kinds."""
    return SHAPES[entity.dxftype()](entity)


def is_known(entity: Entity) -> bool:
    return entity.dxftype() in SHAPES


def _point(entity: Entity) -> Shape:
    return shapely.Point(tuples([Vec3(entity.dxf.location)])[0])


def _line(entity: Entity) -> Shape:
    return line(tuples([Vec3(entity.dxf.start), Vec3(entity.dxf.end)]))


def _curve(points: Iterable[Vec3], size: float) -> Shape:
    """A line, or an area where the curve comes back to its start."""
    flat = list(points)
    closed = len(flat) > 3 and flat[0].distance(flat[-1]) <= size * 1e-9
    return polygon(tuples(flat)) if closed else line(tuples(flat))


def _circle(entity: Entity) -> Shape:
    size = abs(float(entity.dxf.radius))
    return _curve(entity.flattening(tolerance(size)), size)


def _ellipse(entity: Entity) -> Shape:
    size = float(Vec3(entity.dxf.major_axis).magnitude)
    return _curve(entity.flattening(tolerance(size), segments=8), size)


def _spline(entity: Entity) -> Shape:
    spline = entity.construction_tool()
    size = extent(spline.control_points)
    return _curve(spline.flattening(tolerance(size), segments=4), size)


def _light_polyline(entity: Entity) -> Shape:
    points = [(Vec2(x, y), bulge) for x, y, bulge in entity.get_points("xyb")]
    return _flat_polyline(points, entity.is_closed, float(entity.dxf.elevation), entity.ocs())


def _polyline(entity: Entity) -> Shape:
    if entity.is_polygon_mesh or entity.is_poly_face_mesh:
        return _faces(entity)
    # The frame of a smoothed polyline (flag 16) is not drawn.
    vertices = [vertex for vertex in entity.vertices if not vertex.dxf.flags & 16]
    places = [Vec3(vertex.dxf.location) for vertex in vertices]
    if entity.is_3d_polyline:
        return _closed_or_open(tuples(places), entity.is_closed)
    points = [(Vec2(place), float(vertex.dxf.bulge)) for place, vertex in zip(places, vertices, strict=True)]
    return _flat_polyline(points, entity.is_closed, float(Vec3(entity.dxf.elevation).z), entity.ocs())


def _flat_polyline(points: list[tuple[Vec2, float]], closed: bool, height: float, to_world: OCS) -> Shape:
    flat = bulged(points, closed=closed)
    world = to_world.points_to_wcs(Vec3(point.x, point.y, height) for point in flat)
    return _closed_or_open(tuples(world), closed)


def _closed_or_open(points: list[Point], closed: bool) -> Shape:
    """An area where the entity is closed, or ends where it began."""
    if closed or (len(points) > 3 and points[0] == points[-1]):
        return polygon(points) or line(points)
    return line(points)


def _faces(entity: Entity) -> Shape:
    """A mesh as the areas of its faces."""
    areas = [_face(face) for face in entity.virtual_entities()]
    known = [area for area in areas if area is not None]
    return shapely.MultiPolygon(known) if known else None


def _face(entity: Entity) -> shapely.Polygon | None:
    """Three or four corners; two that fall together, as some programs write them, are one."""
    if not entity.dxf.hasattr("vtx3"):
        entity.dxf.vtx3 = entity.dxf.vtx2
    return polygon(tuples(_without_repeats(entity.wcs_vertices())))


def _without_repeats(points: Iterable[Vec3]) -> list[Vec3]:
    kept: list[Vec3] = []
    for point in points:
        if not kept or not point.isclose(kept[-1]):
            kept.append(point)
    return kept


def _text(entity: Entity) -> Shape:
    """The point a text hangs on: where it is aligned, that is the second of its points."""
    _, place, _ = entity.get_placement()
    return shapely.Point(tuples([entity.ocs().to_wcs(Vec3(place))])[0])


def _long_text(entity: Entity) -> Shape:
    return shapely.Point(tuples([Vec3(entity.dxf.insert)])[0])


SHAPES: dict[str, Callable[[Entity], Shape]] = {
    "POINT": _point,
    "LINE": _line,
    "LWPOLYLINE": _light_polyline,
    "POLYLINE": _polyline,
    "CIRCLE": _circle,
    "ARC": _circle,
    "ELLIPSE": _ellipse,
    "SPLINE": _spline,
    "HELIX": _spline,
    "HATCH": hatch,
    "MPOLYGON": hatch,
    "SOLID": _face,
    "TRACE": _face,
    "3DFACE": _face,
    "TEXT": _text,
    "ATTRIB": _text,
    "ATTDEF": _text,
    "MTEXT": _long_text,
}
