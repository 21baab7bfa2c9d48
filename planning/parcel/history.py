"""The states of a plot through time, as they are known; who recorded them is for staff."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.gis.geos import GEOSGeometry
from django.db.models import F, Q
from psycopg2.extras import DateTimeTZRange

from layers.measures import area_m2
from layers.models import Layer, Revision
from layers.moments import AsOf
from layers.visibility import view_of
from municipality.roles import AnyUser, rights_of
from planning.parcel.plots import OPEN, Plot

MOST = 30


@dataclass(frozen=True)
class State:
    """`changes` names the fields that differ from the state before; `is_redrawn` when its shape does. `who` and
    `reason` of the revision that recorded it; `who` is blank for all but staff."""

    valid: DateTimeTZRange
    recorded_at: datetime | None
    area_m2: float | None
    is_shown: bool
    is_redrawn: bool
    changes: tuple[str, ...]
    reason: str
    who: str


@dataclass(frozen=True)
class _Row:
    facts: dict[str, Any]
    shape: GEOSGeometry | None
    valid: DateTimeTZRange
    recorded: DateTimeTZRange


def history_of(plot: Plot, moments: AsOf, user: AnyUser) -> list[State]:
    """The latest first. Empty for plots whose source keeps no past."""
    source, facts = plot.part.source, plot.part.facts
    if facts.during is None:
        return []
    mine = Q(**{source.key: plot.key})
    rows = facts.during(None, None, moments.known).filter((mine & OPEN) | (mine & ~OPEN))
    told = rows.annotate(plot_told=F(facts.json_properties)).order_by("-valid")
    found = [_Row(*row) for row in told.values_list("plot_told", source.geometry, "valid", "recorded")[:MOST]]
    revisions = _revisions(source.slug, found, user)
    befores: list[_Row | None] = [*found[1:], None]
    return [
        _state(row, before, plot, revisions.get(row.recorded.lower), user)
        for row, before in zip(found, befores, strict=True)
    ]


def _revisions(slug: str, rows: list[_Row], user: AnyUser) -> dict[Any, Revision]:
    """By their moment; only for those who are told everything of the layer."""
    layer = Layer.objects.visible_to(user).filter(slug=slug).first()
    if layer is None or not view_of(layer, user).is_whole:
        return {}
    moments = [row.recorded.lower for row in rows]
    wanted = Revision.objects.visible_to(user).of_layer(layer.pk).filter(recorded_at__in=moments)
    return {revision.recorded_at: revision for revision in wanted.select_related("actor")}


def _state(row: _Row, before: _Row | None, plot: Plot, revision: Revision | None, user: AnyUser) -> State:
    who = revision.actor if revision is not None and rights_of(user).is_staff else None
    return State(
        valid=row.valid,
        recorded_at=row.recorded.lower,
        area_m2=area_m2(row.shape) if row.shape is not None else None,
        is_shown=row.valid == plot.valid and row.recorded == plot.recorded,
        is_redrawn=before is not None and _drawn(row) != _drawn(before),
        changes=_changes(row, before, plot) if before is not None else (),
        reason=revision.reason if revision is not None else "",
        who=str(who.name or who.email) if who is not None else "",
    )


def _drawn(row: _Row) -> bytes:
    return bytes(row.shape.wkb) if row.shape is not None else b""


def _changes(row: _Row, before: _Row, plot: Plot) -> tuple[str, ...]:
    """Names of fields, in the order of the schema."""
    fields = plot.part.schema.get("properties", {})
    names = [*fields, *(name for name in row.facts if name not in fields)]
    return tuple(name for name in names if row.facts.get(name) != before.facts.get(name))
