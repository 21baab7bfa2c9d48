"""The municipality itself: its areas, its department tree, who works where, and when it is open."""

from typing import ClassVar

from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.fields import web_copy
from core.languages import in_reader_language
from municipality.querysets import AreaQuerySet, DepartmentQuerySet, MembershipQuerySet


class AreaLevel(models.TextChoices):
    MUNICIPALITY = "municipality", _("municipality")
    UNIT = "unit", _("municipal unit")
    COMMUNITY = "community", _("community")
    SETTLEMENT = "settlement", _("settlement")
    NEIGHBOURHOOD = "neighbourhood", _("neighbourhood")
    ZONE = "zone", _("zone")


class Area(models.Model):
    """A named piece of ground; `boundary` in the storage CRS. Neighbouring municipalities have no `is_home`."""

    level = models.CharField(max_length=20, choices=AreaLevel.choices)
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    is_home = models.BooleanField(default=False)
    boundary = models.MultiPolygonField(srid=settings.STORAGE_SRID, spatial_index=False)
    boundary_web = web_copy("boundary", models.MultiPolygonField)

    objects: ClassVar[AreaQuerySet] = AreaQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [
            GistIndex(fields=["boundary"], name="area_boundary_gist"),
            GistIndex(fields=["boundary_web"], name="area_boundary_web_gist"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["level", "code"], name="area_code_unique_in_its_level"),
            models.UniqueConstraint(
                fields=["is_home"], condition=Q(is_home=True), name="area_home_municipality_is_one"
            ),
            models.CheckConstraint(
                condition=Q(is_home=False) | Q(level="municipality"), name="area_home_is_a_municipality"
            ),
        ]

    def __str__(self) -> str:
        return in_reader_language(self, "name")


class DepartmentKind(models.TextChoices):
    DIRECTORATE = "directorate", _("directorate")
    DEPARTMENT = "department", _("department")
    OFFICE = "office", _("office")
    EXTERNAL_BODY = "external_body", _("external body")


class Department(models.Model):
    """A node of the organisation tree, or an external body that must act instead."""

    slug = models.SlugField(unique=True)
    kind = models.CharField(max_length=20, choices=DepartmentKind.choices)
    name = models.CharField(max_length=200)
    name_en = models.CharField(max_length=200, blank=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    serves = models.ManyToManyField(Area, blank=True, related_name="departments")
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    is_help_desk = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    objects: ClassVar[DepartmentQuerySet] = DepartmentQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_help_desk"], condition=Q(is_help_desk=True), name="department_help_desk_is_one"
            ),
        ]

    def __str__(self) -> str:
        return in_reader_language(self, "name")


class Role(models.TextChoices):
    OPERATOR = "operator", _("operator")
    DISPATCHER = "dispatcher", _("dispatcher")
    CREW = "crew", _("crew")
    PLANNER = "planner", _("planner")
    KEEPER = "keeper", _("asset keeper")
    EXECUTIVE = "executive", _("executive")
    ADMINISTRATOR = "administrator", _("administrator")


class Membership(models.Model):
    """A user's role in a department; it reaches down to the departments below."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role.choices)

    objects: ClassVar[MembershipQuerySet] = MembershipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "department", "role"], name="membership_role_once_per_department"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.department}"


class Holiday(models.Model):
    """A day on which the municipality does not work and due clocks stand still."""

    date = models.DateField(unique=True)
    name = models.CharField(max_length=100)

    class Meta:
        ordering = ["date"]

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.name}"


class OfficeHours(models.Model):
    """Opening hours of one weekday (0 is Monday); a weekday without a row is closed."""

    weekday = models.PositiveSmallIntegerField(unique=True)
    opens = models.TimeField()
    closes = models.TimeField()

    class Meta:
        ordering = ["weekday"]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="office_hours_weekday_is_0_to_6"),
            models.CheckConstraint(
                condition=Q(closes__gt=models.F("opens")), name="office_hours_close_after_they_open"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.weekday}: {self.opens:%H:%M}–{self.closes:%H:%M}"
