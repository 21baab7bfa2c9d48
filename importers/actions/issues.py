"""Import a case list: every case is routed as a new one would be, with its trace, and keeps its own dates."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

import shapely
from django.conf import settings
from django.contrib.gis.geos import Point
from django.utils import timezone
from django.utils.translation import gettext as _

from importers.actions.issue_updates import bring_up_to_date
from importers.actions.journal import keep_changes
from importers.actions.runs import carry_out
from importers.errors import NoSuchTarget
from importers.issue_rows import IssueReader, IssueRow
from importers.models import ImportRun, Target
from importers.order import Order
from importers.reading import reading
from importers.registers import ISSUES
from importers.report import Report
from importers.rules import Rules
from issues.actions.numbers import next_numbers
from issues.errors import NoBoundaryYet
from issues.models import Category, Issue, IssueEvent, RoutingDecision
from issues.models.issue import Channel, EventKind
from issues.routing import Decision, route
from issues.states import State
from layers.models import GeometryKind
from municipality.calendar import WorkingCalendar
from municipality.models import Area

CHUNK = 1000


@dataclass(frozen=True)
class IssuesOrder(Order):
    """A file of cases; the rules say which of its fields is what, and from which system they come."""


def import_issues(order: IssuesOrder) -> Report:
    """Add the cases that are not known yet (by external id), and bring known ones to what the file says of them, as
    long as nobody worked on them here since.

    Protocol numbers are our own, gapless in the year of the report. No mail is sent about the past.
    Raises ImportRefused (or another PortalError) with the database untouched.
    """
    return carry_out(order, Target.ISSUES, "", {}, lambda report, run: _import(order, report, run))


def _import(order: IssuesOrder, report: Report, run: ImportRun) -> None:
    categories, home = _categories(order.rules), _home()
    with reading(order, report, expected=GeometryKind.POINT, key_field="external_id") as read:
        read.require("category", "reported")
        reader = IssueReader(order.rules.source, "state" in read.fields, categories, home, report)
        rows = [row for cleaned in read.batches() for row in reader.rows(cleaned)]
    known = Issue.objects.in_bulk(
        [row.submission_key for row in rows if row.submission_key], field_name="submission_key"
    )
    numbers = _add([row for row in rows if row.submission_key not in known], order)
    keep_changes(run=run, register=ISSUES, keys=numbers, before={})
    report.counts["added"] += len(numbers)
    bring_up_to_date(
        rows={known[row.submission_key].pk: row for row in rows if row.submission_key in known},
        run=run,
        report=report,
    )


def _add(rows: list[IssueRow], order: IssuesOrder) -> dict[int, str]:
    """The protocol numbers of the new issues, by their ids."""
    calendar = WorkingCalendar.load()
    added: dict[int, str] = {}
    rows.sort(key=lambda row: (row.reported, row.row))
    for year, group in groupby(rows, key=lambda row: timezone.localtime(row.reported).year):
        of_year = list(group)
        numbers = iter(next_numbers(year, len(of_year)))
        waiting = iter(of_year)
        while chunk := list(islice(waiting, CHUNK)):
            added |= {issue.pk: issue.number for issue in _write(chunk, numbers, calendar, order)}
    return added


def _write(
    rows: list[IssueRow], numbers: Iterator[str], calendar: WorkingCalendar, order: IssuesOrder
) -> list[Issue]:
    locations = [_location(row) for row in rows]
    decisions = [
        route(category=row.category, location=location) for row, location in zip(rows, locations, strict=True)
    ]
    issues = Issue.objects.bulk_create(
        _issue(row, location, decision, next(numbers), calendar)
        for row, location, decision in zip(rows, locations, decisions, strict=True)
    )
    RoutingDecision.objects.bulk_create(
        RoutingDecision(
            issue=issue,
            department=decision.department,
            rule=decision.rule,
            trace=decision.trace,
            actor=order.user,
        )
        for issue, decision in zip(issues, decisions, strict=True)
    )
    IssueEvent.objects.bulk_create(
        event for row, issue in zip(rows, issues, strict=True) for event in _events(row, issue, order)
    )
    return issues


def _issue(
    row: IssueRow, location: Point, decision: Decision, number: str, calendar: WorkingCalendar
) -> Issue:
    return Issue(
        number=number,
        submission_key=row.submission_key,
        category=row.category,
        location=location,
        address=row.address,
        area=decision.area,
        department=decision.department,
        state=row.state,
        channel=Channel.IMPORT,
        description=row.description,
        is_public=row.category.is_public,
        reported_at=row.reported,
        due_at=row.due or calendar.due(row.reported, row.category.sla_working_days),
        resolved_at=row.closed,
        changed_at=row.closed or row.reported,
    )


def _events(row: IssueRow, issue: Issue, order: IssuesOrder) -> Iterator[IssueEvent]:
    """What is known of the past: reported then, routed now by our rules, and the state it came to."""
    facts: dict[str, Any] = {"import": order.file_name}
    if row.external_id:
        facts["external_id"] = row.external_id
    yield IssueEvent(
        issue=issue,
        kind=EventKind.REPORTED,
        at=row.reported,
        is_public=True,
        to_state=State.RECEIVED,
        data=facts,
    )
    yield IssueEvent(issue=issue, kind=EventKind.ROUTED, at=row.reported, department=issue.department)
    if row.state != State.RECEIVED:
        yield IssueEvent(
            issue=issue,
            kind=EventKind.STATE,
            at=row.closed or row.reported,
            is_public=True,
            from_state=State.RECEIVED,
            to_state=row.state,
            data={"import": order.file_name},
        )


def _location(row: IssueRow) -> Point:
    return Point(
        float(shapely.get_x(row.location)), float(shapely.get_y(row.location)), srid=settings.STORAGE_SRID
    )


def _categories(rules: Rules) -> dict[str, Category]:
    """Every category; NoSuchTarget when the mapping names one that does not exist."""
    known = {category.slug: category for category in Category.objects.select_related("parent")}
    rule = rules.rule("category")
    named = {rule.constant, rule.default, *rule.values.values()} if rule else set()
    for slug in sorted(str(name) for name in named if name):
        if slug not in known:
            raise NoSuchTarget(kind=_("category"), slug=slug, known=", ".join(known) or "—")
    return known


def _home() -> shapely.Geometry:
    home = Area.objects.home()
    if home is None:
        raise NoBoundaryYet()
    return shapely.from_wkb(bytes(home.boundary.wkb))
