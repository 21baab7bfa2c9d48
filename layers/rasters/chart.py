"""A profile as the shapes of a chart: what a template needs to draw it, in the units of an SVG."""

import math
from dataclasses import dataclass

from layers.rasters.legend import with_unit
from layers.rasters.profile import Profile

WIDTH, HEIGHT = 640, 260
LEFT, RIGHT, TOP, BOTTOM = 84, 16, 16, 34
MOST_TICKS = 6


@dataclass(frozen=True)
class Tick:
    """`at` as SVG writes numbers, whatever the reader's language."""

    at: str
    label: str
    anchor: str = "middle"


@dataclass(frozen=True)
class Chart:
    """`lines` and `areas` are SVG paths, one for every stretch that has values."""

    lines: tuple[str, ...]
    areas: tuple[str, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM
    label_right: int = LEFT - 8
    label_below: int = HEIGHT - BOTTOM + 20


def chart_of(profile: Profile) -> Chart:
    low, high = _span(profile)
    steps = _steps(low, high, MOST_TICKS)
    low, high = min(low, steps[0]), max(high, steps[-1])
    length = profile.length_metres

    def x(metres: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * metres / length, 1)

    def y(value: float) -> float:
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (value - low) / (high - low), 1)

    stretches = [
        [(x(metres), y(value)) for metres, value in stretch]
        for stretch in _stretches(profile)
        if len(stretch) > 1
    ]
    ground = HEIGHT - BOTTOM
    return Chart(
        lines=tuple(_path(stretch) for stretch in stretches),
        areas=tuple(f"{_path(one)}V{ground}H{one[0][0]}Z" for one in stretches),
        across=tuple(_across(x(metres), metres, length) for metres in _steps(0, length, MOST_TICKS)),
        up=tuple(Tick(f"{y(value):g}", with_unit(value, profile.raster.unit)) for value in steps),
    )


def _span(profile: Profile) -> tuple[float, float]:
    """A flat line lies in the middle; small differences are not blown up beyond what the ground is."""
    low, high = profile.low, profile.high
    if low is None or high is None:
        return 0.0, 1.0
    missing = max(0.0, profile.length_metres / 200 - (high - low), 1e-6 - (high - low))
    return low - missing / 2, high + missing / 2


def _steps(low: float, high: float, most: int) -> list[float]:
    """Round numbers from within the span, at most so many, and at least one on either side of it where it is up to
    the chart to be a little higher."""
    raw = (high - low) / (most - 1)
    size = 10.0 ** math.floor(math.log10(raw))
    step = next(size * factor for factor in (1, 2, 2.5, 5, 10) if size * factor >= raw)
    first = math.ceil(low / step - 1e-9)
    count = math.floor(high / step + 1e-9) - first + 1
    return [round((first + number) * step, 10) for number in range(max(1, count))]


def _stretches(profile: Profile) -> list[list[tuple[float, float]]]:
    found: list[list[tuple[float, float]]] = [[]]
    for sample in profile.samples:
        if sample.value is None:
            found.append([])
        else:
            found[-1].append((sample.metres, sample.value))
    return found


def _path(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)


def _across(at: float, metres: float, length: float) -> Tick:
    """A label at the very end stays inside."""
    anchor = "end" if at > WIDTH - RIGHT - 24 else "middle"
    return Tick(f"{at:g}", _distance(metres, length), anchor)


def _distance(metres: float, length: float) -> str:
    if length < 2000:
        return with_unit(metres, "m")
    return with_unit(metres / 1000, "km", 0 if metres % 1000 == 0 else 1)
