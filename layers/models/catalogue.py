"""The layer catalogue: what each layer is called, holds, looks like, and who sees it."""

from typing import Any, ClassVar

from django.contrib.gis.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.languages import in_reader_language
from layers.querysets import (
    LayerQuerySet,
)
from municipality.models import Department


class Theme(models.TextChoices):
    BASE = "base", _("base map")
    AREAS = "areas", _("areas")
    CADASTRE = "cadastre", _("cadastre")
    LAND_USE = "land_use", _("land use")
    PLAN = "plan", _("urban plan")
    ENVIRONMENT = "environment", _("environment")
    NETWORKS = "networks", _("networks")
    PROPERTY = "property", _("municipal property")
    ASSETS = "assets", _("assets")
    ISSUES = "issues", _("issues")


class Visibility(models.TextChoices):
    PUBLIC = "public", _("everybody")
    STAFF = "staff", _("staff")
    DEPARTMENTS = "departments", _("chosen departments")


class GeometryKind(models.TextChoices):
    POINT = "point", _("points")
    LINE = "line", _("lines")
    POLYGON = "polygon", _("polygons")
    MIXED = "mixed", _("mixed")


class Layer(models.Model):
    """A named set of features. `style` is a list of MapLibre layer fragments without id and source;
    `legend` a list of {"label", "label_en", "color", "shape"}; both follow its LayerStyle that is shown at first, where
    it has one. `field_schema` is a JSON Schema of the properties whose `properties` carry "title" and "title_en", and
    perhaps "unit", "codes" (the slug of a CodeList) and "visibility" (a Visibility; left out: as the layer's).

    Where `public_rows` (CQL2 text) is filled, only the rows for which it is true are seen by everybody who sees the
    layer; the others by those of `other_rows`. `dated` is the day that the data tells of, `accuracy_metres` how far a
    corner may be from the truth, `scale` the denominator of the map it was drawn from."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    description_en = models.TextField(blank=True)
    theme = models.CharField(max_length=20, choices=Theme.choices)
    geometry_kind = models.CharField(max_length=10, choices=GeometryKind.choices)
    field_schema = models.JSONField(default=dict, blank=True)
    key_field = models.CharField(max_length=63, blank=True)
    title_field = models.CharField(max_length=63, blank=True)
    style = models.JSONField(default=list, blank=True)
    legend = models.JSONField(default=list, blank=True)
    visibility = models.CharField(max_length=20, choices=Visibility.choices, default=Visibility.PUBLIC)
    departments = models.ManyToManyField(Department, blank=True, related_name="layers")
    public_rows = models.TextField(blank=True)
    other_rows = models.CharField(max_length=20, choices=Visibility.choices, default=Visibility.STAFF)
    is_editable = models.BooleanField(default=False)
    dated = models.DateField(null=True, blank=True)
    accuracy_metres = models.FloatField(null=True, blank=True)
    scale = models.PositiveIntegerField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=100, blank=True)
    position = models.PositiveIntegerField(default=100)
    shown_at_first = models.BooleanField(default=False)
    min_zoom = models.PositiveSmallIntegerField(default=0)
    max_zoom = models.PositiveSmallIntegerField(default=22)
    revision = models.PositiveBigIntegerField(default=1)

    looks: list[dict[str, Any] | None]  # only on rows of `with_looks()`

    objects: ClassVar[LayerQuerySet] = LayerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(min_zoom__lte=models.F("max_zoom")), name="layer_zooms_in_order"
            ),
            models.CheckConstraint(
                condition=Q(accuracy_metres__isnull=True) | Q(accuracy_metres__gte=0),
                name="layer_accuracy_is_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return in_reader_language(self, "title")
