"""Features in time, and who wrote them."""

from typing import ClassVar

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.fields import DateTimeRangeField

from core.fields import web_copy
from layers.models.catalogue import Layer
from layers.querysets import (
    FeatureQuerySet,
    RevisionQuerySet,
)


class Feature(models.Model):
    """One state of one thing in a layer: `valid` in the world, `recorded` in the database.

    The table is list-partitioned by layer (see migration 0001); a partition is made with its layer.
    `geom` is in the storage CRS; `geom_web` is its EPSG:3857 copy, kept by the database (decision 0012).
    """

    id = models.BigAutoField(primary_key=True)
    layer = models.ForeignKey(Layer, on_delete=models.PROTECT, related_name="features", db_index=False)
    key = models.CharField(max_length=200)
    properties = models.JSONField(default=dict)
    geom = models.GeometryField(srid=settings.STORAGE_SRID, spatial_index=False, null=True)
    geom_web = web_copy("geom")
    valid = DateTimeRangeField()
    recorded = DateTimeRangeField()

    objects: ClassVar[FeatureQuerySet] = FeatureQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        # The indexes live on the partitions: one table statement in migration 0001 tells them all.
        constraints: ClassVar[list[models.BaseConstraint]] = []

    def __str__(self) -> str:
        return f"{self.layer_id}:{self.key}"


class Revision(models.Model):
    """One writing of a layer's features: everything recorded at `recorded_at` in this layer, by whom and why.

    Each has its own moment (unique in the layer), so features need not name it: a state was opened by the revision
    at the start of its `recorded` range and closed by the one at its end. `counts` holds added, changed, removed."""

    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveBigIntegerField()
    recorded_at = models.DateTimeField()
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT)
    reason = models.CharField(max_length=300, blank=True)
    counts = models.JSONField(default=dict)

    objects: ClassVar[RevisionQuerySet] = RevisionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-recorded_at"]
        constraints = [
            models.UniqueConstraint(fields=["layer", "recorded_at"], name="revision_has_its_own_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.layer_id} r{self.number}"
