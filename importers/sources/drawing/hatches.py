"""The boundary of a hatch as an area."""

import math
from collections.abc import Iterator

import shapely
from ezdxf.entities.boundary_paths import ArcEdge, EdgePath, EllipseEdge, LineEdge, PolylinePath, SplineEdge
from ezdxf.entities.hatch import Hatch
from ezdxf.entities.mpolygon import MPolygon
from ezdxf.math import Vec2, Vec3

from importers.sources.drawing.curves import arc, bulged, extent, tolerance, tuples
from importers.sources.drawing.rings import nested

Edge = LineEdge | ArcEdge | EllipseEdge | SplineEdge
LEAST_GAP_SHARE = 1e-6


def hatch(entity: Hatch | MPolygon) -> shapely.Geometry | None:
    """All boundary paths by the even-odd rule; the elevation is kept."""
    to_world = entity.ocs()
    height = float(Vec3(entity.dxf.elevation).z)
    rings = []
    for path in entity.paths:
        found = _rings(path) if isinstance(path, EdgePath) else [_polyline(path)]
        rings += [tuples(to_world.points_to_wcs(Vec3(p.x, p.y, height) for p in ring)) for ring in found]
    return nested(rings)


def _polyline(path: object) -> list[Vec2]:
    if not isinstance(path, PolylinePath):
        return []
    return bulged([(Vec2(x, y), bulge) for x, y, bulge in path.vertices], closed=True)


def _rings(path: EdgePath) -> list[list[Vec2]]:
    """Edges joined end to end, each turned round where that fits better; a gap starts the next ring."""
    pieces = [points for edge in path.edges if len(points := list(_points(edge))) > 1]
    near = extent(point for piece in pieces for point in piece) * LEAST_GAP_SHARE
    rings: list[list[Vec2]] = []
    for index, piece in enumerate(pieces):
        if rings and _joins(rings[-1], piece, near):
            continue
        follower = pieces[index + 1] if index + 1 < len(pieces) else []
        rings.append(_turned(piece, follower, near))
    return rings


def _turned(piece: list[Vec2], follower: list[Vec2], near: float) -> list[Vec2]:
    """The first piece of a ring, its end towards the next piece."""
    ends = (follower[0], follower[-1]) if follower else ()
    if not ends or any(piece[-1].distance(end) <= near for end in ends):
        return piece
    return piece[::-1] if any(piece[0].distance(end) <= near for end in ends) else piece


def _joins(ring: list[Vec2], piece: list[Vec2], near: float) -> bool:
    if ring[0].distance(ring[-1]) <= near:
        return False
    for candidate in (piece, piece[::-1]):
        if ring[-1].distance(candidate[0]) <= near:
            ring.extend(candidate[1:])
            return True
    return False


def _points(edge: object) -> Iterator[Vec2]:
    if isinstance(edge, LineEdge):
        yield from (edge.start, edge.end)
    elif isinstance(edge, ArcEdge):
        yield from _arc(edge)
    elif isinstance(edge, EllipseEdge):
        ellipse = edge.construction_tool()
        size = float(edge.major_axis.magnitude)
        yield from (Vec2(point) for point in ellipse.flattening(tolerance(size), segments=8))
    elif isinstance(edge, SplineEdge):
        spline = edge.construction_tool()
        size = extent(spline.control_points)
        yield from (Vec2(point) for point in spline.flattening(tolerance(size), segments=4))


def _arc(edge: ArcEdge) -> list[Vec2]:
    if edge.radius <= 0:
        return []
    start = math.radians(edge.start_angle)
    sweep = math.radians((edge.end_angle - edge.start_angle) % 360) or math.tau
    return arc(Vec2(edge.center), float(edge.radius), start, sweep)
