"""What lies on a plot, of every layer that plays a part: one statement over all of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.geos import GEOSGeometry
from psycopg2.extras import DateTimeTZRange

from layers.errors import BeforeHistory, NothingRecorded
from layers.models import GeometryKind
from layers.moments import AsOf
from planning.parcel.compiled import Rows, answered, asked
from planning.parcel.parts import Kind, Part, apart_metres
from planning.parcel.plots import Plot

#: Layers whose surface is asked for only by the place in the middle of the plot.
AROUND = (Kind.AREA,)
#: Layers whose whole past is told, and not only what holds on the asked date.
TOLD_THROUGH_TIME = (Kind.ZONE,)
MEASURED = (
    *(Kind.ZONE, Kind.RESERVATION, Kind.PROTECTION, Kind.PLAN_LIMIT, Kind.BLOCK, Kind.STREET_LINE),
    *(Kind.BUILDING_LINE, Kind.BUILDING, Kind.PROPERTY, Kind.NETWORK),
)
WITH_BORDERS = (
    *(Kind.ZONE, Kind.RESERVATION, Kind.PROTECTION, Kind.PLAN_LIMIT, Kind.BLOCK),
    *(Kind.BUILDING, Kind.PROPERTY),
)
ASKED = (*MEASURED, *AROUND, Kind.ASSET, Kind.ISSUE)
NOTHING = 0.005  # m² or m: less is not told, for figures have two decimals


@dataclass(frozen=True)
class Piece:
    """What one row of a layer has in common with the plot. `area_m2` and `length_metres` are plane measures in the
    storage CRS; `uncertain_m2` how much the area may be wrong: the row's border that runs through the plot or near
    it, times how far it may be from where it belongs. `holds`: on the asked date, not before or after it."""

    part: Part
    pk: str
    key: str
    facts: dict[str, Any]
    valid: DateTimeTZRange | None
    holds: bool
    area_m2: float
    length_metres: float
    shape: GEOSGeometry | None
    uncertain_m2: float

    @property
    def name(self) -> str:
        return self.part.name_of(self.key, self.facts)

    @property
    def may_be_artefact(self) -> bool:
        """Smaller than its own uncertainty: perhaps two drawings of one line, and nothing on the ground."""
        return 0 < self.area_m2 <= self.uncertain_m2

    def told(self, role: str) -> Any:
        return self.part.told(self.facts, role)

    def number(self, role: str) -> float | None:
        """A number that a rule can be reckoned with."""
        value = self.told(role)
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    def share_of(self, plot: Plot) -> float:
        return self.area_m2 / plot.area_m2


@dataclass(frozen=True)
class Overlaps:
    """`pieces` of all layers; `silent` are layers of which nothing was known on the asked date, or which keep no
    past to ask."""

    pieces: list[Piece]
    silent: list[Part]

    def of(self, *kinds: Kind) -> list[Piece]:
        """Those that hold on the asked date, by layer, the largest first."""
        return [piece for piece in self.pieces if piece.part.kind in kinds and piece.holds]


def overlaps_of(plot: Plot, parts: Sequence[Part], moments: AsOf) -> Overlaps:
    """Raises TooCostly."""
    wanted = [part for part in parts if part.kind in ASKED]
    questions = [(slot, part, _rows(part, moments)) for slot, part in enumerate(wanted)]
    silent = [part for _slot, part, rows in questions if rows is None]
    middle = plot.shape.point_on_surface
    asking = [_question(slot, part, rows, plot, middle) for slot, part, rows in questions if rows is not None]
    found = answered("plot_overlaps", asking, plot.shape)
    pieces = [_piece(wanted[row[0]], row, plot, moments) for row in found]
    return Overlaps([piece for piece in pieces if _is_there(piece)], silent)


def _rows(part: Part, moments: AsOf) -> Rows | None:
    """What the layer says, on that date or through time; None where it cannot say."""
    facts = part.facts
    try:
        if facts.during is not None and part.kind in TOLD_THROUGH_TIME:
            return facts.during(None, None, moments.known)
        if moments.is_now:
            return part.source.rows
        return facts.as_of(moments) if facts.as_of is not None else None
    except (BeforeHistory, NothingRecorded):
        return None


def _question(slot: int, part: Part, rows: Rows, plot: Plot, middle: GEOSGeometry) -> Rows:
    at = middle if part.kind in AROUND else plot.shape
    return asked(
        slot,
        part,
        rows.filter(**{f"{part.source.geometry}__intersects": at}),
        held=part.facts.as_of is not None,
        measured=part.kind in MEASURED,
        margin=apart_metres(plot.part, part) if part.kind in WITH_BORDERS else 0.0,
    )


def _piece(part: Part, row: tuple[Any, ...], plot: Plot, moments: AsOf) -> Piece:
    _slot, pk, key, told, held, area, length, shape, border = row
    return Piece(
        part=part,
        pk=pk,
        key=key,
        facts=json.loads(told) if isinstance(told, str) else told or {},
        valid=held,
        holds=held is None or moments.valid in held,
        area_m2=area or 0.0,
        length_metres=length or 0.0,
        shape=GEOSGeometry(memoryview(shape)) if shape is not None else None,
        uncertain_m2=min((border or 0.0) * apart_metres(plot.part, part), plot.area_m2),
    )


def _is_there(piece: Piece) -> bool:
    """Neighbours that only touch the plot are not on it; points and lines are."""
    if piece.shape is None:
        return True
    if piece.part.source.geometry_kind == GeometryKind.POLYGON:
        return piece.area_m2 > NOTHING
    return piece.area_m2 > NOTHING or piece.length_metres > NOTHING or _is_lone_point(piece)


def _is_lone_point(piece: Piece) -> bool:
    return piece.part.source.geometry_kind == GeometryKind.POINT and piece.shape is not None
