"""What a report can be about: a tree of rows, each with its own questions and promise."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from assets.models import AssetType
from core.languages import in_reader_language
from issues.querysets import CategoryQuerySet


class Category(models.Model):
    """`questions` is a list of {"code", "label", "label_en", "kind": "choice"|"text"|"yes_no"|"number",
    "required", "options": [{"value", "label", "label_en"}]}."""

    slug = models.SlugField(unique=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    keywords = models.CharField(max_length=300, blank=True, help_text=_("other words people use for it"))
    icon = models.CharField(max_length=60)
    questions = models.JSONField(default=list, blank=True)
    asset_type = models.ForeignKey(AssetType, null=True, blank=True, on_delete=models.PROTECT)
    sla_working_days = models.PositiveSmallIntegerField(default=5)
    duplicate_radius_metres = models.PositiveSmallIntegerField(default=30)
    is_public = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    position = models.PositiveIntegerField(default=100)

    objects: ClassVar[CategoryQuerySet] = CategoryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["position", "slug"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return in_reader_language(self, "title")
