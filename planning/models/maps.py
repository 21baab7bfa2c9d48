"""Maps that planners keep: what is on them, where, on which date, and who may open them."""

from typing import ClassVar

from django.conf import settings
from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from core.tokens import new_token
from planning.querysets import PlanningMapQuerySet


class Sharing(models.TextChoices):
    OWNER = "owner", _("only me")
    STAFF = "staff", _("colleagues")
    LINK = "link", _("whoever has the link")
    PUBLIC = "public", _("everybody")


class PlanningMap(models.Model):
    """A map somebody saved. `content` is what planning/maps/content.py reads and writes: layers in order with opacity,
    look and filter, the place, dates, drawings and the swipe. Opened with less rights, it shows less: layers that the
    reader may not see are left out. `version` grows with every change, so that none overwrites another unseen."""

    token = models.CharField(max_length=40, unique=True, default=new_token, editable=False)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="planning_maps"
    )
    sharing = models.CharField(max_length=10, choices=Sharing.choices, default=Sharing.OWNER)
    content = models.JSONField(default=dict)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    objects: ClassVar[PlanningMapQuerySet] = PlanningMapQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-changed_at"]

    def __str__(self) -> str:
        return self.title
