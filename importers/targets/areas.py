"""The target “areas”: the boundaries of one level, recognised by their code. The slug is the level."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from importers.actions.areas import AreasOrder, import_areas
from importers.models import ImportRun, Target
from importers.order import Order
from importers.report import Report
from importers.rules.fields import TargetField
from importers.targets.base import Choice, TargetKind, words
from municipality.models import AreaLevel
from municipality.roles import AnyUser


@dataclass(frozen=True)
class AreasTarget(TargetKind):
    name: ClassVar[str] = Target.AREAS
    title: ClassVar[str | Promise] = Target.AREAS.label

    def fields(self, slug: str) -> list[TargetField]:
        return [
            TargetField("code", _("code"), required=True),
            TargetField("name", _("name"), required=True),
            TargetField("name_en", _("name in English")),
        ]

    def choices(self, user: AnyUser) -> list[Choice]:
        return list(AreaLevel.choices) if self.may(user, "") else []

    def order(self, run: ImportRun, path: Path, *, dry_run: bool, user: User | None) -> Order:
        names = ("code", "name", "name_en", "parent_level", "home")
        return AreasOrder(
            **self.shared(run, path, dry_run=dry_run, user=user),
            level=run.target_slug,
            **words(run, *names),
        )

    def carry_out(self, order: Order) -> Report:
        assert isinstance(order, AreasOrder)  # noqa: S101
        return import_areas(order)
