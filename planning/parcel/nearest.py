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

#: What is farther than this is not near a plot.
FARTHEST = 1000.0
ASKED = (Kind.NETWORK, Kind.ASSET, Kind.STREET_LINE, Kind.BUILDING_LINE)


@dataclass(frozen=True)
class Near:
    """The nearest row of a source: `metres` from the plot, 0 when on it; None where none is within FARTHEST."""

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
    found = answered(
        "plot_nearest", [_question(slot, part, plot) for slot, part in enumerate(wanted)], plot.shape
    )
    near = {slot: Near(wanted[slot], key, json.loads(told), metres) for slot, key, told, metres in found}
    return [near.get(slot) or Near(part, "", {}, None) for slot, part in enumerate(wanted)]


def _question(slot: int, part: Part, plot: Plot) -> Rows:
    shape = part.source.geometry
    rows = part.source.rows.filter(**{f"{shape}__dwithin": (plot.shape, FARTHEST)})
    named = asked(slot, part, rows, measured=False)
    nearest: Rows = named.annotate(part_metres=knn_distance(shape, plot.shape)).order_by("part_metres")[:1]
    return nearest
