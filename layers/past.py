"""All that was ever recorded of one feature: what is known now, and what was believed before."""

from dataclasses import dataclass
from datetime import UTC, datetime

from layers.models import Feature, Revision
from layers.visibility import view_of
from municipality.roles import AnyUser

BEGINNING = datetime(1, 1, 2, tzinfo=UTC)
MOST = 60


@dataclass(frozen=True)
class State:
    """One state with the revision that recorded it, where it is known."""

    feature: Feature
    revision: Revision | None

    @property
    def is_known(self) -> bool:
        return self.feature.recorded.upper is None


@dataclass(frozen=True)
class Past:
    """`shown` is the state of the page. `known` are the states that we now believe in, the latest first; `earlier`
    those that were believed until they were changed or corrected."""

    shown: Feature
    known: list[State]
    earlier: list[State]

    def other(self, asked: str) -> Feature | None:
        """The state that `asked` names by its number; else the one before, or what was believed instead."""
        others = [
            state.feature for state in (*self.known, *self.earlier) if state.feature.pk != self.shown.pk
        ]
        chosen = [feature for feature in others if str(feature.pk) == asked]
        return next(iter(chosen), None) or self._before(others)

    def _before(self, others: list[Feature]) -> Feature | None:
        """The last state before this one in the world; else the one that was recorded next to it."""
        known = [state.feature for state in self.known if self.order(state.feature) < self.order(self.shown)]
        if known and self.shown.recorded.upper is None:
            return known[0]
        return next(iter(others), None)

    @staticmethod
    def order(feature: Feature) -> tuple[datetime, datetime]:
        """First what held first, then what was recorded first."""
        return feature.valid.lower or BEGINNING, feature.recorded.lower or BEGINNING


def past_of(feature: Feature, user: AnyUser) -> Past:
    """Of a feature that came from `visible_to`, with the properties that `user` is told; what was done is told to those
    who see all of the layer. Long histories are cut to their newest part."""
    view = view_of(feature.layer, user)
    rows = list(Feature.objects.visible_to(user).recorded_of(feature)[:MOST])
    moments = [row.recorded.lower for row in rows if row.recorded.lower is not None]
    revisions = Revision.objects.visible_to(user).of_layer(feature.layer_id).filter(recorded_at__in=moments)
    told = revisions.select_related("actor") if view.is_whole else ()
    by_moment = {revision.recorded_at: revision for revision in told}
    states = [State(row, by_moment.get(row.recorded.lower or BEGINNING)) for row in rows]
    for state in states:
        state.feature.layer = feature.layer
        state.feature.properties = view.properties(state.feature.properties)
    known = sorted((s for s in states if s.is_known), key=lambda s: Past.order(s.feature), reverse=True)
    return Past(feature, known, [state for state in states if not state.is_known])
