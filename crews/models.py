"""Crews and their jobs: one visit to one problem, from start to proof."""

from typing import ClassVar

from django.conf import settings
from django.contrib.gis.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crews.querysets import CrewQuerySet, JobQuerySet
from issues.models import Issue, Photo
from municipality.models import Department


class Crew(models.Model):
    name = models.CharField(max_length=100)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="crews")
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="crews")
    is_active = models.BooleanField(default=True)

    objects: ClassVar[CrewQuerySet] = CrewQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.name


class JobState(models.TextChoices):
    PLANNED = "planned", _("planned")
    STARTED = "started", _("started")
    DONE = "done", _("done")
    HANDED_BACK = "handed_back", _("handed back")


class Job(models.Model):
    """Work of a crew member on an issue. Locations are where the phone was, in the storage CRS."""

    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="jobs")
    crew = models.ForeignKey(Crew, null=True, blank=True, on_delete=models.PROTECT, related_name="jobs")
    worker = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="jobs")
    state = models.CharField(max_length=12, choices=JobState.choices, default=JobState.STARTED)
    started_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    start_location = models.PointField(srid=settings.STORAGE_SRID, spatial_index=False, null=True, blank=True)
    done_location = models.PointField(srid=settings.STORAGE_SRID, spatial_index=False, null=True, blank=True)
    proof = models.ForeignKey(Photo, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    no_proof_reason = models.CharField(max_length=200, blank=True)

    objects: ClassVar[JobQuerySet] = JobQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["issue"], condition=Q(state="started"), name="job_started_once_per_issue"
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(proof__isnull=False) | ~Q(no_proof_reason=""),
                name="job_done_has_proof_or_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.issue_id} {self.state}"


class JobEvent(models.Model):
    """What happened to a job; append-only."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20, choices=JobState.choices)
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.job_id} {self.kind}"
