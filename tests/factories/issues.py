"""Categories, rules, and issues in any state of their life."""

from typing import Any

from django.utils import timezone
from factory.declarations import LazyAttribute, LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from issues.models import Category, Follower, Issue, IssueEvent, Notification, Photo, Reporter, RoutingRule
from issues.models.issue import EventKind
from issues.states import FIXED, State
from tests.factories.images import jpeg_file
from tests.factories.places import DepartmentFactory, at


class CategoryFactory(DjangoModelFactory[Category]):
    class Meta:
        model = Category

    slug = Sequence(lambda n: f"category-{n}")
    title = Sequence(lambda n: f"Κατηγορία {n}")
    title_en = Sequence(lambda n: f"Category {n}")
    icon = "map-pin"


class IssueFactory(DjangoModelFactory[Issue]):
    """A public issue in the northern half, with the event that every issue begins with.

    `IssueFactory.create(state=…)` or the named states below, which also set what the state demands. Numbers
    are of the year 2020, so they never meet those that `report_issue` gives.
    """

    class Meta:
        model = Issue

    number = Sequence(lambda n: f"2020-{n:06d}")
    category = SubFactory(CategoryFactory)
    department = SubFactory(DepartmentFactory)
    location = LazyFunction(lambda: at(5000, 7500))
    state = State.RECEIVED
    resolved_at = LazyAttribute(lambda row: timezone.now() if row.state in FIXED else None)

    @classmethod
    def _create(cls, model_class: type[Issue], *args: Any, **fields: Any) -> Issue:
        issue: Issue = super()._create(model_class, *args, **fields)
        IssueEvent.objects.create(
            issue=issue,
            kind=EventKind.REPORTED,
            at=issue.reported_at,
            is_public=True,
            to_state=State.RECEIVED,
            department=issue.department,
        )
        return issue

    @classmethod
    def accepted(cls, **fields: Any) -> Issue:
        return cls.create(state=State.ACCEPTED, **fields)

    @classmethod
    def in_progress(cls, **fields: Any) -> Issue:
        return cls.create(state=State.IN_PROGRESS, **fields)

    @classmethod
    def paused(cls, **fields: Any) -> Issue:
        return cls.create(state=State.PAUSED, **fields)

    @classmethod
    def resolved(cls, **fields: Any) -> Issue:
        return cls.create(state=State.RESOLVED, **fields)

    @classmethod
    def closed(cls, **fields: Any) -> Issue:
        return cls.create(state=State.CLOSED, **fields)

    @classmethod
    def rejected(cls, **fields: Any) -> Issue:
        return cls.create(state=State.REJECTED, **fields)

    @classmethod
    def withdrawn(cls, **fields: Any) -> Issue:
        return cls.create(state=State.WITHDRAWN, **fields)

    @classmethod
    def duplicate(cls, *, duplicate_of: Issue, **fields: Any) -> Issue:
        return cls.create(state=State.DUPLICATE, duplicate_of=duplicate_of, **fields)


class ReporterFactory(DjangoModelFactory[Reporter]):
    class Meta:
        model = Reporter

    issue = SubFactory(IssueFactory)
    email = Sequence(lambda n: f"reporter{n}@example.gr")
    retain_until = LazyFunction(lambda: timezone.localdate().replace(month=12, day=31))


class FollowerFactory(DjangoModelFactory[Follower]):
    """A follower who has confirmed the address."""

    class Meta:
        model = Follower

    issue = SubFactory(IssueFactory)
    email = Sequence(lambda n: f"follower{n}@example.gr")
    confirmed_at = LazyFunction(timezone.now)


class NotificationFactory(DjangoModelFactory[Notification]):
    """A mail that waits in the outbox."""

    class Meta:
        model = Notification

    recipient = Sequence(lambda n: f"reader{n}@example.gr")
    subject = Sequence(lambda n: f"News {n}")
    body = "Something happened."
    message_id = Sequence(lambda n: f"<{n}@example.gr>")


class PhotoFactory(DjangoModelFactory[Photo]):
    """A citizen's photo that staff have not looked at yet."""

    class Meta:
        model = Photo

    issue = SubFactory(IssueFactory)
    file = LazyFunction(lambda: jpeg_file(640, 480))
    thumbnail = LazyFunction(lambda: jpeg_file(160, 120))


class RoutingRuleFactory(DjangoModelFactory[RoutingRule]):
    """A rule without conditions: it holds for every issue."""

    class Meta:
        model = RoutingRule

    name = Sequence(lambda n: f"Κανόνας {n}")
    name_en = Sequence(lambda n: f"Rule {n}")
    department = SubFactory(DepartmentFactory)
