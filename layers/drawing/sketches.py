"""What somebody drew on a map by hand: lines, surfaces, points and notes, on top of everything."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from core.geo import CRS84
from layers.drawing.canvas import ROUND_ENDS, Canvas
from layers.drawing.frames import Frame
from layers.drawing.labels import Places, write_labels
from layers.drawing.paths import area_paths, line_paths, point_places
from layers.styles.looks import Look

LINE_MM, POINT_MM, PALE = 0.7, 1.3, 0.15
NOTE_PIXELS = 13.0


@dataclass(frozen=True)
class Sketch:
    """`geometry` is GeoJSON in degrees."""

    geometry: Mapping[str, Any]
    color: str
    text: str = ""
    is_filled: bool = True


def draw_sketches(canvas: Canvas, sketches: Iterable[Sketch], frame: Frame, places: Places) -> None:
    """Drawn at once, with their words: they come before all other names."""
    notes = []
    for sketch in sketches:
        shape = shapely.from_geojson(json.dumps(dict(sketch.geometry)))
        shapes = frame.draw(np.array([shape], dtype=object), CRS84)
        if sketch.is_filled:
            canvas.fill(area_paths(shapes), sketch.color, PALE)
        canvas.stroke(line_paths(shapes), sketch.color, LINE_MM, ends=ROUND_ENDS)
        points = [(float(x), float(y)) for x, y in point_places(shapes).tolist()]
        canvas.circles(points, POINT_MM, sketch.color)
        canvas.rings(points, POINT_MM, 0.35, "#ffffff", 1.0)
        if sketch.text:
            note = Look(
                "text", color=sketch.color, text=sketch.text, size=NOTE_PIXELS, halo="#ffffff", halo_width=2
            )
            beside = (0.0, -NOTE_PIXELS) if points else (0.0, 0.0)
            notes.append((Look(**{**vars(note), "offset": beside}), shapes, 1.0))
    write_labels(canvas, notes, places)
