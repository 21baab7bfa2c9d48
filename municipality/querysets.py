"""Reads of areas, departments and memberships."""

from typing import TYPE_CHECKING, Self

from django.contrib.gis.db import models
from django.contrib.gis.db.models.functions import Area as AreaOf
from django.contrib.gis.geos import GEOSGeometry
from django.db.models import Q

if TYPE_CHECKING:
    from municipality.models import Area, Department, Membership  # noqa: F401
    from municipality.roles import AnyUser


class AreaQuerySet(models.QuerySet["Area"]):
    def visible_to(self, user: "AnyUser") -> Self:
        """All of them: areas are public."""
        return self.all()

    def home(self) -> "Area | None":
        """The municipality this portal serves. Its boundary can be large: `.only("name", "name_en").home()`."""
        return self.filter(is_home=True).first()

    def containing(self, point: GEOSGeometry) -> Self:
        """Areas that cover a point in the storage CRS, boundaries included."""
        return self.filter(boundary__covers=point)

    def inside_home(self) -> Self:
        """All areas but the neighbouring municipalities."""
        return self.exclude(level="municipality", is_home=False)

    def neighbours(self) -> Self:
        return self.filter(level="municipality", is_home=False)

    def smallest_first(self) -> Self:
        return self.annotate(size=AreaOf("boundary")).order_by("size", "pk")


class DepartmentQuerySet(models.QuerySet["Department"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def help_desk(self) -> "Department | None":
        return self.filter(is_help_desk=True).first()

    def external(self) -> Self:
        return self.filter(kind="external_body")

    def with_descendants(self, ids: set[int]) -> set[int]:
        """`ids` and every department below them; the tree is small, so it is walked in memory."""
        children: dict[int, list[int]] = {}
        for pk, parent in self.model._default_manager.values_list("pk", "parent_id"):
            if parent is not None:
                children.setdefault(parent, []).append(pk)
        found: set[int] = set()
        waiting = list(ids)
        while waiting:
            pk = waiting.pop()
            if pk not in found:
                found.add(pk)
                waiting.extend(children.get(pk, []))
        return found


class MembershipQuerySet(models.QuerySet["Membership"]):
    def of(self, user_id: int) -> Self:
        return self.filter(user_id=user_id)

    def with_role(self, *roles: str) -> Self:
        return self.filter(Q(role__in=roles))
