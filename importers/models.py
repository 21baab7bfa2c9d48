"""Every import leaves a row: which file, what was found, what was done."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    DONE = "done", _("done")
    REFUSED = "refused", _("refused")


class ImportRun(models.Model):
    """`counts` holds read, added, changed, removed, unchanged, repaired, refused; `findings` a bounded list
    of {"row", "key", "code", "message"}."""

    file_name = models.CharField(max_length=300)
    file_sha256 = models.CharField(max_length=64)
    target = models.CharField(max_length=20)
    target_slug = models.CharField(max_length=100, blank=True)
    source_crs = models.CharField(max_length=200, blank=True)
    encoding = models.CharField(max_length=40, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=ImportState.choices)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[models.Manager["ImportRun"]] = models.Manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.target} {self.target_slug} ← {self.file_name}"
