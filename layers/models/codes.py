"""Code lists: what the values of a field mean, since when, and what they were before."""

from typing import ClassVar

from django.contrib.gis.db import models
from django.db.models import F, Q

from core.languages import in_reader_language
from layers.querysets import CodeListQuerySet, CodeQuerySet


class CodeList(models.Model):
    """A list that a law or a registry gives, such as the land uses of a decree. `source` names it: the ΦΕΚ."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300, blank=True)

    objects: ClassVar[CodeListQuerySet] = CodeListQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["slug"]

    def __str__(self) -> str:
        return in_reader_language(self, "title")


class Code(models.Model):
    """One value. It holds from `valid_from` until before `valid_to`, where these are known. `follows` names the codes,
    of this list or an older one, in whose place it came: the crosswalk."""

    code_list = models.ForeignKey(CodeList, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300, blank=True)
    group = models.CharField(max_length=60, blank=True)
    color = models.CharField(max_length=7, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    position = models.PositiveIntegerField(default=100)
    follows = models.ManyToManyField("self", symmetrical=False, related_name="followed_by", blank=True)

    objects: ClassVar[CodeQuerySet] = CodeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["code_list", "position", "code"]
        constraints = [
            models.UniqueConstraint(fields=["code_list", "code"], name="code_unique_in_its_list"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_from__lt=F("valid_to")),
                name="code_valid_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return in_reader_language(self, "title")
