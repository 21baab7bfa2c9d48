"""What is drawn around a plot: its neighbours, streets, buildings and the lines of the plan, in one statement."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.geos import GEOSGeometry, Polygon

from layers.errors import BeforeHistory, NothingRecorded
from layers.moments import AsOf
from planning.parcel.compiled import Rows, answered, asked
from planning.parcel.parts import Kind, Part
from planning.parcel.plots import Plot

SCALES = (
    100,
    200,
    250,
    500,
    1000,
    1500,
    2000,
    2500,
    5000,
    10_000,
    20_000,
    25_000,
    50_000,
    100_000,
    200_000,
    500_000,
)
#: The plot takes at most so much of the width and height of its picture.
FILLED = 0.58
#: Neighbours, buildings and lines are lost in a drawing of a smaller scale than this.
DETAILED = 5000
MOST = 700
DETAILS = (Kind.PLOT, Kind.BUILDING, Kind.STREET_LINE, Kind.BUILDING_LINE)
DRAWN = (
    *(Kind.BLOCK, Kind.PLOT, Kind.BUILDING, Kind.ZONE, Kind.PLAN_LIMIT, Kind.PROTECTION),
    *(Kind.RESERVATION, Kind.STREET_LINE, Kind.BUILDING_LINE, Kind.NETWORK),
)


@dataclass(frozen=True)
class Frame:
    """Ground of the storage CRS on `width` × `height` millimetres at 1:`scale`; `west` and `north` is its corner."""

    scale: int
    west: float
    north: float
    width: float
    height: float

    @classmethod
    def around(cls, shape: GEOSGeometry, width: float, height: float) -> "Frame":
        """The largest usual scale at which the whole shape has room."""
        west, south, east, north = shape.extent
        needed = 1000 * max((east - west) / width, (north - south) / height) / FILLED
        scale = next((scale for scale in SCALES if scale >= needed), int(needed) + 1)
        x, y = (west + east) / 2, (south + north) / 2
        return cls(scale, x - width * scale / 2000, y + height * scale / 2000, width, height)

    def at(self, x: float, y: float) -> tuple[float, float]:
        """A place on the paper, in millimetres from its upper left corner."""
        return (x - self.west) * 1000 / self.scale, (self.north - y) * 1000 / self.scale

    @property
    def box(self) -> Polygon:
        east = self.west + self.width * self.scale / 1000
        south = self.north - self.height * self.scale / 1000
        return Polygon.from_bbox((self.west, south, east, self.north))


@dataclass(frozen=True)
class Thing:
    """A row of a layer, cut to the picture."""

    part: Part
    key: str
    facts: dict[str, Any]
    shape: GEOSGeometry

    @property
    def kind(self) -> Kind:
        return self.part.kind


def surroundings_of(plot: Plot, frame: Frame, parts: Sequence[Part], moments: AsOf) -> list[Thing]:
    """By layer; what the layers said on the asked date."""
    wanted = [part for part in parts if _is_drawn(part, frame)]
    box = frame.box
    box.srid = plot.shape.srid
    asking = []
    for slot, part in enumerate(wanted):
        rows = _rows(part, moments)
        if rows is not None:
            near = rows.filter(**{f"{part.source.geometry}__intersects": box})
            asking.append(asked(slot, part, near, measured=False)[:MOST])
    found = answered("plot_surroundings", asking, box)
    return [
        Thing(wanted[slot], key, json.loads(told), GEOSGeometry(memoryview(shape)))
        for slot, key, told, shape in found
        if shape is not None
    ]


def _is_drawn(part: Part, frame: Frame) -> bool:
    return part.kind in DRAWN and (frame.scale <= DETAILED or part.kind not in DETAILS)


def _rows(part: Part, moments: AsOf) -> Rows | None:
    as_of = part.facts.as_of
    if moments.is_now or as_of is None:
        return part.source.rows
    try:
        return as_of(moments)
    except (BeforeHistory, NothingRecorded):
        return None
