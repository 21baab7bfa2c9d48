"""The layer catalogue, its features in time, places for the search, and rasters."""

from typing import ClassVar

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import web_copy
from core.languages import in_reader_language
from core.text import Fold, Sound
from layers.querysets import (
    FeatureQuerySet,
    LayerQuerySet,
    OverviewQuerySet,
    PlaceQuerySet,
    RasterQuerySet,
    RevisionQuerySet,
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
    `legend` a list of {"label", "label_en", "color", "shape"}; `field_schema` a JSON Schema of the properties
    whose `properties` carry "title" and "title_en"."""

    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    title_en = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    theme = models.CharField(max_length=20, choices=Theme.choices)
    geometry_kind = models.CharField(max_length=10, choices=GeometryKind.choices)
    field_schema = models.JSONField(default=dict, blank=True)
    key_field = models.CharField(max_length=63, blank=True)
    title_field = models.CharField(max_length=63, blank=True)
    style = models.JSONField(default=list, blank=True)
    legend = models.JSONField(default=list, blank=True)
    visibility = models.CharField(max_length=20, choices=Visibility.choices, default=Visibility.PUBLIC)
    departments = models.ManyToManyField(Department, blank=True, related_name="layers")
    source = models.CharField(max_length=300, blank=True)
    licence = models.CharField(max_length=100, blank=True)
    position = models.PositiveIntegerField(default=100)
    shown_at_first = models.BooleanField(default=False)
    min_zoom = models.PositiveSmallIntegerField(default=0)
    max_zoom = models.PositiveSmallIntegerField(default=22)
    revision = models.PositiveBigIntegerField(default=1)

    objects: ClassVar[LayerQuerySet] = LayerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["position", "slug"]
        constraints = [
            models.CheckConstraint(
                condition=Q(min_zoom__lte=models.F("max_zoom")), name="layer_zooms_in_order"
            ),
        ]

    def __str__(self) -> str:
        return in_reader_language(self, "title")


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


class Raster(models.Model):
    """A cloud-optimised GeoTIFF under the media folder; `extent` in the storage CRS."""

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

    objects: ClassVar[RasterQuerySet] = RasterQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return in_reader_language(self, "title")
