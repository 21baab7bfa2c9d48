"""Two years of issues: each routed by the real rules, then taken through its life as the actions would have."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings

from assets.models import Asset
from crews.models import Job, JobEvent
from issues.models import Category, Feedback, Issue, IssueEvent, ProtocolCounter, Reporter, RoutingDecision
from issues.routing import Decision, route
from municipality.calendar import WorkingCalendar
from municipality.models import Department

from .frame import chance
from .geometry import stored_point
from .issue_drafts import IssueDraft, issue_drafts
from .issue_lives import ATHENS
from .load_assets import Assets
from .load_lives import Lived, live
from .load_mails import load_mails
from .load_places import People

BATCH = 1000


@dataclass
class _Counter:
    """Protocol numbers as they were given: in the order of arrival, each year from one."""

    last: dict[int, int]

    def next(self, year: int) -> str:
        self.last[year] = self.last.get(year, 0) + 1
        return f"{year}-{self.last[year]:06d}"


def load_issues(
    today: date,
    categories: dict[str, Category],
    departments: dict[str, Department],
    people: People,
    assets: Assets,
) -> None:
    """Write issues with events, decisions, jobs, feedback, reporters and the mails they caused."""
    drafts = issue_drafts(today)
    calendar = WorkingCalendar.load()
    counter = _Counter({})
    rng = chance("desk")
    lives: list[Lived] = []
    for draft in drafts:
        asset = assets.rows.get(draft.place.asset) if draft.place.asset else None
        issue, decision = _received(draft, categories[draft.category], asset, counter, calendar)
        lives.append(live(issue, draft, decision, departments, people, rng))
    _write(drafts, lives, counter)
    _write_people(today, drafts, lives)
    load_mails([(life.issue, life.events, draft) for draft, life in zip(drafts, lives, strict=True)])


def _received(
    draft: IssueDraft, category: Category, asset: Asset | None, counter: _Counter, calendar: WorkingCalendar
) -> tuple[Issue, Decision]:
    location = stored_point(draft.place.point.x, draft.place.point.y)
    decision = route(category=category, location=location, asset=asset)
    issue = Issue(
        number=counter.next(draft.reported_at.astimezone(ATHENS).year),
        category=category,
        location=location,
        accuracy_metres=draft.accuracy_metres,
        address=draft.place.address,
        asset=asset,
        area=decision.area,
        department=decision.department,
        channel=draft.channel,
        description=draft.description,
        answers=draft.answers,
        is_public=category.is_public,
        same_here=draft.same_here,
        reported_at=draft.reported_at,
        changed_at=draft.reported_at,
        due_at=calendar.due(draft.reported_at, category.sla_working_days),
    )
    return issue, decision


def _write(drafts: Sequence[IssueDraft], lives: Sequence[Lived], counter: _Counter) -> None:
    """Issues first, the ones that repeat others after those they repeat, then all that hangs on them."""
    first = [life.issue for draft, life in zip(drafts, lives, strict=True) if draft.earlier is None]
    Issue.objects.bulk_create(first, batch_size=BATCH)
    again = [
        (draft, life.issue) for draft, life in zip(drafts, lives, strict=True) if draft.earlier is not None
    ]
    for draft, issue in again:
        issue.duplicate_of = lives[draft.earlier or 0].issue
    Issue.objects.bulk_create([issue for _, issue in again], batch_size=BATCH)
    ProtocolCounter.objects.bulk_create(
        [ProtocolCounter(year=year, last=last) for year, last in counter.last.items()]
    )
    decisions = sorted((decision for life in lives for decision in life.decisions), key=lambda one: one.at)
    RoutingDecision.objects.bulk_create(decisions, batch_size=BATCH)
    events = sorted((event for life in lives for event in life.events), key=lambda event: event.at)
    IssueEvent.objects.bulk_create(events, batch_size=BATCH)
    Job.objects.bulk_create([job for life in lives for job, _ in life.jobs], batch_size=BATCH)
    JobEvent.objects.bulk_create(
        [event for life in lives for _, events in life.jobs for event in events], batch_size=BATCH
    )


def _write_people(today: date, drafts: Sequence[IssueDraft], lives: Sequence[Lived]) -> None:
    """Contacts still within their retention, and what citizens answered after a fix."""
    keep = timedelta(days=settings.REPORTER_RETENTION_DAYS)
    reporters = []
    for draft, life in zip(drafts, lives, strict=True):
        until = draft.reported_at.date() + keep
        if draft.reporter is not None and until >= today:
            person = draft.reporter
            reporters.append(
                Reporter(
                    issue=life.issue,
                    name=person.name,
                    email=person.email,
                    phone=person.phone,
                    language=person.language,
                    retain_until=until,
                )
            )
    Reporter.objects.bulk_create(reporters, batch_size=BATCH)
    answers = [
        Feedback(
            issue=life.issue,
            is_fixed=step.facts["is_fixed"],
            score=step.facts["score"],
            comment=step.facts["comment"],
            at=step.at,
        )
        for draft, life in zip(drafts, lives, strict=True)
        for step in draft.steps
        if step.kind == "feedback"
    ]
    Feedback.objects.bulk_create(answers, batch_size=BATCH)
