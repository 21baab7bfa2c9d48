"""Reads of crews and jobs."""

from typing import TYPE_CHECKING, Self

from django.db import models

from municipality.models import Role
from municipality.roles import AnyUser, rights_of

if TYPE_CHECKING:
    from crews.models import Crew, Job  # noqa: F401


class CrewQuerySet(models.QuerySet["Crew"]):
    def of(self, user_id: int) -> Self:
        return self.filter(is_active=True, members=user_id)


class JobQuerySet(models.QuerySet["Job"]):
    def visible_to(self, user: AnyUser) -> Self:
        """Jobs of the departments a person serves as crew or dispatcher."""
        departments = rights_of(user).departments_as(Role.CREW, Role.DISPATCHER)
        return self if departments is None else self.filter(issue__department__in=departments)

    def started(self) -> Self:
        return self.filter(state="started")
