"""What people type into the search."""

from typing import ClassVar

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.languages import in_reader_language
from core.text import Fold, Sound
from layers.querysets import (
    PlaceQuerySet,
)


class PlaceKind(models.TextChoices):
    AREA = "area", _("area")
    STREET = "street", _("street")
    ADDRESS = "address", _("address")
    POI = "poi", _("place")


NOT_A_DOOR = ~Q(kind="address")


class Place(models.Model):
    """Something a person types into the search: a street, an address, a neighbourhood, a school."""

    kind = models.CharField(max_length=10, choices=PlaceKind.choices)
    key = models.CharField(max_length=100)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    context = models.CharField(max_length=200, blank=True)
    context_en = models.CharField(max_length=200, blank=True)
    weight = models.PositiveSmallIntegerField(default=10)
    location = models.PointField(srid=settings.STORAGE_SRID, spatial_index=False)
    extent = models.PolygonField(srid=settings.STORAGE_SRID, spatial_index=False, null=True, blank=True)
    folded = models.GeneratedField(expression=Fold("name"), output_field=models.TextField(), db_persist=True)
    sound = models.GeneratedField(expression=Sound("name"), output_field=models.TextField(), db_persist=True)
    sound_en = models.GeneratedField(
        expression=Sound("name_en"), output_field=models.TextField(), db_persist=True
    )

    objects: ClassVar[PlaceQuerySet] = PlaceQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            GistIndex(fields=["location"], name="place_location_gist"),
            # Names are found by likeness; doors, which are many, by how they begin.
            GinIndex(
                fields=["sound"], opclasses=["gin_trgm_ops"], name="place_name_sound", condition=NOT_A_DOOR
            ),
            GinIndex(
                fields=["sound_en"],
                opclasses=["gin_trgm_ops"],
                name="place_name_sound_en",
                condition=NOT_A_DOOR,
            ),
            models.Index(
                fields=["sound"],
                opclasses=["text_pattern_ops"],
                name="place_door_sound",
                condition=Q(kind="address"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["kind", "key"], name="place_key_unique_in_its_kind"),
        ]

    def __str__(self) -> str:
        return in_reader_language(self, "name")
