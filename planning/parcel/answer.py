"""The answer for a plot: everything that the reader may know about it, on the asked date, put together once for the
page, the paper and the JSON."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.utils import timezone

from layers.moments import AsOf
from municipality.roles import AnyUser
from planning.parcel.history import State, history_of
from planning.parcel.nearest import Near, nearest_to
from planning.parcel.overlaps import Overlaps, Piece, overlaps_of
from planning.parcel.parts import Kind, Part, of_kind, parts_for
from planning.parcel.plots import Plot, plot_of
from planning.parcel.reckoning import Reckoning, reckoning_of
from planning.parcel.terrain import Ground, ground_of


class Inside(StrEnum):
    """Where a plot lies to the limit of the plan. UNTOLD: no layer that the reader sees says where the limit is."""

    INSIDE = "inside"
    OUTSIDE = "outside"
    BOTH = "both"
    UNTOLD = "untold"


@dataclass(frozen=True)
class Gazette:
    """What a publication of the government gazette gave: the name of the zone, site or reservation on the plot."""

    number: str
    in_force: str
    plan: str
    gave: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    plot: Plot
    moments: AsOf
    made_at: datetime
    parts: list[Part]
    overlaps: Overlaps
    reckoning: Reckoning
    near: list[Near]
    ground: Ground | None
    history: list[State]

    def of(self, kind: str) -> list[Piece]:
        return self.overlaps.of(Kind(kind))

    @property
    def address(self) -> str:
        return str(self.plot.told("address") or "")

    @property
    def zones(self) -> list[Piece]:
        return self.overlaps.of(Kind.ZONE)

    @property
    def has_zone_layers(self) -> bool:
        """Does the reader see any layer of zones at all, that could have said something?"""
        return any(part not in self.overlaps.silent for part in of_kind(self.parts, Kind.ZONE))

    @property
    def zones_before(self) -> list[Piece]:
        """What other dates say of the same ground, the latest first; artefacts left aside."""
        others = [
            piece
            for piece in self.overlaps.pieces
            if piece.part.kind == Kind.ZONE and not piece.holds and not piece.may_be_artefact
        ]
        return sorted(others, key=_since, reverse=True)

    @property
    def inside(self) -> Inside:
        limits = [part for part in of_kind(self.parts, Kind.PLAN_LIMIT) if part not in self.overlaps.silent]
        if not limits:
            return Inside.UNTOLD
        within = self.overlaps.of(Kind.PLAN_LIMIT)
        covered, unsure = sum(p.area_m2 for p in within), sum(p.uncertain_m2 for p in within)
        if covered <= unsure:
            return Inside.OUTSIDE
        return Inside.INSIDE if self.plot.area_m2 - covered <= max(unsure, 0.01) else Inside.BOTH

    @property
    def gazettes(self) -> list[Gazette]:
        """The ΦΕΚ of everything that holds on the plot, the latest first."""
        found: dict[tuple[str, str, str], list[str]] = {}
        for piece in self.overlaps.pieces:
            if piece.holds and piece.told("gazette"):
                number, since, plan = (
                    str(piece.told(role) or "") for role in ("gazette", "in_force", "plan")
                )
                found.setdefault((number, since, plan), []).append(piece.name)
        listed = [Gazette(*what, tuple(dict.fromkeys(names))) for what, names in found.items()]
        return sorted(listed, key=lambda gazette: gazette.in_force, reverse=True)


def answer_for(user: AnyUser, slug: str, key: str, moments: AsOf) -> Answer:
    """Everything at once. Raises NotFound, NoPlot, NoShape, BeforeHistory, TooCostly."""
    parts = parts_for(user)
    plot = plot_of(parts, slug, key, moments)
    overlaps = overlaps_of(plot, parts, moments)
    return Answer(
        plot=plot,
        moments=moments,
        made_at=timezone.now(),
        parts=parts,
        overlaps=overlaps,
        reckoning=reckoning_of(plot, overlaps.of(Kind.ZONE), overlaps.of(Kind.RESERVATION)),
        near=nearest_to(plot, parts, moments),
        ground=ground_of(plot.shape, user),
        history=history_of(plot, moments, user),
    )


def _since(piece: Piece) -> float:
    start = piece.valid.lower if piece.valid is not None else None
    return start.timestamp() if start is not None else float("-inf")
