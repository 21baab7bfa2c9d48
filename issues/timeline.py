"""The life of an issue in plain words: what happened, and how far it is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from issues.models import Issue, IssueEvent
from issues.models.issue import EventKind
from issues.states import FIXED, State

HAPPENED: dict[str, str | Promise] = {
    EventKind.REPORTED: gettext_lazy("The report was received."),
    EventKind.NOTE: gettext_lazy("Message from the municipality"),
    EventKind.PHOTO: gettext_lazy("A photo was added."),
    EventKind.CATEGORY: gettext_lazy("It was put under another kind of problem."),
    EventKind.MOVED: gettext_lazy("The pin was moved."),
    EventKind.FEEDBACK: gettext_lazy("The person who reported it answered."),
    EventKind.PUBLISHED: gettext_lazy("The text was shown to all."),
}
BECAME: dict[str, str | Promise] = {
    State.RECEIVED: gettext_lazy("The report was received."),
    State.ACCEPTED: gettext_lazy("It was accepted and waits for its turn."),
    State.IN_PROGRESS: gettext_lazy("Work has started."),
    State.PAUSED: gettext_lazy("The work had to wait."),
    State.RESOLVED: gettext_lazy("It was fixed."),
    State.CLOSED: gettext_lazy("The case was closed."),
    State.REJECTED: gettext_lazy("It was not accepted."),
    State.DUPLICATE: gettext_lazy("It was joined to an earlier report of the same problem."),
    State.WITHDRAWN: gettext_lazy("It was withdrawn by the person who reported it."),
}
ENDED = (State.RESOLVED, State.CLOSED, State.REJECTED, State.DUPLICATE)


def tell(event: IssueEvent) -> str:
    """One sentence about an event; the words of staff stand in `event.text`."""
    if event.kind == EventKind.STATE:
        again = event.from_state in ENDED and event.to_state == State.ACCEPTED
        return _("It was opened again.") if again else str(BECAME[event.to_state])
    if event.kind in (EventKind.ASSIGNED, EventKind.ROUTED) and event.department is not None:
        return _("It was sent to: %(department)s") % {"department": event.department}
    return str(HAPPENED.get(event.kind, event.get_kind_display()))


@dataclass(frozen=True)
class Stop:
    """One stop on the way from report to fix; `at` is None while it lies ahead."""

    label: str
    at: datetime | None
    is_now: bool = False


def journey(issue: Issue, events: Iterable[IssueEvent]) -> list[Stop]:
    """Received, in progress, fixed; or received and how it ended otherwise."""
    reached = {event.to_state: event.at for event in events if event.to_state}
    received = Stop(_("Received"), issue.reported_at, issue.state in (State.RECEIVED, State.ACCEPTED))
    if issue.state in (State.REJECTED, State.DUPLICATE, State.WITHDRAWN):
        end = Stop(_ended_as(issue.state), reached.get(issue.state, issue.changed_at), True)
        return [received, end]
    fixed = issue.state in FIXED
    working = issue.state in (State.IN_PROGRESS, State.PAUSED)
    started = reached.get(State.IN_PROGRESS) if working or fixed else None
    middle = _("Waiting") if issue.state == State.PAUSED else _("In progress")
    return [
        received,
        Stop(middle, started or (issue.changed_at if working else None), working),
        Stop(pgettext("state of one report", "Fixed"), issue.resolved_at, fixed),
    ]


def _ended_as(state: str) -> str:
    return {
        State.REJECTED: pgettext("state of one report", "Not accepted"),
        State.DUPLICATE: _("Already reported"),
        State.WITHDRAWN: _("Withdrawn"),
    }[State(state)]
