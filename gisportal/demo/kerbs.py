"""Places along the streets: points at even steps beside the carriageway, left, right or both."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from shapely.geometry import Point

from .landscape import river, streams
from .street_names import Street


@dataclass(frozen=True)
class Spot:
    """A point beside a street, `side` 1 left and −1 right, `degrees` the direction of the street there."""

    point: Point
    side: int
    degrees: float


def along(
    street: Street, step: float, inset: float, *, both: bool = False, margin: float = 6
) -> Iterator[Spot]:
    """Spots every `step` metres, `inset` metres inside the building line, alternating sides unless `both`."""
    usable = street.line.length - 2 * margin
    if usable < step * 0.35:
        return
    count = max(1, round(usable / step))
    reach = max(0.6, street.width_metres / 2 - inset)
    for index in range(count):
        distance = margin + usable * (index + 0.5) / count
        for side in (1, -1) if both else ((1,) if index % 2 else (-1,)):
            yield _spot(street, distance, side, reach)


def _spot(street: Street, distance: float, side: int, reach: float) -> Spot:
    here, ahead = street.line.interpolate(distance - 0.5), street.line.interpolate(distance + 0.5)
    turn = math.atan2(ahead.y - here.y, ahead.x - here.x)
    x, y = (here.x + ahead.x) / 2, (here.y + ahead.y) / 2
    point = Point(round(x - side * reach * math.sin(turn), 2), round(y + side * reach * math.cos(turn), 2))
    return Spot(point, side, round(math.degrees(turn)) % 360)


def dry(spots: list[Spot]) -> list[Spot]:
    """The spots that do not stand in water."""
    water = shapely.union_all([river(), *streams()])
    wet = shapely.intersects(water, [spot.point for spot in spots])
    return [spot for spot, is_wet in zip(spots, wet, strict=True) if not is_wet]
