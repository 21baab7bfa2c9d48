"""Rows of a case list as the issues they will become: category, dates, state, or the reason why not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import NAMESPACE_URL, UUID, uuid5

import shapely

from importers.geometry import Cleaned
from importers.mapping import IssueMapping
from importers.report import Report
from importers.sources.base import Record
from issues.models import Category
from issues.states import FIXED, State

ADDRESS_LENGTH = 200
DESCRIPTION_LENGTH = 10_000


@dataclass(frozen=True)
class IssueRow:
    """`location` in the storage CRS; `submission_key` is the same for the same case in every import."""

    row: int
    external_id: str
    submission_key: UUID | None
    category: Category
    location: shapely.Geometry
    reported: datetime
    closed: datetime | None
    due: datetime | None
    state: State
    description: str
    address: str


class _Unfit(Exception):
    def __init__(self, code: str, **facts: str) -> None:
        super().__init__(code)
        self.code, self.facts = code, facts


@dataclass
class IssueReader:
    """Turns cleaned rows into IssueRows by a mapping; rows that do not fit are refused in the report."""

    mapping: IssueMapping
    categories: dict[str, Category]
    home: shapely.Geometry
    report: Report

    def rows(self, cleaned: Cleaned) -> Iterator[IssueRow]:
        shapely.prepare(self.home)
        inside = shapely.covers(self.home, cleaned.geometries)
        for index, record in enumerate(cleaned.records):
            external_id = self.mapping.rule("external_id").raw(record)
            try:
                if not inside[index]:
                    raise _Unfit("outside_home")
                yield self._row(cleaned.rows[index], external_id, cleaned.geometries[index], record)
            except _Unfit as problem:
                self.report.refuse(problem.code, cleaned.rows[index], external_id[:60], **problem.facts)

    def _row(self, number: int, external_id: str, location: shapely.Geometry, record: Record) -> IssueRow:
        category = self._category(record)
        reported = self._moment("reported", record)
        if reported is None:
            raise _Unfit("no_date")
        closed = self._moment("closed", record)
        state = self._state(record, closed)
        return IssueRow(
            row=number,
            external_id=external_id,
            submission_key=self._submission_key(external_id),
            category=category,
            location=location,
            reported=reported,
            closed=self._closing(number, external_id, state, reported, closed),
            due=self._moment("due", record),
            state=state,
            description=self.mapping.rule("description").value(record)[:DESCRIPTION_LENGTH],
            address=self.mapping.rule("address").value(record)[:ADDRESS_LENGTH],
        )

    def _category(self, record: Record) -> Category:
        rule = self.mapping.rule("category")
        category = self.categories.get(rule.value(record))
        if category is None:
            raise _Unfit("no_category", value=rule.raw(record))
        return category

    def _state(self, record: Record, closed: datetime | None) -> State:
        if "state" not in self.mapping.rules:
            return State.CLOSED if closed else State.RECEIVED
        rule = self.mapping.rule("state")
        meant = rule.value(record)
        if meant not in State.values or meant == State.DUPLICATE:
            raise _Unfit("no_state", value=rule.raw(record))
        return State(meant)

    def _moment(self, target: str, record: Record) -> datetime | None:
        rule = self.mapping.rule(target)
        try:
            return rule.moment(record, self.mapping.zone)
        except (ValueError, OverflowError):
            raise _Unfit("bad_date", value=rule.raw(record)[:40]) from None

    def _closing(
        self, number: int, external_id: str, state: State, reported: datetime, closed: datetime | None
    ) -> datetime | None:
        """When a case that is over was over; never before it was reported."""
        if state not in FIXED:
            return None
        if closed is None or closed < reported:
            self.report.repair("date_order" if closed else "no_closing_date", number, external_id[:60])
            return reported
        return closed

    def _submission_key(self, external_id: str) -> UUID | None:
        if not external_id:
            return None
        return uuid5(NAMESPACE_URL, f"{self.mapping.source or 'import'}#{external_id}")
