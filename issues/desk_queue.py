"""The dispatcher's queue: one set of filters behind the list, the counts on the chips, and the map."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, cast

from django.contrib.gis.db.models.functions import Transform
from django.contrib.gis.geos import Point, Polygon
from django.db.models import Count, F
from django.utils import timezone

from core.geo import CRS84
from issues.centre import centre_of, centre_of_municipality
from issues.forms.desk_queue import ANY_STATE
from issues.models import Category, Issue
from issues.querysets import IssueQuerySet, late
from issues.states import OPEN
from municipality.roles import AnyUser

PAGE_SIZE = 40
MAP_LIMIT = 2000
Filters = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """A piece of the queue; `first` and `last` count from 1."""

    rows: list[Issue]
    number: int
    has_next: bool

    @property
    def previous(self) -> int:
        return self.number - 1

    @property
    def next(self) -> int:
        return self.number + 1

    @property
    def first(self) -> int:
        return (self.number - 1) * PAGE_SIZE + 1

    @property
    def last(self) -> int:
        return self.first + len(self.rows) - 1


@dataclass(frozen=True)
class Counts:
    """How many cases there are by state, and how many of the open ones are late, under the other filters."""

    by_state: dict[str, int]
    overdue: int

    @property
    def open(self) -> int:
        return sum(self.by_state.get(state, 0) for state in OPEN)

    @property
    def all(self) -> int:
        return sum(self.by_state.values())

    def shown(self, filters: Filters) -> int:
        state = filters.get("state") or ""
        if filters.get("overdue"):
            return self.overdue
        if state == ANY_STATE:
            return self.all
        return self.by_state.get(state, 0) if state else self.open


def queue(user: AnyUser, filters: Filters) -> IssueQuerySet:
    """Every case of the queue that matches, unordered."""
    return _by_state(_matching(user, filters), filters)


def counts(user: AnyUser, filters: Filters) -> Counts:
    """One query, whatever the number of states."""
    rows = (
        _matching(user, filters)
        .order_by()
        .values_list("state")
        .annotate(n=Count("pk"), late=Count("pk", filter=late(timezone.now())))
    )
    found = list(rows)
    shown_state = filters.get("state") or ""
    overdue = sum(n_late for state, _n, n_late in found if shown_state in ("", ANY_STATE, state))
    return Counts({state: n for state, n, _late in found}, overdue)


def page(user: AnyUser, filters: Filters) -> Page:
    """One page of rows, ready for the list, without area boundaries."""
    number = filters.get("page") or 1
    start = (number - 1) * PAGE_SIZE
    ordered = for_rows(_ordered(queue(user, filters), filters))
    rows = list(ordered[start : start + PAGE_SIZE + 1])
    return Page(rows[:PAGE_SIZE], number, len(rows) > PAGE_SIZE)


def for_rows(issues: IssueQuerySet) -> IssueQuerySet:
    return issues.select_related("category", "department", "area").defer(
        "area__boundary", "area__boundary_web", "location_web"
    )


def features(user: AnyUser, filters: Filters, bbox: Polygon | None) -> dict[str, Any]:
    """The queue as GeoJSON in CRS84, at most MAP_LIMIT points; `truncated` says when there were more."""
    rows = _ordered(queue(user, filters), filters)
    if bbox is not None:
        rows = rows.filter(location__coveredby=bbox)
    found = list(
        rows.annotate(place=Transform("location", CRS84)).values_list(
            "number", "state", "due_at", "category__icon", "place"
        )[: MAP_LIMIT + 1]
    )
    return {
        "type": "FeatureCollection",
        "truncated": len(found) > MAP_LIMIT,
        "features": [_feature(*row) for row in found[:MAP_LIMIT]],
    }


def _feature(number: str, state: str, due_at: datetime | None, icon: str, place: Point) -> dict[str, Any]:
    issue = Issue(number=number, state=state, due_at=due_at)
    properties = {"number": number, "look": issue.look, "overdue": issue.is_overdue, "icon": icon}
    coordinates = [round(place.x, 6), round(place.y, 6)]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": coordinates},
        "properties": properties,
    }


def _matching(user: AnyUser, filters: Filters) -> IssueQuerySet:
    """All filters but the state and lateness, which the chips choose."""
    rows = Issue.objects.handled_by(user)
    if department := filters.get("department"):
        rows = rows.filter(department=department)
    if category := filters.get("category"):
        rows = rows.filter(category__in=_with_children(category))
    if area := filters.get("area"):
        rows = rows.in_area(area)
    if asset := filters.get("asset"):
        rows = rows.filter(asset__code__iexact=asset)
    if words := filters.get("q"):
        rows = rows.with_words(words)
    return _in_period(rows, filters)


def _in_period(rows: IssueQuerySet, filters: Filters) -> IssueQuerySet:
    """Whole days of the municipality's clock, both ends included."""
    if since := filters.get("since"):
        rows = rows.filter(reported_at__gte=timezone.make_aware(datetime.combine(since, time.min)))
    if until := filters.get("until"):
        after = datetime.combine(until + timedelta(days=1), time.min)
        rows = rows.filter(reported_at__lt=timezone.make_aware(after))
    return rows


def _by_state(rows: IssueQuerySet, filters: Filters) -> IssueQuerySet:
    state = filters.get("state") or ""
    if filters.get("overdue"):
        rows = rows.overdue()
    if state == ANY_STATE:
        return rows
    return rows.filter(state=state) if state else rows.open()


def _ordered(rows: IssueQuerySet, filters: Filters) -> IssueQuerySet:
    near = _from_where(filters) if filters.get("sort") == "distance" else None
    if near is not None:
        return rows.nearest_first(near)
    if filters.get("sort") == "newest":
        return rows.order_by("-reported_at", "-pk")
    return rows.order_by(F("due_at").asc(nulls_last=True), "pk")


def _from_where(filters: Filters) -> Point | None:
    """The place to measure from: the given one, else the middle of the chosen area, else of the municipality."""
    if near := filters.get("near"):
        return cast(Point, near)
    area = filters.get("area")
    return centre_of(area) if area else centre_of_municipality()


def _with_children(category: Category) -> set[int]:
    """The category and all below it; the tree is small, so it is walked in memory."""
    children: dict[int | None, list[int]] = {}
    for pk, parent in Category.objects.values_list("pk", "parent_id"):
        children.setdefault(parent, []).append(pk)
    found: set[int] = set()
    waiting = [category.pk]
    while waiting:
        pk = waiting.pop()
        if pk not in found:
            found.add(pk)
            waiting.extend(children.get(pk, []))
    return found
