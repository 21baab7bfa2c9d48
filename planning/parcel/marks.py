"""What makes a drawing a map: its edge, the grid of the storage CRS, north, and a scale bar."""

from collections.abc import Iterator
from math import floor

from django.utils.formats import number_format

from planning.parcel.surroundings import Frame
from planning.parcel.svg import element, number, written

INK = "#2b2620"
STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000, 2000, 5000, 10_000)
GRID_MM, BAR_MM = 24.0, 18.0


def marks_of(frame: Frame) -> Iterator[str]:
    yield element(
        "rect",
        width=number(frame.width),
        height=number(frame.height),
        fill="none",
        stroke=INK,
        stroke_width=0.4,
    )
    yield from _grid(frame)
    yield from _north(frame)
    yield from _bar(frame)


def _step(frame: Frame, millimetres: float) -> int:
    """The round number of metres nearest below so many millimetres, at least one."""
    metres = millimetres * frame.scale / 1000
    return max((step for step in STEPS if step <= metres), default=1)


def _grid(frame: Frame) -> Iterator[str]:
    """Crosses where round eastings and northings meet; their numbers at the upper and left edge."""
    step = _step(frame, GRID_MM)
    first_x, first_y = (floor(value / step) * step for value in (frame.west, frame.north))
    across = [x for i in range(1, 20) if 0 < (x := frame.at(first_x + i * step, 0)[0]) < frame.width]
    down = [y for i in range(20) if 0 < (y := frame.at(0, first_y - i * step)[1]) < frame.height]
    for x in (x for x in across if x > 5):
        for y in (y for y in down if y > 5):
            yield element(
                "path",
                d=f"M{number(x - 1)},{number(y)}h2M{number(x)},{number(y - 1)}v2",
                stroke=INK,
                stroke_width=0.12,
            )
    for index, x in enumerate(across, start=1):
        if x > 12:
            text = number_format(first_x + index * step, 0, force_grouping=True)
            yield written(text, (x, 2.0), 1.7, fill=INK)
    for y in down:
        northing = round(frame.north - y * frame.scale / 1000)
        if 8 < y < frame.height - 10:
            text = number_format(northing, 0, force_grouping=True)
            yield written(text, (2.0, y), 1.7, turn=-90, fill=INK)


def _north(frame: Frame) -> Iterator[str]:
    x, y = frame.width - 6, 4.0
    yield element("path", d=f"M{number(x)},{number(y)}l2.2,7l-2.2,-1.6z", fill=INK)
    yield element(
        "path", d=f"M{number(x)},{number(y)}l-2.2,7l2.2,-1.6z", fill="#fff", stroke=INK, stroke_width=0.25
    )
    yield written("N", (x, y + 9.2), 2.6, fill=INK, font_weight=700)


def _bar(frame: Frame) -> Iterator[str]:
    metres = _step(frame, BAR_MM)
    length = metres * 1000 / frame.scale
    x, y = 4.0, frame.height - 4.0
    yield element(
        "rect", x=2, y=number(y - 5.2), width=number(length + 15), height=7.2, fill="#fff", fill_opacity=0.85
    )
    half = number(length / 2)
    yield element("rect", x=number(x), y=number(y - 0.6), width=half, height=1.2, fill=INK)
    yield element(
        "rect",
        x=number(x),
        y=number(y - 0.6),
        width=number(length),
        height=1.2,
        fill="none",
        stroke=INK,
        stroke_width=0.2,
    )
    unit = f"{number_format(metres, 0, force_grouping=True)} m"
    yield written(unit, (x + length + 1, y), 2.0, anchor="start", fill=INK)
    yield written(
        f"1:{number_format(frame.scale, 0, force_grouping=True)}",
        (x, y - 2.8),
        2.2,
        anchor="start",
        fill=INK,
        font_weight=700,
    )
