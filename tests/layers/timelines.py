"""What a layer should know, kept beside it in plain Python: for every key what held when, all of it."""

from dataclasses import dataclass, field
from datetime import datetime

Value = tuple[int, bytes]
Span = tuple[datetime, datetime | None, Value]
Timeline = tuple[Span, ...]
Known = dict[str, Timeline]


@dataclass
class Expected:
    """`known` is what is believed now; `revisions` what was believed before and after each, by its moment."""

    known: Known = field(default_factory=dict)
    revisions: dict[datetime, tuple[Known, Known]] = field(default_factory=dict)

    def write(
        self,
        states: dict[str, Value],
        *,
        removed: set[str],
        complete: bool,
        correction: bool,
        start: datetime,
    ) -> Known:
        """What is believed once this is written."""
        known = dict(self.known)
        ended = {key for key in known if complete or key in removed} - set(states)
        for key in {*states, *ended}:
            timeline = changed(known.get(key, ()), states.get(key), start, correction=correction)
            known[key] = timeline
        return {key: timeline for key, timeline in known.items() if timeline}

    def undo(self, moment: datetime, back: set[str] | None) -> Known:
        """What is believed once the revision of that moment is undone; `back` as for undo_revision."""
        before, after = self.revisions[moment]
        known = dict(self.known)
        for key in {*before, *after}:
            was, became, now = before.get(key, ()), after.get(key, ()), known.get(key, ())
            if was != became and (now == became or back is None or key in back):
                known[key] = was
        return {key: timeline for key, timeline in known.items() if timeline}

    def conflicts(self, moment: datetime) -> set[str]:
        before, after = self.revisions[moment]
        keys = {key for key in {*before, *after} if before.get(key) != after.get(key)}
        return {key for key in keys if self.known.get(key) not in (before.get(key), after.get(key))}


def changed(timeline: Timeline, value: Value | None, start: datetime, *, correction: bool) -> Timeline:
    """The timeline with `value` from `start` on, or ended then (None). A correction replaces the last state for all
    its time."""
    held = timeline[-1] if timeline and timeline[-1][1] is None else None
    if held is None and value is None:
        return timeline
    if held is not None and held[2] == value and (correction or held[0] <= start):
        return timeline
    if held is not None and correction:
        start = held[0]
    kept = [
        (lower, start if upper is None or upper > start else upper, held_value)
        for lower, upper, held_value in timeline
        if lower < start
    ]
    return (*kept, *([(start, None, value)] if value is not None else []))


def at(known: Known, instant: datetime) -> dict[str, Value]:
    """What holds at an instant."""
    return {
        key: value
        for key, timeline in known.items()
        for lower, upper, value in timeline
        if lower <= instant and (upper is None or instant < upper)
    }
