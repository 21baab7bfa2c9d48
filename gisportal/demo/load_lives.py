"""The steps of one life as rows: state, due date, version, events, decisions and jobs, as the actions write them."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from accounts.models import User
from crews.models import Job, JobEvent, JobState
from issues.models import Issue, IssueEvent, RoutingDecision
from issues.models.issue import EventKind
from issues.routing import Decision
from issues.states import FIXED, State, step_to
from municipality.models import Department

from .geometry import stored_point
from .issue_drafts import IssueDraft
from .issue_lives import By, Step
from .load_places import People

#: Whom a case is handed to when the first department says it is not theirs.
INSTEAD = {
    "roads": "water-company",
    "lighting": "network-operator",
    "waste": "green",
    "green": "waste",
    "municipal-police": "roads",
    "water-company": "roads",
}
INTAKE = "olga"
INTAKE_CHANNELS = {"phone", "in_person", "email"}


@dataclass
class Lived:
    """An issue with all that hangs on it, not yet written."""

    issue: Issue
    events: list[IssueEvent] = field(default_factory=list)
    decisions: list[RoutingDecision] = field(default_factory=list)
    jobs: list[tuple[Job, list[JobEvent]]] = field(default_factory=list)


def live(
    issue: Issue,
    draft: IssueDraft,
    decision: Decision,
    departments: dict[str, Department],
    people: People,
    rng: random.Random,
) -> Lived:
    """Take a received issue through the steps of its draft."""
    desk = people.users[INTAKE] if draft.channel in INTAKE_CHANNELS else None
    lived = Lived(issue)
    lived.decisions.append(
        RoutingDecision(
            issue=issue,
            department=decision.department,
            rule=decision.rule,
            trace=decision.trace,
            at=draft.reported_at,
        )
    )
    first = {"issue": issue, "at": draft.reported_at}
    lived.events.append(
        IssueEvent(kind=EventKind.REPORTED, actor=desk, is_public=True, to_state=State.RECEIVED, **first)
    )
    lived.events.append(IssueEvent(kind=EventKind.ROUTED, department=decision.department, **first))
    walk = _Walk(lived, departments, people, rng)
    for moment in sorted(moment for _, moment in draft.followers):
        lived.events.append(IssueEvent(issue=issue, kind=EventKind.FOLLOWED, at=moment))
    for step in draft.steps:
        walk.take(step)
    return lived


class _Walk:
    """Applies steps to one issue, remembering what the next step must know."""

    def __init__(
        self, lived: Lived, departments: dict[str, Department], people: People, rng: random.Random
    ) -> None:
        self.lived, self.issue = lived, lived.issue
        self.departments, self.people, self.rng = departments, people, rng
        self.paused_at: datetime | None = None
        self.worker: User | None = None
        self.by_kind: dict[str, Callable[[Step], None]] = {
            "state": self._state,
            "duplicate": self._duplicate,
            "assigned": self._assigned,
            "note": self._note,
            "published": self._published,
            "feedback": self._feedback,
        }

    def take(self, step: Step) -> None:
        self.by_kind[step.kind](step)

    def _touch(self, step: Step) -> None:
        self.issue.version += 1
        self.issue.changed_at = step.at

    def _event(self, step: Step, kind: str, *, is_public: bool, actor: User | None, **facts: Any) -> None:
        self.lived.events.append(
            IssueEvent(issue=self.issue, kind=kind, at=step.at, actor=actor, is_public=is_public, **facts)
        )

    def _actor(self, step: Step) -> User | None:
        """Who does it: a crew member of the department for work in the street, a dispatcher for the desk."""
        slug = self.issue.department.slug
        if step.by == By.REPORTER:
            return None
        if step.by == By.CREW:
            self.worker = self.worker or self.rng.choice(
                self.people.by_role.get(("crew", slug)) or self.people.of("dispatcher", slug)
            )
            return self.worker
        if step.to == State.ACCEPTED and self.rng.random() < 0.12:
            return self.people.users[INTAKE]
        return self.rng.choice(self.people.of("dispatcher", slug))

    def _change(self, step: Step, target: str, actor: User | None, text: str = "") -> None:
        before = State(self.issue.state)
        if step_to(before, target) is None:
            raise ValueError(
                f"the demo takes {self.issue.number} from {before} to {target}, which is no step"
            )
        if before == State.PAUSED and self.paused_at is not None and self.issue.due_at is not None:
            self.issue.due_at += step.at - self.paused_at
        if target == State.PAUSED:
            self.paused_at = step.at
        self.issue.state = State(target)
        self.issue.resolved_at = (self.issue.resolved_at or step.at) if target in FIXED else None
        self._touch(step)
        self._event(
            step, EventKind.STATE, is_public=True, actor=actor, from_state=before, to_state=target, text=text
        )

    def _state(self, step: Step) -> None:
        actor = self._actor(step)
        self._change(step, step.to, actor, step.text)
        if actor is not None and step.by == By.CREW and actor.pk in self.people.crew_of:
            self._work(step, actor)
        if step.to in {State.RESOLVED, State.ACCEPTED}:
            self.worker = None

    def _duplicate(self, step: Step) -> None:
        self._change(step, State.DUPLICATE, self._actor(step))

    def _assigned(self, step: Step) -> None:
        actor = self._actor(step)
        self.issue.department = self.departments[INSTEAD.get(self.issue.department.slug, "help-desk")]
        self._touch(step)
        self.lived.decisions.append(
            RoutingDecision(
                issue=self.issue, department=self.issue.department, actor=actor, trace=[], at=step.at
            )
        )
        self._event(
            step,
            EventKind.ASSIGNED,
            is_public=True,
            actor=actor,
            department=self.issue.department,
            text=step.text,
        )

    def _note(self, step: Step) -> None:
        self._touch(step)
        self._event(step, EventKind.NOTE, is_public=step.is_public, actor=self._actor(step), text=step.text)

    def _published(self, step: Step) -> None:
        self.issue.is_text_public = True
        self._touch(step)
        self._event(
            step, EventKind.PUBLISHED, is_public=False, actor=self._actor(step), data={"is_public": True}
        )

    def _feedback(self, step: Step) -> None:
        facts = {"is_fixed": step.facts["is_fixed"], "score": step.facts["score"]}
        self._event(step, EventKind.FEEDBACK, is_public=False, actor=None, data=facts)
        target = State.CLOSED if step.facts["is_fixed"] else State.ACCEPTED
        if self.issue.state != target:
            self._change(step, target, None)

    def _work(self, step: Step, worker: User) -> None:
        """The job behind a step of the crew, as crews.actions keeps it."""
        here = stored_point(
            self.issue.location.x + self.rng.gauss(0, 6), self.issue.location.y + self.rng.gauss(0, 6)
        )
        metres = round(self.issue.location.distance(here), 1)
        if step.to == State.IN_PROGRESS:
            job = Job(
                issue=self.issue,
                worker=worker,
                crew=self.people.crew_of[worker.pk],
                state=JobState.STARTED,
                started_at=step.at,
                start_location=here,
            )
            self.lived.jobs.append(
                (job, [self._told(job, JobState.STARTED, step, worker, {"metres": metres})])
            )
            return
        if not self.lived.jobs or self.lived.jobs[-1][0].state != JobState.STARTED:
            return
        job, told = self.lived.jobs[-1]
        if step.to == State.PAUSED:
            job.state = JobState.HANDED_BACK
            told.append(self._told(job, JobState.HANDED_BACK, step, worker, {"reason": step.text}))
        elif step.to == State.RESOLVED:
            job.state, job.done_at, job.done_location, job.no_proof_reason = (
                JobState.DONE,
                step.at,
                here,
                step.text,
            )
            told.append(
                self._told(job, JobState.DONE, step, worker, {"metres": metres, "measured_by": "phone"})
            )

    def _told(self, job: Job, kind: JobState, step: Step, worker: User, facts: dict[str, Any]) -> JobEvent:
        return JobEvent(job=job, kind=kind, at=step.at, actor=worker, data=facts)
