"""How far the nearest of each network and kind of asset is."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.nearest import knn_distance
from layers.moments import AsOf
from planning.parcel.compiled import Rows, answered, asked
from planning.parcel.parts import Kind, Part
from planning.parcel.plots import Plot

#: Metres around a plot in which the nearest is looked for, one after the other: of what is dense there are few within
#: the first, and only what is rare is looked for in the next. What is farther than the last is not near.
AROUND = (60.0, 1000.0)
ASKED = (Kind.NETWORK, Kind.ASSET, Kind.STREET_LINE, Kind.BUILDING_LINE)


@dataclass(frozen=True)
class Near:
    """The nearest row of a source: `metres` from the plot, 0 when on it; None where none is within AROUND."""

    part: Part
    key: str
    facts: dict[str, Any]
    metres: float | None

    @property
    def name(self) -> str:
        return self.part.name_of(self.key, self.facts)


def nearest_to(plot: Plot, parts: Sequence[Part], moments: AsOf) -> list[Near]:
    """One for each source that the reader sees, as it is now: the past of networks is not asked."""
    wanted = [part for part in parts if part.kind in ASKED] if moments.is_now else []
    near: dict[int, Near] = {}
    for metres in AROUND:
        left = [(slot, part) for slot, part in enumerate(wanted) if slot not in near]
        questions = [_question(slot, part, plot, metres) for slot, part in left]
        found = answered("plot_nearest", questions, plot.shape)
        near |= {slot: Near(wanted[slot], key, json.loads(told), far) for slot, key, told, far in found}
    return [near.get(slot) or Near(part, "", {}, None) for slot, part in enumerate(wanted)]


def _question(slot: int, part: Part, plot: Plot, metres: float) -> Rows:
    shape = part.source.geometry
    rows = part.source.rows.filter(**{f"{shape}__dwithin": (plot.shape, metres)})
    named = asked(slot, part, rows, measured=False)
    nearest: Rows = named.annotate(part_metres=knn_distance(shape, plot.shape)).order_by("part_metres")[:1]
    return nearest
