"""Draft plans: a layer that may once take the place of another."""

from typing import ClassVar

from django.conf import settings
from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from layers.models import Layer
from planning.querysets import PlanVersionQuerySet


class VersionState(models.TextChoices):
    DRAFT = "draft", _("draft")
    ADOPTED = "adopted", _("adopted")
    DROPPED = "dropped", _("dropped")


class PlanVersion(models.Model):
    """A draft of a plan: what `current` says would be replaced, key by key and place by place, by what `draft` says.
    Both are layers, so a draft is imported, drawn, edited and shown like any other."""

    title = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    current = models.ForeignKey(Layer, on_delete=models.PROTECT, related_name="drafts")
    draft = models.ForeignKey(Layer, on_delete=models.PROTECT, related_name="draft_of")
    state = models.CharField(max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="plan_versions"
    )
    made_at = models.DateTimeField()

    objects: ClassVar[PlanVersionQuerySet] = PlanVersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-made_at"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(current=models.F("draft")), name="plan_version_is_not_its_own_draft"
            ),
        ]

    def __str__(self) -> str:
        return self.title
