"""Photos of a problem and of its fix: re-encoded, without metadata."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.contrib.gis.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from issues.models.issue import Issue
from issues.querysets import PhotoQuerySet


class PhotoKind(models.TextChoices):
    REPORT = "report", _("photo of the problem")
    PROOF = "proof", _("photo of the fix")


class Photo(models.Model):
    """`file` is a JPEG without EXIF at most 2048 pixels wide; `thumbnail` at most 480. A citizen's photo is public
    only when staff looked at it (`is_public`)."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4)
    issue = models.ForeignKey(Issue, on_delete=models.PROTECT, related_name="photos")
    kind = models.CharField(max_length=10, choices=PhotoKind.choices, default=PhotoKind.REPORT)
    file = models.ImageField(upload_to="photos/%Y/%m", width_field="width", height_field="height")
    thumbnail = models.ImageField(upload_to="photos/%Y/%m")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    location = models.PointField(srid=settings.STORAGE_SRID, spatial_index=False, null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    uploaded_at = models.DateTimeField(default=timezone.now)
    uploader = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)
    is_public = models.BooleanField(default=False)

    objects: ClassVar[PhotoQuerySet] = PhotoQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["uploaded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} photo of {self.issue_id}"
