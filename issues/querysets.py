"""Reads of issues and what hangs on them. Every list starts from `visible_to(user)`."""

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Self

from django.contrib.gis.db import models
from django.contrib.gis.geos import Point
from django.db.models import Func, Q, TextField, Value
from django.db.models.functions import Concat
from django.utils import timezone

from core.nearest import knn_distance
from core.text import Fold
from issues.states import FIXED, OPEN, TICKING, WORKABLE
from municipality.models import Area, Role
from municipality.roles import AnyUser, rights_of

if TYPE_CHECKING:
    from issues.models import (  # noqa: F401
        Category,
        Follower,
        Issue,
        IssueEvent,
        Notification,
        Photo,
        Reporter,
        RoutingRule,
    )

HANDLERS = (Role.OPERATOR, Role.DISPATCHER, Role.CREW, Role.EXECUTIVE)
PUBLIC = Q(is_public=True, category__is_public=True) & ~Q(state="withdrawn")


def words_of_issue() -> Fold:
    """Number, address and description as one folded text, as the index `issue_words` holds it."""
    return Fold(Concat("number", Value(" "), "address", Value(" "), "description", output_field=TextField()))


def late(now: datetime | Func) -> Q:
    """Past its promised date while the clock runs."""
    return Q(state__in=TICKING, due_at__lt=now)


class CategoryQuerySet(models.QuerySet["Category"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def visible_to(self, user: AnyUser) -> Self:
        """All active categories: the list of what can be reported is public."""
        return self.active()


class IssueQuerySet(models.QuerySet["Issue"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Public issues, and for staff those they handle; which fields show is the page's matter."""
        departments = rights_of(user).departments_as(*HANDLERS)
        if departments is None:
            return self
        return self.filter(PUBLIC | Q(department__in=departments)) if departments else self.filter(PUBLIC)

    def public(self) -> Self:
        """What anybody may know exists. Withdrawn reports and private categories stay out."""
        return self.filter(PUBLIC)

    def handled_by(self, user: AnyUser) -> Self:
        """Issues whose internal side a person may read: operators and executives all, others by department."""
        departments = rights_of(user).departments_as(*HANDLERS)
        return self if departments is None else self.filter(department__in=departments)

    def open(self) -> Self:
        return self.filter(state__in=OPEN)

    def workable(self) -> Self:
        """A crew can go: neither paused nor ended."""
        return self.filter(state__in=WORKABLE)

    def fixed(self) -> Self:
        return self.filter(state__in=FIXED)

    def recently_fixed(self, days: int = 30) -> Self:
        return self.fixed().filter(resolved_at__gte=timezone.now() - timedelta(days=days))

    def overdue(self) -> Self:
        return self.filter(late(timezone.now()))

    def with_words(self, typed: str) -> Self:
        """By a part of number, address or description, whatever the case and accents; by index from three letters."""
        return self.alias(words=words_of_issue()).filter(words__contains=Fold(Value(typed)))

    def in_area(self, area: Area) -> Self:
        return self.filter(location__coveredby=area.boundary)

    def near(self, point: Point, metres: float) -> Self:
        """Within `metres` of a point in the storage CRS, nearest first, with `.distance` in metres."""
        return self.filter(location__dwithin=(point, metres)).nearest_first(point)

    def nearest_first(self, point: Point) -> Self:
        """Ordered by the spatial index; slice it. `.distance` is metres."""
        return self.annotate(distance=knn_distance("location", point)).order_by("distance")


class IssueEventQuerySet(models.QuerySet["IssueEvent"]):
    def public(self) -> Self:
        return self.filter(is_public=True)


class PhotoQuerySet(models.QuerySet["Photo"]):
    def public(self) -> Self:
        return self.filter(is_public=True)


class FollowerQuerySet(models.QuerySet["Follower"]):
    def confirmed(self) -> Self:
        return self.filter(confirmed_at__isnull=False)


class ReporterQuerySet(models.QuerySet["Reporter"]):
    def past_retention(self, today: date) -> Self:
        return self.filter(retain_until__lt=today)


class RoutingRuleQuerySet(models.QuerySet["RoutingRule"]):
    def active(self) -> Self:
        return self.filter(is_active=True, department__is_active=True)


class NotificationQuerySet(models.QuerySet["Notification"]):
    def due(self) -> Self:
        return self.filter(state="pending", not_before__lte=timezone.now())
