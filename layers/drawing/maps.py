"""A map on a canvas: the base map, calmed, the layers in their order, names where there is room, drawings on top.

Everything outside the browser that shows a map is drawn here, in the order of the planner's map.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely

from layers.drawing import marks
from layers.drawing.canvas import Canvas
from layers.drawing.frames import Frame
from layers.drawing.labels import Box, Places, write_labels
from layers.drawing.paths import units
from layers.drawing.pictured import DrawnRaster
from layers.drawing.reading import MOST_FEATURES, NOTHING, DrawnLayer, Seen, read
from layers.drawing.sketches import Sketch, draw_sketches
from layers.exports.systems import Shapes
from layers.sources import FeatureSource
from layers.styles.looks import Look

LAND = "#f4efe6"
VEIL = 0.35  # How much of the base map's colour is taken away where layers lie on it.


@dataclass(frozen=True)
class Order:
    """What to draw. `base` are the sources of the base map, `layers` what lies on it, the undermost first; `language`
    is that of the names. `background` blank leaves the paper as it is. `most` features of one layer at the most;
    `listen` hears which share is drawn."""

    frame: Frame
    layers: Sequence[DrawnLayer | DrawnRaster]
    base: Sequence[FeatureSource] = ()
    language: str = "el"
    background: str = LAND
    sketches: Sequence[Sketch] = ()
    most: int = MOST_FEATURES
    listen: Callable[[float], None] | None = None


@dataclass
class Report:
    """What was drawn, by slug: the looks of each layer without its words, and how many features."""

    looks: dict[str, list[Look]] = field(default_factory=dict)
    features: dict[str, int] = field(default_factory=dict)
    labels: int = 0


@dataclass
class _Work:
    order: Order
    canvas: Canvas
    report: Report
    names: list[tuple[Look, Shapes, float]] = field(default_factory=list)
    covered: list[Box] = field(default_factory=list)

    def groups(self, layer: DrawnLayer, seen: Seen, fragment: object) -> marks.Groups:
        found = marks.looks_in(seen, fragment, self.order.frame.zoom, self.order.language)  # type: ignore[arg-type]
        looks = self.report.looks.setdefault(layer.source.slug, [])
        told = (look for look in found if look.kind != "text" or look.icon)
        looks.extend(look for look in told if _is_seen(look, seen, found[look], self.order.frame))
        return found


def _is_seen(look: Look, seen: Seen, numbers: list[int], frame: Frame) -> bool:
    """Whether any mark of the look lies in the frame: of a surface's line, the line and not what it goes around."""
    inside = [number for number in numbers if seen.in_frame[number]]
    if look.kind != "line" or not inside:
        return bool(inside)
    shapes = seen.shapes[inside]
    lines = np.where(shapely.get_dimensions(shapes) == 2, shapely.boundary(shapes), shapes)
    return bool(shapely.intersects(lines, shapely.box(0, 0, frame.width, frame.height)).any())


def draw_map(canvas: Canvas, order: Order) -> Report:
    """Draw on a canvas whose lower left corner is the frame's. Raises TooMuchToDraw, TooCostly."""
    work = _Work(order, canvas, Report())
    frame = order.frame
    canvas.begin_box(0, 0, frame.width, frame.height)
    if order.background:
        _cover(canvas, frame, order.background, 1.0)
    base = [DrawnLayer.of(source) for source in order.base]
    parts = len(base) + len(order.layers)
    seen_base = [_flat(work, layer, number / parts) for number, layer in enumerate(base)]
    if base and order.layers:
        _cover(canvas, frame, "#ffffff", VEIL)
    seen = [_flat(work, layer, (len(base) + at) / parts) for at, layer in enumerate(order.layers)]
    _base_names(work, list(zip(base, seen_base, strict=True)))
    for layer, features in zip(order.layers, seen, strict=True):
        if isinstance(layer, DrawnLayer):
            _raised(work, layer, features)
    places = Places(frame.width, frame.height)
    draw_sketches(canvas, order.sketches, frame, places)
    places.block(work.covered)
    work.report.labels = write_labels(canvas, reversed(work.names), places)
    canvas.end_clip()
    return work.report


def _cover(canvas: Canvas, frame: Frame, color: str, opacity: float) -> None:
    canvas.fill([f"0 0 {units(frame.width)} {units(frame.height)} re"], color, opacity)


def _flat(work: _Work, layer: DrawnLayer | DrawnRaster, share: float) -> Seen:
    """Read a layer and draw what of it lies on the ground."""
    order = work.order
    if order.listen is not None:
        order.listen(share)
    if isinstance(layer, DrawnRaster):
        work.report.features[layer.slug] = int(layer.draw(work.canvas, order.frame))
        return NOTHING
    seen = read(layer, order.frame, order.most)
    work.report.features[layer.source.slug] = int(seen.in_frame.sum())
    for fragment in layer.fragments(order.frame.zoom):
        if marks.is_flat(fragment):
            groups = work.groups(layer, seen, fragment)
            marks.draw_flat(work.canvas, seen, groups, layer.opacity, marks.line_ends(fragment))
    return seen


def _base_names(work: _Work, layers: Sequence[tuple[DrawnLayer, Seen]]) -> None:
    zoom = work.order.frame.zoom
    listed = [
        (fragment, layer, seen)
        for layer, seen in layers
        for fragment in layer.fragments(zoom)
        if not marks.is_flat(fragment)
    ]
    for fragment, layer, seen in sorted(listed, key=lambda one: -float(one[0].get("minzoom", 0))):
        _raise(work, layer, seen, fragment)


def _raised(work: _Work, layer: DrawnLayer, seen: Seen) -> None:
    for fragment in layer.fragments(work.order.frame.zoom):
        if not marks.is_flat(fragment):
            _raise(work, layer, seen, fragment)


def _raise(work: _Work, layer: DrawnLayer, seen: Seen, fragment: object) -> None:
    groups = work.groups(layer, seen, fragment)
    marks.draw_raised(work.canvas, seen, groups, layer.opacity)
    work.covered.extend(marks.covered_by(seen, groups))
    work.names.extend((look, shapes, layer.opacity) for look, shapes in marks.texts(groups, seen))
