"""The issue, its append-only history, and the counter behind protocol numbers."""

from typing import ClassVar

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex, GistIndex, OpClass
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assets.models import Asset
from core.fields import web_copy
from core.tokens import new_token
from issues.models.category import Category
from issues.querysets import IssueEventQuerySet, IssueQuerySet, words_of_issue
from issues.states import FIXED, LOOKS, OPEN, TICKING, WORKABLE, State
from municipality.models import Area, Department


class Channel(models.TextChoices):
    WEB = "web", _("web")
    PHONE = "phone", _("phone")
    EMAIL = "email", _("e-mail")
    IN_PERSON = "in_person", _("in person")
    CREW = "crew", _("crew")
    IMPORT = "import", _("import")


class ProtocolCounter(models.Model):
    """Last protocol number given in a year. Its row lock makes the numbers gapless: see issues.actions."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Issue(models.Model):
    """One problem at one place. `location` in the storage CRS, `accuracy_metres` as the device told it."""

    number = models.CharField(max_length=20, unique=True)
    token = models.CharField(max_length=32, unique=True, default=new_token)
    submission_key = models.UUIDField(unique=True, null=True, blank=True)
    category = models.ForeignKey(Category, on_delete=models.PROTECT, related_name="issues")
    location = models.PointField(srid=settings.STORAGE_SRID, spatial_index=False)
    location_web = web_copy("location", models.PointField)
    accuracy_metres = models.FloatField(null=True, blank=True)
    address = models.CharField(max_length=200, blank=True)
    asset = models.ForeignKey(Asset, null=True, blank=True, on_delete=models.PROTECT, related_name="issues")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="issues")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="issues")
    state = models.CharField(max_length=20, choices=State.choices, default=State.RECEIVED)
    channel = models.CharField(max_length=20, choices=Channel.choices, default=Channel.WEB)
    description = models.TextField(blank=True)
    answers = models.JSONField(default=dict, blank=True)
    is_public = models.BooleanField(default=True)
    is_text_public = models.BooleanField(
        default=False, help_text=_("staff read the text and showed it to all")
    )
    same_here = models.PositiveIntegerField(default=0)
    duplicate_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="duplicates"
    )
    reported_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[IssueQuerySet] = IssueQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-reported_at", "-pk"]
        indexes = [
            GistIndex(fields=["location"], name="issue_location_gist"),
            # By expression: for `fields=["location"]` Django's PostGIS backend leaves the condition out.
            GistIndex(
                models.F("location"), name="issue_workable_location_gist", condition=Q(state__in=WORKABLE)
            ),
            GistIndex(fields=["location_web"], name="issue_location_web_gist"),
            models.Index(fields=["department", "state", "due_at"], name="issue_desk_queue"),
            models.Index(fields=["-reported_at", "-id"], name="issue_newest"),
            GinIndex(OpClass(words_of_issue(), name="gin_trgm_ops"), name="issue_words"),
            models.Index(fields=["asset"], name="issue_open_on_asset", condition=Q(state__in=OPEN)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=(Q(state__in=FIXED) & Q(resolved_at__isnull=False))
                | (~Q(state__in=FIXED) & Q(resolved_at__isnull=True)),
                name="issue_resolved_at_set_only_when_fixed",
            ),
            models.CheckConstraint(
                condition=~Q(state="duplicate") | Q(duplicate_of__isnull=False),
                name="issue_duplicate_names_the_earlier_one",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def look(self) -> str:
        """open, progress, fixed or rejected: what map pins and badges show."""
        return LOOKS[State(self.state)]

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_overdue(self) -> bool:
        return self.state in TICKING and self.due_at is not None and self.due_at < timezone.now()


class EventKind(models.TextChoices):
    REPORTED = "reported", _("reported")
    ROUTED = "routed", _("sent to a department")
    ASSIGNED = "assigned", _("moved to another department")
    STATE = "state", _("state changed")
    NOTE = "note", _("note")
    PHOTO = "photo", _("photo added")
    FOLLOWED = "followed", _("followed")
    CATEGORY = "category", _("category changed")
    MOVED = "moved", _("pin moved")
    FEEDBACK = "feedback", _("answer of the citizen")
    PUBLISHED = "published", _("text shown to all")


class IssueEvent(models.Model):
    """What happened to an issue; append-only. Public events are told to the reporter and shown to all;
    `text` of a public event is written by staff, so it is fit to be shown."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(max_length=20, choices=EventKind.choices)
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)
    is_public = models.BooleanField(default=False)
    from_state = models.CharField(max_length=20, choices=State.choices, blank=True)
    to_state = models.CharField(max_length=20, choices=State.choices, blank=True)
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.PROTECT)
    text = models.TextField(blank=True)
    data = models.JSONField(default=dict, blank=True)

    objects: ClassVar[IssueEventQuerySet] = IssueEventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["issue", "at"], name="issue_event_history")]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.kind}"
