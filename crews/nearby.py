"""The jobs near a phone: workable issues of a person's departments, nearest first, with distance and direction."""

import math
from dataclasses import dataclass
from urllib.parse import quote

from django.contrib.gis.geos import Point
from django.db.models import F
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.geo import to_lonlat
from crews.models import Job
from issues.models import Issue
from issues.querysets import IssueQuerySet
from issues.states import FIELD, State
from municipality.roles import AnyUser, rights_of

JOBS_SHOWN = 20
WINDS = ("n", "ne", "e", "se", "s", "sw", "w", "nw")
WIND_NAMES: dict[str, str | Promise] = {
    "n": _("north"),
    "ne": _("north-east"),
    "e": _("east"),
    "se": _("south-east"),
    "s": _("south"),
    "sw": _("south-west"),
    "w": _("west"),
    "nw": _("north-west"),
}


@dataclass(frozen=True)
class NearbyJob:
    """An issue a crew can go to; `metres` and `wind` are empty when the phone's place is unknown."""

    issue: Issue
    lon: float
    lat: float
    metres: float | None = None
    wind: str = ""
    worker: str = ""

    @property
    def direction(self) -> str:
        return str(WIND_NAMES[self.wind]) if self.wind else ""

    @property
    def navigation_uri(self) -> str:
        """Opens the phone's own navigation, whichever it is."""
        place = f"{self.lat:.6f},{self.lon:.6f}"
        return f"geo:{place}?q={place}({quote(self.issue.number)})"

    @property
    def directions_url(self) -> str:
        """For phones that do not know `geo:`; a link to follow, never fetched by the page."""
        return f"https://www.google.com/maps/dir/?api=1&destination={self.lat:.6f},{self.lon:.6f}"


def workable_for(user: AnyUser) -> IssueQuerySet:
    """Issues a crew member or dispatcher may go to now."""
    departments = rights_of(user).departments_as(*FIELD)
    workable = Issue.objects.workable()
    return workable if departments is None else workable.filter(department__in=departments)


def nearest_rows(user: AnyUser, point: Point, limit: int = JOBS_SHOWN) -> IssueQuerySet:
    """The KNN query to bench: `workable` by the partial GiST index, in order of `<->` from `point` (storage CRS)."""
    return workable_for(user).nearest_first(point)[:limit]


def jobs_near(user: AnyUser, point: Point, limit: int = JOBS_SHOWN) -> list[NearbyJob]:
    """Up to `limit` jobs, nearest first; `point` in the storage CRS. At most two queries, whatever the limit."""
    return _with_workers(_for_cards(nearest_rows(user, point, limit)), point)


def jobs_by_due(user: AnyUser, limit: int = JOBS_SHOWN) -> list[NearbyJob]:
    """Up to `limit` jobs by promise, for a phone that does not tell where it is."""
    rows = workable_for(user).order_by(F("due_at").asc(nulls_last=True), "pk")[:limit]
    return _with_workers(_for_cards(rows), None)


def job_card(issue: Issue, point: Point | None) -> NearbyJob:
    return _with_workers([issue], point)[0]


def wind_between(start: Point, goal: Point) -> str:
    """One of the eight winds from `start` to `goal`, both in the storage CRS (grid north)."""
    degrees = math.degrees(math.atan2(goal.x - start.x, goal.y - start.y)) % 360
    return WINDS[round(degrees / 45) % 8]


def _for_cards(rows: IssueQuerySet) -> IssueQuerySet:
    return rows.select_related("category", "asset__type").defer(
        "location_web", "asset__location", "asset__location_web"
    )


def _with_workers(issues: "IssueQuerySet | list[Issue]", point: Point | None) -> list[NearbyJob]:
    rows = list(issues)
    started = [row.pk for row in rows if row.state == State.IN_PROGRESS]
    names = dict(Job.objects.started().filter(issue__in=started).values_list("issue_id", "worker__name"))
    return [_card(row, point, names.get(row.pk, "")) for row in rows]


def _card(issue: Issue, point: Point | None, worker: str) -> NearbyJob:
    place = to_lonlat(issue.location)
    if point is None:
        return NearbyJob(issue, place.x, place.y, worker=worker)
    metres = issue.location.distance(point)
    return NearbyJob(issue, place.x, place.y, metres, wind_between(point, issue.location), worker)
