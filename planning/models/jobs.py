"""Long work that a planner asked for: the worker does it, the page shows how far it is."""

from typing import ClassVar

from django.conf import settings
from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from planning.querysets import PlanJobQuerySet


class JobState(models.TextChoices):
    WAITING = "waiting", _("waiting")
    WORKING = "working", _("working")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    STOPPED = "stopped", _("stopped")


class PlanJob(models.Model):
    """One order. `kind` names its work in planning/jobs/kinds.py; `order` is what that reads, `answer` what it found;
    `file` is under PRIVATE_FILES_DIR. Rights are the owner's when it is done, not when it was asked for."""

    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    order = models.JSONField(default=dict)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="plan_jobs")
    language = models.CharField(max_length=5, default="el")
    state = models.CharField(max_length=10, choices=JobState.choices, default=JobState.WAITING)
    share = models.FloatField(default=0)
    problem = models.TextField(blank=True)
    answer = models.JSONField(default=dict)
    file = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[PlanJobQuerySet] = PlanJobQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-asked_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(share__gte=0) & models.Q(share__lte=1), name="plan_job_share_is_a_share"
            ),
        ]

    def __str__(self) -> str:
        return self.title
