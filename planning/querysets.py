"""Reads of saved maps, draft plans and long work."""

from typing import TYPE_CHECKING, Self

from django.contrib.gis.db import models
from django.db.models import Q

from accounts.models import User
from municipality.models import Role
from municipality.roles import AnyUser, rights_of

if TYPE_CHECKING:
    from planning.models import PlanJob, PlanningMap, PlanVersion  # noqa: F401


class PlanningMapQuerySet(models.QuerySet["PlanningMap"]):
    def visible_to(self, user: AnyUser) -> Self:
        """In lists: public maps; for staff also those of colleagues that are shared with them, and their own."""
        rights = rights_of(user)
        seen = Q(sharing="public")
        if rights.is_staff:
            seen |= Q(sharing__in=("staff", "link"))
        if isinstance(user, User):
            seen |= Q(owner=user)
        return self if rights.has(Role.ADMINISTRATOR) else self.filter(seen)

    def opened_by_link(self, user: AnyUser) -> Self:
        """For somebody who has the token: also maps shared by link."""
        return self.filter(Q(pk__in=self.model._default_manager.visible_to(user)) | Q(sharing="link"))

    def changeable_by(self, user: AnyUser) -> Self:
        """The owner's, and an administrator's."""
        if rights_of(user).has(Role.ADMINISTRATOR):
            return self
        return self.filter(owner=user) if isinstance(user, User) else self.none()


class PlanVersionQuerySet(models.QuerySet["PlanVersion"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Drafts between two layers that the user may see."""
        from layers.models import Layer

        layers = Layer.objects.visible_to(user)
        return self.filter(current__in=layers, draft__in=layers)


class PlanJobQuerySet(models.QuerySet["PlanJob"]):
    def visible_to(self, user: AnyUser) -> Self:
        """One's own; an administrator's all."""
        if rights_of(user).has(Role.ADMINISTRATOR):
            return self
        return self.filter(owner=user) if isinstance(user, User) else self.none()

    def waiting(self) -> Self:
        return self.filter(state="waiting")
