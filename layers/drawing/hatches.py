"""Hatched surfaces as lines or dots inside them, counted from the corner of the paper, so that neighbours fit."""

import math
from collections.abc import Iterator, Sequence

from layers.drawing.canvas import Canvas, Point
from layers.drawing.frames import MM_PER_PIXEL
from layers.drawing.paths import turned, units
from layers.styles.hatch import Hatch

TURNS = {
    "horizontal": (0,),
    "vertical": (90,),
    "diagonal": (45,),
    "back-diagonal": (-45,),
    "cross": (45, -45),
}


def draw_hatch(canvas: Canvas, paths: Sequence[str], hatch: Hatch, opacity: float) -> None:
    """`paths` are the surfaces; the lines are everywhere on the canvas and seen inside them."""
    for path in paths:
        canvas.begin_clip([path])
        if hatch.kind == "dots":
            canvas.circles(
                _dots(canvas, _spacing(hatch)), hatch.width * MM_PER_PIXEL * 0.9, hatch.color, opacity
            )
        else:
            lines = [" ".join(_lines(canvas, hatch, turn)) for turn in TURNS[hatch.kind]]
            canvas.stroke(lines, hatch.color, hatch.width * MM_PER_PIXEL, opacity=opacity)
        canvas.end_clip()


def _spacing(hatch: Hatch) -> float:
    return hatch.spacing * MM_PER_PIXEL


def _lines(canvas: Canvas, hatch: Hatch, turn: float) -> Iterator[str]:
    """Parallels that cover the canvas, turned about its corner."""
    spacing, reach = _spacing(hatch), math.hypot(canvas.width, canvas.height)
    along, across = turned(1, 0, turn), turned(0, 1, turn)
    corners = [(x, y) for x in (0, canvas.width) for y in (0, canvas.height)]
    heights = [x * across[0] + y * across[1] for x, y in corners]
    for number in range(math.floor(min(heights) / spacing), math.ceil(max(heights) / spacing) + 1):
        x, y = across[0] * number * spacing, across[1] * number * spacing
        start = (x - along[0] * reach, y - along[1] * reach)
        end = (x + along[0] * reach, y + along[1] * reach)
        yield f"{units(start[0])} {units(start[1])} m {units(end[0])} {units(end[1])} l"


def _dots(canvas: Canvas, spacing: float) -> Iterator[Point]:
    for row in range(math.ceil(canvas.height / spacing) + 1):
        for column in range(math.ceil(canvas.width / spacing) + 1):
            yield column * spacing, row * spacing
