"""What may be built on a plot by the rules of the zones on it: weighted by share, and in the worst case.

All figures are plane measures in the storage CRS. The formulas are told to readers in docs/guide/plan-parcel.md.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import hypot, sqrt

from django.contrib.gis.geos import GEOSGeometry

from planning.parcel.overlaps import Piece
from planning.parcel.plots import Plot
from planning.parcel.shapes import polygons_of


class Verdict(StrEnum):
    YES = "yes"
    NO = "no"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Least:
    """The smallest plot that may be built on: `needed` in m², of the strictest zone, `name`d; by what is known, with
    the uncertainty of the area, is the plot large enough?"""

    needed: float
    name: str
    verdict: Verdict


@dataclass(frozen=True)
class Built:
    """`weighted`: each zone's figure by the area that the plot has in it. `worst`: the lowest figure of a zone that is
    no artefact, on what is left of the plot after reservations and the uncertainty of its area. Both in m²."""

    weighted: float
    worst: float
    lowest: float


@dataclass(frozen=True)
class Reckoning:
    """`least`, `floors` (by ΣΔ) and `ground` (by coverage) are None where no zone says so much. `untold_m2` is the part
    of the plot for which no zone says anything, `doubled_m2` what several zones claim."""

    area_uncertain_m2: float
    reserved_m2: float
    least: Least | None
    floors: Built | None
    ground: Built | None
    highest_m: float | None
    untold_m2: float
    doubled_m2: float


def reckoning_of(plot: Plot, zones: Sequence[Piece], reserved: Sequence[Piece]) -> Reckoning:
    """`zones` and `reserved` are those that hold on the asked date."""
    ruling = [zone for zone in zones if zone.area_m2 > 0]
    sure = [zone for zone in ruling if not zone.may_be_artefact]
    unsure_m2 = area_uncertainty(plot.shape, plot.part.accuracy_metres or 0.0)
    taken_m2 = _covered(piece.shape for piece in reserved if not piece.may_be_artefact)
    told_m2 = _covered(zone.shape for zone in ruling)
    left_m2 = max(0.0, plot.area_m2 - taken_m2 - unsure_m2)
    heights = [height for zone in sure if (height := zone.number("max_height_m")) is not None]
    return Reckoning(
        area_uncertain_m2=unsure_m2,
        reserved_m2=taken_m2,
        least=_least(plot, sure, unsure_m2),
        floors=_built(ruling, sure, left_m2, lambda zone: zone.number("floor_area_ratio")),
        ground=_built(ruling, sure, left_m2, _coverage),
        highest_m=min(heights, default=None),
        untold_m2=max(0.0, plot.area_m2 - told_m2),
        doubled_m2=max(0.0, sum(zone.area_m2 for zone in ruling) - told_m2),
    )


def area_uncertainty(shape: GEOSGeometry, corner_metres: float) -> float:
    """m² by which an area may be wrong when each coordinate of its corners may be by `corner_metres`, independently:
    ½·e·√Σd², d from the corner before to the corner after. The datum moves the plot as a whole, so it is not in it."""
    rings = [ring for polygon in polygons_of(shape) for ring in polygon]
    squares = sum(
        hypot(after[0] - before[0], after[1] - before[1]) ** 2
        for ring in rings
        for before, after in _around([*ring.coords][:-1])
    )
    return 0.5 * corner_metres * sqrt(squares)


def _around(corners: list[tuple[float, ...]]) -> Iterable[tuple[tuple[float, ...], tuple[float, ...]]]:
    return ((corners[i - 1], corners[(i + 1) % len(corners)]) for i in range(len(corners)))


def _covered(shapes: Iterable[GEOSGeometry | None]) -> float:
    """m² that these cover together."""
    there = [shape for shape in shapes if shape is not None]
    if len(there) < 2:
        return float(there[0].area) if there else 0.0
    together = there[0]
    for shape in there[1:]:
        together = together.union(shape)
    return float(together.area)


def _least(plot: Plot, zones: Sequence[Piece], unsure_m2: float) -> Least | None:
    told = [(needed, zone.name) for zone in zones if (needed := zone.number("least_plot_m2"))]
    if not told:
        return None
    needed, name = max(told)
    if abs(plot.area_m2 - needed) < unsure_m2:
        return Least(needed, name, Verdict.UNSURE)
    return Least(needed, name, Verdict.YES if plot.area_m2 >= needed else Verdict.NO)


def _coverage(zone: Piece) -> float | None:
    """As a share, though some plans write it in percent."""
    told = zone.number("coverage")
    return told / 100 if told is not None and told > 1 else told


def _built(
    ruling: Sequence[Piece], sure: Sequence[Piece], left_m2: float, figure: Callable[[Piece], float | None]
) -> Built | None:
    told = [(zone.area_m2, value) for zone in ruling if (value := figure(zone)) is not None]
    if not told:
        return None
    lowest = min((value for zone in sure or ruling if (value := figure(zone)) is not None), default=None)
    lowest = min(value for _area, value in told) if lowest is None else lowest
    return Built(sum(area * value for area, value in told), lowest * left_m2, lowest)
