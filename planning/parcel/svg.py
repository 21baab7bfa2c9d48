"""Shapes and words as SVG with presentation attributes only: inline styles are refused by the pages' policy."""

from collections.abc import Iterable
from html import escape
from math import atan2, degrees, hypot

from django.contrib.gis.geos import GeometryCollection, GEOSGeometry, LineString, Polygon

from planning.parcel.surroundings import Frame

FONTS = "'Noto Sans Variable', 'Noto Sans Paper', sans-serif"
HALO = "#ffffff"
Point = tuple[float, float]


def element(name: str, inside: str = "", **attributes: object) -> str:
    """`fill_rule` is written fill-rule; attributes that are None are left out."""
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{given}>{inside}</{name}>" if inside else f"<{name}{given}/>"


def number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def path_of(shape: GEOSGeometry, frame: Frame) -> str:
    """The `d` of a path; points have none."""
    return "".join(_line(line, frame) for line in _lines(shape))


def _lines(shape: GEOSGeometry) -> Iterable[LineString]:
    if isinstance(shape, Polygon):
        return list(shape)
    if isinstance(shape, LineString):
        return [shape]
    if isinstance(shape, GeometryCollection):
        return [line for part in shape for line in _lines(part)]
    return []


def _line(line: LineString, frame: Frame) -> str:
    points = [frame.at(point[0], point[1]) for point in line.coords]
    is_ring = len(points) > 3 and line.coords[0] == line.coords[-1]
    steps = " ".join(f"{number(x)},{number(y)}" for x, y in (points[:-1] if is_ring else points))
    return f"M{steps}{'Z' if is_ring else ''}"


def drawn(shape: GEOSGeometry, frame: Frame, **look: object) -> str:
    """A path, in the look that the attributes tell; nothing for what has no lines."""
    d = path_of(shape, frame)
    looks: dict[str, object] = {"d": d, "fill": "none", "stroke_linejoin": "round", **look}
    return element("path", "", **looks) if d else ""


def written(
    text: str, at: Point, size: float, *, turn: float = 0.0, anchor: str = "middle", **look: object
) -> str:
    """Words around a point, on a pale edge so that they are read on any ground; the edge is drawn first, for not all
    that draw SVG know `paint-order`."""
    x, y = at[0], at[1] + size * 0.35
    turned = f"rotate({number(turn)} {number(at[0])} {number(at[1])})" if turn else None
    own = {
        "x": number(x),
        "y": number(y),
        "font_size": number(size),
        "text_anchor": anchor,
        "transform": turned,
    }
    words = escape(text)
    edge = element(
        "text", words, **own, **look, stroke=HALO, stroke_width=number(size * 0.28), stroke_linejoin="round"
    )
    return edge + element("text", words, **own, **look)


def upright(dx: float, dy: float) -> float:
    """Degrees by which words along a line are turned, never upside down."""
    turn = degrees(atan2(dy, dx))
    return turn - 180 if turn > 90 else turn + 180 if turn <= -90 else turn


def along(shape: GEOSGeometry, frame: Frame, millimetres: float) -> tuple[Point, float] | None:
    """Where words of this length have room along the middle of the longest line of a shape, and by how many degrees
    they are turned; None where they have none."""
    metres = millimetres * frame.scale / 1000
    line = max(_lines(shape), key=lambda one: one.length, default=None)
    if line is None or line.length < metres:
        return None
    half = line.length / 2
    ends = [
        frame.at(place.x, place.y) for place in map(line.interpolate, (half - metres / 2, half + metres / 2))
    ]
    (x0, y0), (x1, y1) = ends
    if hypot(x1 - x0, y1 - y0) < 0.96 * millimetres:  # It bends more than words can.
        return None
    return ((x0 + x1) / 2, (y0 + y1) / 2), upright(x1 - x0, y1 - y0)
