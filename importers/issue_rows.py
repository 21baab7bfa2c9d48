"""Rows of a case list as the issues they will become: category, dates, state, or the reason why not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5
from zoneinfo import ZoneInfo

import shapely
from django.utils import timezone

from importers.geometry import Cleaned, key_text
from importers.report import Report
from importers.rules.convert import moment_from
from importers.sources.base import Record
from issues.models import Category
from issues.states import FIXED, State

ADDRESS_LENGTH = 200
DESCRIPTION_LENGTH = 10_000
#: Years such as 1 and 9999 stand for “not known” and “not yet” in many old systems.
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
#: What was reported or closed is past, whatever the clocks say; a promise may be for later.
A_DAY = timedelta(days=1)
LATEST = {"due": timedelta(days=100 * 365)}


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
    """Turns cleaned rows into IssueRows; rows that do not fit are refused in the report. `source` names the system
    they come from; without `has_state` a case is closed when it has a closing date."""

    source: str
    has_state: bool
    categories: dict[str, Category]
    home: shapely.Geometry
    report: Report
    seen: set[str] = field(default_factory=set)

    def rows(self, cleaned: Cleaned) -> Iterator[IssueRow]:
        shapely.prepare(self.home)
        inside = shapely.covers(self.home, cleaned.geometries)
        for index, record in enumerate(cleaned.records):
            external_id = key_text(record.get("external_id"))
            try:
                if not inside[index]:
                    raise _Unfit("outside_home")
                row = self._row(cleaned.rows[index], external_id, cleaned.geometries[index], record)
                self._see(external_id)
            except _Unfit as problem:
                self.report.refuse(problem.code, cleaned.rows[index], external_id[:60], **problem.facts)
            else:
                yield row

    def _see(self, external_id: str) -> None:
        if external_id in self.seen:
            raise _Unfit("repeated_key")
        if external_id:
            self.seen.add(external_id)

    def _row(self, number: int, external_id: str, location: shapely.Geometry, record: Record) -> IssueRow:
        category = self.categories.get(key_text(record.get("category")))
        if category is None:
            raise _Unfit("no_category", value=key_text(record.get("category")))
        reported = _moment("reported", record)
        if reported is None:
            raise _Unfit("no_date")
        closed = _moment("closed", record)
        state = self._state(record, closed)
        return IssueRow(
            row=number,
            external_id=external_id,
            submission_key=self._submission_key(external_id),
            category=category,
            location=location,
            reported=reported,
            closed=self._closing(number, external_id, state, reported, closed),
            due=_moment("due", record),
            state=state,
            description=key_text(record.get("description"))[:DESCRIPTION_LENGTH],
            address=key_text(record.get("address"))[:ADDRESS_LENGTH],
        )

    def _state(self, record: Record, closed: datetime | None) -> State:
        if not self.has_state:
            return State.CLOSED if closed else State.RECEIVED
        meant = key_text(record.get("state"))
        if meant not in State.values or meant == State.DUPLICATE:
            raise _Unfit("no_state", value=meant)
        return State(meant)

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
        return uuid5(NAMESPACE_URL, f"{self.source or 'import'}#{external_id}")


def _moment(target: str, record: Record) -> datetime | None:
    """Rules have made it ISO in UTC; in a file without rules it may be local time."""
    value = record.get(target)
    if value in (None, ""):
        return None
    try:
        moment = moment_from(value, "", ZoneInfo(timezone.get_default_timezone_name()))
    except (ValueError, OverflowError):
        raise _Unfit("bad_date", value=str(value)[:40]) from None
    if not EARLIEST <= moment <= timezone.now() + LATEST.get(target, A_DAY):
        raise _Unfit("unlikely_date", value=str(value)[:40])
    return moment
