"""Pictures and heights: cloud-optimised GeoTIFFs."""

from typing import ClassVar

from django.conf import settings
from django.contrib.gis.db import models

from core.languages import in_reader_language
from layers.models.catalogue import Visibility
from layers.querysets import (
    RasterQuerySet,
)


class Raster(models.Model):
    """A cloud-optimised GeoTIFF under the media folder; `extent` in the storage CRS. `look` is how it is drawn, where
    the file itself does not tell: see layers/rasters/spec.py."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    file = models.FileField(upload_to="rasters")
    unit = models.CharField(max_length=20, blank=True)
    extent = models.PolygonField(srid=settings.STORAGE_SRID)
    visibility = models.CharField(max_length=20, choices=Visibility.choices, default=Visibility.PUBLIC)
    source = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=100, blank=True)
    revision = models.PositiveBigIntegerField(default=1)
    look = models.JSONField(default=dict, blank=True)

    objects: ClassVar[RasterQuerySet] = RasterQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return in_reader_language(self, "title")
