"""The map of a sheet: the frame at its scale, filled and bordered, as one page of PDF."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from core.geo import LonLat, to_storage
from layers.drawing.canvas import Canvas
from layers.drawing.documents import page_of
from layers.drawing.frames import MM_PER_PIXEL, Frame
from layers.drawing.maps import LAND, Order, Report, draw_map
from municipality.models import Area
from planning.maps.content import MapContent
from planning.printing.chosen import Chosen
from planning.printing.grid import draw_grid, draw_neat_line
from planning.printing.order import LEAST_SCALE, SCALES, PrintOrder

EARTH_METRES_PER_PIXEL = 78_271.51696402048  # at zoom 0 on the equator, tiles of 512 pixels
Listen = Callable[[float], None]


@dataclass(frozen=True)
class DrawnMap:
    """`content` is a page that is larger than the frame by `strip` millimetres on every side, for the numerals."""

    frame: Frame
    strip: float
    content: bytes
    report: Report


def frame_of(content: MapContent, order: PrintOrder) -> Frame:
    """The ground in the middle of the map, at the scale that is asked for, else the next round one that shows what the
    screen does; the municipality where the map says no place."""
    box = order.paper.map
    home = Area.objects.only("boundary").home() if content.center is None else None
    if content.center is not None:
        middle = LonLat(*content.center).to_storage()
        scale = order.scale or round_scale(_scale_of(content))
        x, y = middle.x, middle.y
    elif home is not None:
        west, south, east, north = to_storage(home.boundary).extent
        x, y = (west + east) / 2, (south + north) / 2
        fitting = max((east - west) / box.width, (north - south) / box.height) * 1000
        scale = order.scale or round_scale(fitting)
    else:
        middle = LonLat(23.73, 37.98).to_storage()
        x, y, scale = middle.x, middle.y, order.scale or SCALES[-1]
    return Frame.around(x, y, scale=scale, width=box.width, height=box.height)


def round_scale(scale: float) -> float:
    """The next scale that people use, or two digits and noughts beyond them."""
    for known in SCALES:
        if known >= scale * 0.98:
            return float(known)
    power = 10.0 ** (math.floor(math.log10(scale)) - 1)
    return math.ceil(scale / power) * power


def _scale_of(content: MapContent) -> float:
    """Of the screen, a CSS pixel being a 96th of an inch."""
    latitude = content.center[1] if content.center else 38.0
    metres = EARTH_METRES_PER_PIXEL * math.cos(math.radians(latitude)) / 2**content.zoom
    return max(metres * 1000 / MM_PER_PIXEL, LEAST_SCALE)


def drawn_map(
    chosen: Chosen, frame: Frame, order: PrintOrder, language: str, listen: Listen | None = None
) -> DrawnMap:
    """Raises TooMuchToDraw, TooCostly."""
    enlarged, strip = order.paper.enlarged, order.paper.numerals
    canvas = Canvas(frame.width + 2 * strip, frame.height + 2 * strip)
    canvas.begin_at(strip, strip)
    asked = Order(
        frame,
        chosen.layers,
        chosen.base,
        language,
        LAND if chosen.base else "#ffffff",
        chosen.sketches,
        listen=listen,
    )
    report = draw_map(canvas, asked)
    if order.has_grid:
        draw_grid(canvas, frame, enlarged)
    draw_neat_line(canvas, frame, enlarged)
    canvas.end_clip()
    return DrawnMap(frame, strip, page_of(canvas), report)
