"""How dense layers look from afar."""

from typing import ClassVar

from django.contrib.gis.db import models

from layers.models.catalogue import Layer
from layers.querysets import (
    OverviewQuerySet,
)


class Overview(models.Model):
    """A layer of surfaces as it looks from afar at one revision: below `below_zoom` its tiles are drawn from `shapes`.
    0 when its surfaces are large or few enough to be drawn themselves at every zoom (decision 0015)."""

    layer = models.OneToOneField(Layer, on_delete=models.CASCADE, related_name="overview")
    revision = models.PositiveBigIntegerField()
    below_zoom = models.PositiveSmallIntegerField()

    objects: ClassVar[OverviewQuerySet] = OverviewQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"{self.layer_id} r{self.revision} below z{self.below_zoom}"


class OverviewShape(models.Model):
    """The surfaces of one look in one tile; `shape` in tile units (0 to 4096, y down)."""

    overview = models.ForeignKey(Overview, on_delete=models.CASCADE, related_name="shapes", db_index=False)
    z = models.PositiveSmallIntegerField()
    x = models.PositiveIntegerField()
    y = models.PositiveIntegerField()
    properties = models.JSONField(default=dict)
    shape = models.GeometryField(srid=0, spatial_index=False)

    class Meta:
        indexes = [models.Index(fields=["overview", "z", "x", "y"], name="overview_shape_tile")]

    def __str__(self) -> str:
        return f"{self.overview_id} {self.z}/{self.x}/{self.y}"
