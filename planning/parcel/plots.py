"""The plot that is asked about: by its layer and key, by its ΚΑΕΚ, or by a place on it."""

from dataclasses import dataclass
from typing import Any

from django.contrib.gis.geos import GEOSGeometry, Point
from django.db.models import F, Q
from psycopg2.extras import DateTimeTZRange

from core.errors import NotFound
from core.nearest import knn_distance
from layers.map_layers import KAEK
from layers.measures import area_m2
from layers.moments import AsOf
from municipality.roles import AnyUser
from planning.parcel.errors import NoPlot, NoShape
from planning.parcel.parts import Kind, Part, of_kind, parts_for

#: A door stands on the street, its plot behind it.
FROM_THE_STREET = 15.0
MOST_FOUND = 8
OPEN = Q(recorded__upper_inf=True, valid__upper_inf=True)


@dataclass(frozen=True)
class Plot:
    """One state of a plot; `shape` in the storage CRS, whole and not empty."""

    part: Part
    key: str
    facts: dict[str, Any]
    shape: GEOSGeometry
    valid: DateTimeTZRange
    recorded: DateTimeTZRange

    @property
    def area_m2(self) -> float:
        """The one area: layers.measures."""
        return area_m2(self.shape)

    @property
    def name(self) -> str:
        return self.part.name_of(self.key, self.facts)

    def told(self, role: str) -> Any:
        return self.part.told(self.facts, role)

    @property
    def declared_m2(self) -> float | None:
        value = self.told("declared_area_m2")
        return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

    @property
    def pieces(self) -> int:
        return int(self.shape.num_geom)


def plot_of(parts: list[Part], slug: str, key: str, moments: AsOf) -> Plot:
    """Raises NotFound when there is no such layer of plots for this reader, NoPlot, NoShape, BeforeHistory."""
    part = next((part for part in of_kind(parts, Kind.PLOT) if part.source.slug == slug), None)
    if part is None:
        raise NotFound()
    found = [*_plots(part, moments, [key])]
    if not found:
        raise NoPlot(key=key[:60])
    if found[0] is None:
        raise NoShape(key=key[:60])
    return found[0]


def with_code(user: AnyUser, typed: str) -> list[Plot]:
    """Plots by ΚΑΕΚ, however its spaces and suffix are typed; or by the very key of another layer of plots."""
    whole = "".join(typed.split())
    match = KAEK.match(whole)
    keys = list(dict.fromkeys([whole, *([match[1]] if match else []), typed.strip()]))
    now = AsOf.parse("", "")
    parts = of_kind(parts_for(user), Kind.PLOT)
    return [plot for part in parts for plot in _plots(part, now, keys) if plot is not None][:MOST_FOUND]


def at_place(user: AnyUser, place: Point) -> Plot | None:
    """The plot on which a place of the storage CRS lies, else the nearest at arm's length, as doors need it."""
    for part in of_kind(parts_for(user), Kind.PLOT):
        shape = part.source.geometry
        near = part.source.rows.filter(**{f"{shape}__dwithin": (place, FROM_THE_STREET)})
        keys = near.annotate(plot_metres=knn_distance(shape, place)).order_by("plot_metres")
        found = [*_plots(part, AsOf.parse("", ""), list(keys.values_list(part.source.key, flat=True)[:1]))]
        if found and found[0] is not None:
            return found[0]
    return None


def _plots(part: Part, moments: AsOf, keys: list[str]) -> "list[Plot | None]":
    """The states with these keys; None for one without a shape."""
    source = part.source
    as_of = part.facts.as_of
    rows = source.rows if moments.is_now or as_of is None else as_of(moments)
    wanted = Q(**{f"{source.key}__in": keys})
    # Said twice, so that each half is answered by its own partial index.
    wanted = (wanted & OPEN) | (wanted & ~OPEN) if as_of is not None else wanted
    named = rows.filter(wanted).annotate(plot_told=F(part.facts.json_properties or "pk"))
    columns = (source.key, "plot_told", source.geometry)
    clocks = ("valid", "recorded") if as_of is not None else ()
    found = named.order_by(source.key).values_list(*columns, *clocks)[: MOST_FOUND + 1]
    return [_plot(part, *row) for row in found]


def _plot(
    part: Part,
    key: Any,
    facts: Any,
    shape: GEOSGeometry | None,
    valid: DateTimeTZRange | None = None,
    recorded: DateTimeTZRange | None = None,
) -> Plot | None:
    if shape is None or shape.empty or shape.dims < 2:
        return None
    ever = DateTimeTZRange(None, None)
    told = facts if isinstance(facts, dict) else {}
    return Plot(part, str(key), told, shape, valid or ever, recorded or ever)
