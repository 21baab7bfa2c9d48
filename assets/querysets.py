"""Reads of asset types and assets."""

from typing import TYPE_CHECKING, Self

from django.contrib.gis.db import models
from django.contrib.gis.geos import Point

from core.nearest import knn_distance
from core.text import Sound, sound_of
from municipality.models import Role
from municipality.roles import AnyUser, rights_of

if TYPE_CHECKING:
    from assets.models import Asset, AssetType  # noqa: F401


class AssetTypeQuerySet(models.QuerySet["AssetType"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Public types; staff see all but those kept to administrators."""
        rights = rights_of(user)
        if rights.has(Role.ADMINISTRATOR):
            return self
        return self.filter(visibility__in=("public", "staff") if rights.is_staff else ("public",))

    def kept_by(self, user: AnyUser) -> Self:
        """Types whose register this person brings up to date: keepers those of their departments, administrators
        all."""
        rights = rights_of(user)
        if rights.has(Role.ADMINISTRATOR):
            return self
        return self.filter(keeper__in=rights.departments.get(Role.KEEPER, frozenset()))


class AssetQuerySet(models.QuerySet["Asset"]):
    def visible_to(self, user: AnyUser) -> Self:
        from assets.models import AssetType

        return self.filter(type__in=AssetType.objects.visible_to(user))

    def of_type(self, slug: str) -> Self:
        return self.filter(type__slug=slug)

    def standing(self) -> Self:
        """On the ground now: neither planned nor removed."""
        return self.filter(state__in=("active", "out_of_service"))

    def sounding_like(self, typed: str) -> Self:
        """Codes that begin as `typed` does, whatever its alphabet, case and punctuation; by index."""
        sounds = self.alias(code_sound=Sound("code"))
        return sounds.filter(code_sound__startswith=sound_of(typed)).order_by("code")

    def near(self, point: Point, metres: float) -> Self:
        """Within `metres` of a point in the storage CRS, nearest first, with `.distance` in metres."""
        return (
            self.filter(location__dwithin=(point, metres))
            .annotate(distance=knn_distance("location", point))
            .order_by("distance")
        )
