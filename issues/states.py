"""The life of an issue as one table: state, label, what may follow, who may do it, what it asks for."""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from municipality.models import Role


class State(models.TextChoices):
    RECEIVED = "received", _("received")
    ACCEPTED = "accepted", _("accepted")
    IN_PROGRESS = "in_progress", _("in progress")
    PAUSED = "paused", _("paused")
    RESOLVED = "resolved", _("fixed")
    CLOSED = "closed", _("closed")
    REJECTED = "rejected", _("rejected")
    DUPLICATE = "duplicate", _("already reported")
    WITHDRAWN = "withdrawn", _("withdrawn")


@dataclass(frozen=True)
class Step:
    """One allowed change of state. `needs` names what must come with it: "reason" (told to the citizen)
    or "proof" (a photo, or a stated exception)."""

    target: State
    label: str | Promise
    roles: frozenset[Role]
    needs: frozenset[str] = frozenset()
    by_reporter: bool = False


DESK = frozenset({Role.DISPATCHER, Role.OPERATOR})
FIELD = frozenset({Role.DISPATCHER, Role.CREW})
NOBODY: frozenset[Role] = frozenset()
REASON = frozenset({"reason"})
PROOF = frozenset({"proof"})

_accept = Step(State.ACCEPTED, _("Accept"), DESK)
_start = Step(State.IN_PROGRESS, _("Start work"), FIELD)
_pause = Step(State.PAUSED, _("Pause with a reason"), FIELD, REASON)
_resolve = Step(State.RESOLVED, _("Mark as fixed"), FIELD, PROOF)
_reject = Step(State.REJECTED, _("Reject with a reason"), DESK, REASON)
_duplicate = Step(State.DUPLICATE, _("Join to an earlier report"), DESK)
_withdraw = Step(State.WITHDRAWN, _("Withdraw"), NOBODY, by_reporter=True)
_close = Step(State.CLOSED, _("Close"), DESK, by_reporter=True)
_reopen = Step(State.ACCEPTED, _("Open again"), DESK, REASON, by_reporter=True)

STEPS: dict[State, tuple[Step, ...]] = {
    State.RECEIVED: (_accept, _start, _reject, _duplicate, _withdraw),
    State.ACCEPTED: (_start, _pause, _resolve, _reject, _duplicate, _withdraw),
    State.IN_PROGRESS: (_pause, _resolve, _reject),
    State.PAUSED: (_start, _resolve, _reject, _withdraw),
    State.RESOLVED: (_close, _reopen),
    State.CLOSED: (_reopen,),
    State.REJECTED: (_reopen,),
    State.DUPLICATE: (_reopen,),
    State.WITHDRAWN: (),
}

OPEN = (State.RECEIVED, State.ACCEPTED, State.IN_PROGRESS, State.PAUSED)
WORKABLE = (State.RECEIVED, State.ACCEPTED, State.IN_PROGRESS)
# The promise runs: a paused case, with its impediment told, is not late.
TICKING = WORKABLE
FIXED = (State.RESOLVED, State.CLOSED)

# What the map and the badges show: four looks for nine states.
LOOKS: dict[State, str] = {
    State.RECEIVED: "open",
    State.ACCEPTED: "open",
    State.IN_PROGRESS: "progress",
    State.PAUSED: "progress",
    State.RESOLVED: "fixed",
    State.CLOSED: "fixed",
    State.REJECTED: "rejected",
    State.DUPLICATE: "rejected",
    State.WITHDRAWN: "rejected",
}


def step_to(current: str, target: str) -> Step | None:
    """The step from one state to another, or None when the life cycle has no such step."""
    return next((step for step in STEPS[State(current)] if step.target == target), None)
