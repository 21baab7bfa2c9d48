"""The target “departments”: the tree of the organisation, recognised by slug."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from importers.actions.departments import DepartmentsOrder, import_departments
from importers.models import ImportRun, Target
from importers.order import Order
from importers.report import Report
from importers.rules import TargetField
from importers.targets.base import Choice, TargetKind
from municipality.models import DepartmentKind
from municipality.roles import AnyUser


@dataclass(frozen=True)
class DepartmentsTarget(TargetKind):
    name: ClassVar[str] = Target.DEPARTMENTS
    title: ClassVar[str | Promise] = Target.DEPARTMENTS.label

    def fields(self, slug: str) -> list[TargetField]:
        return [
            TargetField("slug", _("name in addresses"), required=True),
            TargetField("name", _("name"), required=True),
            TargetField("name_en", _("name in English")),
            TargetField("parent", _("part of (its name in addresses)")),
            TargetField("kind", _("kind"), "choice", choices=DepartmentKind.choices),
            TargetField("email", _("e-mail")),
            TargetField("phone", _("phone")),
            TargetField("serves", _("serves the areas (level:code, …)")),
        ]

    def choices(self, user: AnyUser) -> list[Choice]:
        return [("", self.title)] if self.may(user, "") else []

    def order(self, run: ImportRun, path: Path, *, dry_run: bool, user: User | None) -> Order:
        return DepartmentsOrder(**self.shared(run, path, dry_run=dry_run, user=user))

    def carry_out(self, order: Order) -> Report:
        assert isinstance(order, DepartmentsOrder)  # noqa: S101
        return import_departments(order)
