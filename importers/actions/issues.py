"""Import a case list: every case is routed as a new one would be, with its trace, and keeps its own dates."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby, islice
from pathlib import Path
from typing import Any
from uuid import UUID

import shapely
from django.conf import settings
from django.contrib.gis.geos import Point
from django.utils import timezone
from django.utils.translation import gettext as _

from importers.actions.runs import carry_out
from importers.errors import NoSuchTarget
from importers.issue_rows import IssueReader, IssueRow
from importers.mapping import IssueMapping, read_mapping
from importers.models import ImportRun, Target
from importers.order import Order
from importers.reading import reading
from importers.report import Report
from importers.sources import ReadOptions
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
    """A file of cases and the mapping that explains it. Positions come from the mapping or the file itself."""

    mapping: Path = Path()


def import_issues(order: IssuesOrder) -> Report:
    """Add the cases that are not known yet (by external id); known ones are left as they are.

    Protocol numbers are our own, gapless in the year of the report. No mail is sent about the past.
    Raises ImportRefused (or another PortalError) with the database untouched.
    """
    mapping, document = read_mapping(order.mapping)
    facts = {"mapping": document}
    return carry_out(
        order, Target.ISSUES, "", facts, lambda report, run: _import(order, mapping, report, run)
    )


def _import(order: IssuesOrder, mapping: IssueMapping, report: Report, run: ImportRun) -> None:
    reader = IssueReader(mapping, _categories(mapping), _home(), report)
    with reading(
        replace(order, options=_with_places(order.options, mapping)),
        report,
        expected=GeometryKind.POINT,
        key_field=mapping.rule("external_id").field,
    ) as read:
        read.require(*mapping.fields())
        rows = [row for cleaned in read.batches() for row in reader.rows(cleaned)]
    fresh = _fresh(rows, report)
    calendar = WorkingCalendar.load()
    fresh.sort(key=lambda row: (row.reported, row.row))
    for year, group in groupby(fresh, key=lambda row: timezone.localtime(row.reported).year):
        of_year = list(group)
        numbers = iter(next_numbers(year, len(of_year)))
        waiting = iter(of_year)
        while chunk := list(islice(waiting, CHUNK)):
            _write(chunk, numbers, calendar, order)
    report.counts["added"] += len(fresh)


def _write(
    rows: list[IssueRow], numbers: Iterator[str], calendar: WorkingCalendar, order: IssuesOrder
) -> None:
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
        )


def _location(row: IssueRow) -> Point:
    return Point(
        float(shapely.get_x(row.location)), float(shapely.get_y(row.location)), srid=settings.STORAGE_SRID
    )


def _fresh(rows: list[IssueRow], report: Report) -> list[IssueRow]:
    """Rows that are not there yet; a second import of the same file adds nothing."""
    keys = [row.submission_key for row in rows if row.submission_key]
    held = set(Issue.objects.filter(submission_key__in=keys).values_list("submission_key", flat=True))
    fresh: list[IssueRow] = []
    seen: set[UUID] = set()
    for row in rows:
        if row.submission_key in held:
            report.counts["unchanged"] += 1
        elif row.submission_key in seen:
            report.refuse("repeated_key", row.row, row.external_id[:60])
        else:
            fresh.append(row)
            seen.update([row.submission_key] if row.submission_key else [])
    return fresh


def _categories(mapping: IssueMapping) -> dict[str, Category]:
    """Every category that the mapping names; NoSuchTarget for one that does not exist."""
    known = {category.slug: category for category in Category.objects.select_related("parent")}
    rule = mapping.rule("category")
    for slug in {rule.constant, rule.default, *rule.values.values()} - {""}:
        if slug not in known:
            raise NoSuchTarget(kind=_("category"), slug=slug, known=", ".join(known) or "—")
    return known


def _home() -> shapely.Geometry:
    home = Area.objects.home()
    if home is None:
        raise NoBoundaryYet()
    return shapely.from_wkb(bytes(home.boundary.wkb))


def _with_places(options: ReadOptions, mapping: IssueMapping) -> ReadOptions:
    """The command line wins over the mapping."""
    return ReadOptions(
        source_crs=options.source_crs,
        encoding=options.encoding,
        source_layer=options.source_layer,
        lon=options.lon or mapping.lon,
        lat=options.lat or mapping.lat,
        wkt=options.wkt or mapping.wkt,
    )
