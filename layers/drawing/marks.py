"""Features by look: each fragment of a style asked once for every different feature, and what looks alike drawn
together."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from layers.drawing.canvas import FLAT_ENDS, ROUND_ENDS, Canvas
from layers.drawing.frames import MM_PER_PIXEL
from layers.drawing.hatches import draw_hatch
from layers.drawing.icons import draw_icon
from layers.drawing.paths import area_paths, line_paths
from layers.drawing.reading import Seen
from layers.exports.systems import Shapes
from layers.style_properties import style_properties
from layers.styles.looks import Look, Looks

FLAT = ("fill", "line")
LARGE_MM, FAINT = 1.0, 0.3
Groups = dict[Look, list[int]]


def looks_in(seen: Seen, fragment: Mapping[str, Any], zoom: float, language: str) -> Groups:
    """The looks that this fragment gives, each with the numbers of the features that have it."""
    looks = Looks([dict(fragment)], language)
    names = style_properties([dict(fragment)])
    known: dict[Any, Look | None] = {}
    groups: Groups = {}
    for number, (facts, kind) in enumerate(zip(seen.properties, seen.kinds, strict=True)):
        key = (kind, *(repr(facts.get(name)) if name in facts else None for name in names))
        if key not in known:
            known[key] = next(iter(looks.of(facts, kind, zoom)), None)
        look = known[key]
        if look is not None:
            groups.setdefault(look, []).append(number)
    return groups


def is_flat(fragment: Mapping[str, Any]) -> bool:
    return fragment.get("type") in FLAT


def draw_flat(canvas: Canvas, seen: Seen, groups: Groups, opacity: float, ends: int) -> None:
    """Fills, hatches and lines."""
    for look, numbers in groups.items():
        shapes = seen.shapes[numbers]
        if look.kind == "fill":
            _draw_fill(canvas, look, shapes, opacity)
        elif look.kind == "line":
            canvas.stroke(
                line_paths(shapes),
                look.color,
                look.width * MM_PER_PIXEL,
                opacity=look.opacity * opacity,
                dash=look.dash,
                ends=FLAT_ENDS if look.dash else ends,
            )


def line_ends(fragment: Mapping[str, Any]) -> int:
    return ROUND_ENDS if (fragment.get("layout") or {}).get("line-cap") == "round" else FLAT_ENDS


def draw_raised(canvas: Canvas, seen: Seen, groups: Groups, opacity: float) -> None:
    """Circles and icons; texts are placed later, when all are known."""
    for look, numbers in groups.items():
        places = places_of(seen.shapes[numbers])
        if look.kind == "circle":
            radius = look.radius * MM_PER_PIXEL
            canvas.circles(places, radius, look.color, look.opacity * opacity)
            if look.outline:
                width = look.width * MM_PER_PIXEL
                ring = radius + width / 2
                canvas.rings(places, ring, width, look.outline, look.outline_opacity * opacity)
        elif look.icon:
            draw_icon(canvas, look.icon, places, look.icon_size, opacity)


def covered_by(seen: Seen, groups: Groups) -> list[tuple[float, float, float, float]]:
    """The boxes of signs that are too large for a name to lie on."""
    boxes = []
    for look, numbers in groups.items():
        radius = look.radius * MM_PER_PIXEL
        if look.kind == "circle" and radius >= LARGE_MM and look.opacity > FAINT:
            boxes += [
                (x - radius, y - radius, x + radius, y + radius) for x, y in places_of(seen.shapes[numbers])
            ]
    return boxes


def places_of(shapes: Shapes) -> list[tuple[float, float]]:
    """One point for each shape: itself, else the middle where that lies inside, else a point inside."""
    middles = shapely.centroid(shapes)
    inside = shapely.intersects(shapes, middles)
    points = np.where(inside, middles, shapely.point_on_surface(shapes))
    points = points[~shapely.is_empty(points)]
    return [(float(x), float(y)) for x, y in shapely.get_coordinates(points).tolist()]


def _draw_fill(canvas: Canvas, look: Look, shapes: Shapes, opacity: float) -> None:
    paths = list(area_paths(shapes))
    if look.hatch is not None:
        draw_hatch(canvas, paths, look.hatch, look.opacity * opacity)
        return
    canvas.fill(paths, look.color, look.opacity * opacity)
    if look.outline:
        canvas.stroke(paths, look.outline, MM_PER_PIXEL, opacity=look.outline_opacity * opacity)


def texts(groups: Groups, seen: Seen) -> Iterator[tuple[Look, Shapes]]:
    for look, numbers in groups.items():
        if look.kind == "text" and look.text.strip():
            yield look, seen.shapes[numbers]


def ordered(fragments: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Labels of the base map: what appears at deeper zooms lies lower and gives way."""
    return sorted(fragments, key=lambda one: -float(one.get("minzoom", 0)))
