"""The grid of the storage CRS on a printed map: crosses inside the frame, numbers along its sides."""

import math
from collections.abc import Iterator

from django.conf import settings

from layers.drawing.canvas import Canvas
from layers.drawing.fonts import letters
from layers.drawing.frames import Frame
from layers.drawing.paths import units

INK = "#1f2328"
LEAST_MM = 40.0  # between two lines of the grid, on A4
FRAME_MM, LINE_MM, ARM_MM, TICK_MM, NUMBER_MM = 0.35, 0.13, 2.5, 1.6, 2.1
SPACE = "\u00a0"


def step_of(frame: Frame, enlarged: float) -> float:
    """Metres between two lines: 1, 2 or 5 and noughts."""
    least = LEAST_MM * enlarged * frame.scale / 1000
    power = 10.0 ** math.floor(math.log10(least))
    return next(number * power for number in (1, 2, 5, 10) if number * power >= least * 0.999)


def draw_grid(canvas: Canvas, frame: Frame, enlarged: float) -> None:
    """Crosses, ticks and numbers, counted from the frame's lower left corner."""
    step = step_of(frame, enlarged)
    west, south, east, north = frame.bounds
    columns = list(_lines(west, east, step, frame.width))
    rows = list(_lines(south, north, step, frame.height))
    arm, tick = ARM_MM * enlarged, TICK_MM * enlarged
    crosses = [
        f"{_line(x - arm, y, x + arm, y)} {_line(x, y - arm, x, y + arm)}"
        for x, _east in columns
        for y, _north in rows
    ]
    canvas.begin_box(0, 0, frame.width, frame.height)
    canvas.stroke([" ".join(crosses)], INK, LINE_MM * enlarged)
    canvas.end_clip()
    ticks = [_line(x, y, x, y + sign * tick) for x, _e in columns for y, sign in ((0, -1), (frame.height, 1))]
    ticks += [_line(x, y, x + sign * tick, y) for y, _n in rows for x, sign in ((0, -1), (frame.width, 1))]
    canvas.stroke([" ".join(ticks)], INK, LINE_MM * enlarged * 1.4)
    for x, number in columns:
        _number(canvas, number, (x, -tick - 0.4 * enlarged), enlarged, below=True)
        _number(canvas, number, (x, frame.height + tick + 0.4 * enlarged), enlarged)
    for y, number in rows:
        _number(canvas, number, (-tick - 0.4 * enlarged, y), enlarged, turn=90)
        _number(canvas, number, (frame.width + tick + 0.4 * enlarged, y), enlarged, turn=90, below=True)


def draw_neat_line(canvas: Canvas, frame: Frame, enlarged: float) -> None:
    box = f"0 0 {units(frame.width)} {units(frame.height)} re"
    canvas.stroke([box], INK, FRAME_MM * enlarged)


def is_on_grid(frame: Frame) -> bool:
    return frame.srid == settings.STORAGE_SRID


def _lines(low: float, high: float, step: float, length: float) -> Iterator[tuple[float, float]]:
    """Where on the paper, and which coordinate."""
    for number in range(math.ceil(low / step), math.floor(high / step) + 1):
        yield (number * step - low) / (high - low) * length, number * step


def _line(ax: float, ay: float, bx: float, by: float) -> str:
    return f"{units(ax)} {units(ay)} m {units(bx)} {units(by)} l"


def _number(
    canvas: Canvas,
    number: float,
    place: tuple[float, float],
    enlarged: float,
    *,
    turn: float = 0.0,
    below: bool = False,
) -> None:
    """Written across the line of the grid, about its end."""
    text, size = f"{number:,.0f}".replace(",", SPACE), NUMBER_MM * enlarged
    half = letters().width(text) * size / 2
    x, y = place
    drop = 0.72 * size if below else 0.0
    begin = (x - half, y - drop) if not turn else (x + drop, y - half)
    canvas.write(text, begin, size, color=INK, turn=turn)
