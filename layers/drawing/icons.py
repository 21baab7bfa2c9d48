"""Icons as lines: the outline set of the portal, alone or in the pins of issues, as gisportal/static/map/icons.js."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from defusedxml.ElementTree import ParseError, parse
from django.conf import settings

from layers.drawing.canvas import ROUND_ENDS, Canvas, Point
from layers.drawing.frames import MM_PER_PIXEL
from layers.drawing.paths import circle_path, units

NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
BOX = 24  # The set is drawn in a square of so many steps, y downwards, in lines of two steps.
INK = "#3d382f"
PINS = {"open": "#f2a900", "progress": "#1d70d1", "fixed": "#00813f", "rejected": "#6b7680"}
OVERDUE = "#b60202"
DARK_ON_OPEN = "#2b1c00"
PIN_RADIUS, PIN_HEIGHT = 13.0, 21.0  # CSS pixels; the height of its middle above the tip.
Step = tuple[str, tuple[Point, ...]]


def draw_icon(
    canvas: Canvas, name: str, places: list[Point], size: float = 1.0, opacity: float = 1.0
) -> None:
    """`name` as a style says it (`white:bulb`, `icon:bulb`, `pin:open:bulb:overdue`); a ring of counts is no icon here.
    `size` as MapLibre's icon-size."""
    kind, *rest = name.split(":")
    if kind == "pin" and len(rest) >= 2:
        for place in places:
            _draw_pin(canvas, rest, place, size, opacity)
    elif kind in ("white", "icon") and rest:
        color = "#ffffff" if kind == "white" else INK
        _draw_outline(canvas, rest[0], places, 20 * size * MM_PER_PIXEL, color, opacity)


def pin_color(name: str) -> str:
    """Of an icon that is a pin; blank for others."""
    kind, *rest = name.split(":")
    return PINS.get(rest[0], PINS["open"]) if kind == "pin" and rest else ""


def _draw_pin(canvas: Canvas, parts: list[str], tip: Point, size: float, opacity: float) -> None:
    look, icon, *more = parts
    step = size * MM_PER_PIXEL
    x, y = tip[0], tip[1] + PIN_HEIGHT * step
    edge = OVERDUE if more == ["overdue"] else "#ffffff"
    radius = PIN_RADIUS * step
    corners = [(x - 0.5 * radius, y - 0.8 * radius), tip, (x + 0.5 * radius, y - 0.8 * radius)]
    words = [f"{units(px)} {units(py)} {'m' if at == 0 else 'l'}" for at, (px, py) in enumerate(corners)]
    paths = [f"{' '.join(words)} h", circle_path(x, y, radius)]
    color = PINS.get(look, PINS["open"])
    canvas.stroke(paths, edge, 4 * step, opacity=opacity)
    canvas.fill(paths, color, opacity)
    ink = DARK_ON_OPEN if color == PINS["open"] else "#ffffff"
    _draw_outline(canvas, icon, [(x, y)], 17 * step, ink, opacity)


def _draw_outline(
    canvas: Canvas, name: str, middles: list[Point], width: float, color: str, opacity: float
) -> None:
    step = width / BOX
    for x, y in middles:
        path = " ".join(
            " ".join(
                [*(f"{units(x + (px - 12) * step)} {units(y + (12 - py) * step)}" for px, py in at), word]
            )
            for word, at in outline(name)
        )
        canvas.stroke([path], color, 2 * step, opacity=opacity, ends=ROUND_ENDS)


@lru_cache(maxsize=256)
def outline(name: str) -> tuple[Step, ...]:
    """The lines of an icon as steps of PDF; those of a pin for a name that the set does not have."""
    folder: Path = settings.NODE_MODULES / "@tabler" / "icons" / "icons" / "outline"
    known = NAME.fullmatch(name) and (folder / f"{name}.svg").is_file()
    return tuple(_steps(folder / f"{name if known else 'map-pin'}.svg"))


def _steps(file: Path) -> list[Step]:
    from fontTools.pens.recordingPen import RecordingPen
    from fontTools.svgLib.path import parse_path

    pen = RecordingPen()
    try:
        tree = parse(file)
    except (ParseError, OSError):
        return []
    for path in tree.iter("{http://www.w3.org/2000/svg}path"):
        if path.get("stroke") != "none":
            parse_path(path.get("d", ""), pen)
    return [step for name, points in pen.value for step in _step(name, points)]


def _step(name: str, points: Any) -> list[Step]:
    words = {"moveTo": "m", "lineTo": "l", "curveTo": "c", "closePath": "h"}
    if name == "qCurveTo":
        return [("l", (points[-1],))]
    return [(words[name], tuple(points))] if name in words else []
