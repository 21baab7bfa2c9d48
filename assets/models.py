"""The asset register: types are rows with a schema, assets are geometries with a life."""

from typing import ClassVar

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex, OpClass
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assets.querysets import AssetQuerySet, AssetTypeQuerySet
from core.fields import web_copy
from core.languages import in_reader_language
from core.text import Sound
from layers.models import GeometryKind, Visibility
from municipality.models import Department


class AssetType(models.Model):
    """A kind of asset. `field_schema` is a JSON Schema whose properties carry "title" and "title_en"."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=100)
    title_en = models.CharField(max_length=100, blank=True)
    icon = models.CharField(max_length=60, help_text=_("name of an outline icon"))
    color = models.CharField(max_length=9, default="#5b6770")
    geometry_kind = models.CharField(max_length=10, choices=GeometryKind.choices, default=GeometryKind.POINT)
    field_schema = models.JSONField(default=dict, blank=True)
    code_format = models.CharField(max_length=60, blank=True, help_text=_("regular expression of a code"))
    visibility = models.CharField(max_length=20, choices=Visibility.choices, default=Visibility.PUBLIC)
    keeper = models.ForeignKey(
        Department,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="kept_asset_types",
        help_text=_("whose asset keepers bring the register up to date"),
    )
    min_zoom = models.PositiveSmallIntegerField(default=15)
    position = models.PositiveIntegerField(default=100)
    shown_at_first = models.BooleanField(default=False)
    revision = models.PositiveBigIntegerField(default=1)

    objects: ClassVar[AssetTypeQuerySet] = AssetTypeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return in_reader_language(self, "title")


class AssetState(models.TextChoices):
    PLANNED = "planned", _("planned")
    ACTIVE = "active", _("in service")
    OUT_OF_SERVICE = "out_of_service", _("out of service")
    REMOVED = "removed", _("removed")


class Asset(models.Model):
    """One thing on the ground; `location` in the storage CRS. A lamp `feeds_from` its pillar."""

    type = models.ForeignKey(AssetType, on_delete=models.PROTECT, related_name="assets")
    code = models.CharField(max_length=60)
    location = models.GeometryField(srid=settings.STORAGE_SRID, spatial_index=False)
    location_web = web_copy("location")
    properties = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=20, choices=AssetState.choices, default=AssetState.ACTIVE)
    condition = models.PositiveSmallIntegerField(null=True, blank=True)
    owner = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="assets"
    )
    feeds_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="feeds"
    )
    replaces = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by"
    )
    installed_on = models.DateField(null=True, blank=True)

    objects: ClassVar[AssetQuerySet] = AssetQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            GistIndex(fields=["location"], name="asset_location_gist"),
            GistIndex(fields=["location_web"], name="asset_location_web_gist"),
            models.Index(OpClass(Sound("code"), name="text_pattern_ops"), name="asset_code_sound"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["type", "code"], name="asset_code_unique_in_its_type"),
            models.CheckConstraint(
                condition=Q(condition__isnull=True) | Q(condition__range=(1, 5)),
                name="asset_condition_is_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.code}"


class AssetEvent(models.Model):
    """What happened to an asset; append-only."""

    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=30)
    at = models.DateTimeField(default=timezone.now)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)
    data = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.kind}"
