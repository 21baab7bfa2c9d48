"""The target “a case list”: the cases of another system become issues, routed by our rules."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from importers.actions.issues import IssuesOrder, import_issues
from importers.models import ImportRun, Target
from importers.order import Order
from importers.report import Report
from importers.rules import Rules, TargetField, read_rules
from importers.targets.base import Choice, TargetKind
from issues.models import Category
from issues.states import State
from municipality.roles import AnyUser


@dataclass(frozen=True)
class IssuesTarget(TargetKind):
    name: ClassVar[str] = Target.ISSUES
    title: ClassVar[str | Promise] = Target.ISSUES.label

    def fields(self, slug: str) -> list[TargetField]:
        return [
            TargetField("category", _("category"), "choice", required=True, choices=_categories()),
            TargetField("reported", _("reported on"), "moment", required=True),
            TargetField("external_id", _("number in the other system")),
            TargetField("state", _("state"), "choice", choices=State.choices),
            TargetField("closed", _("closed on"), "moment"),
            TargetField("due", _("due on"), "moment"),
            TargetField("description", _("description")),
            TargetField("address", _("address")),
        ]

    def rules(self, document: dict[str, Any], slug: str, name: str = "") -> Rules:
        """Categories and states are looked up row by row, so that a finding can name them."""
        fields = [replace(field, choices=()) for field in self.fields(slug)]
        return read_rules(document, fields, is_open=False, name=name)

    def choices(self, user: AnyUser) -> list[Choice]:
        return [("", self.title)] if self.may(user, "") else []

    def order(self, run: ImportRun, path: Path, *, dry_run: bool, user: User | None) -> Order:
        return IssuesOrder(**self.shared(run, path, dry_run=dry_run, user=user))

    def carry_out(self, order: Order) -> Report:
        assert isinstance(order, IssuesOrder)  # noqa: S101
        return import_issues(order)


def _categories() -> Sequence[tuple[str, str]]:
    return [(category.slug, str(category)) for category in Category.objects.all()]
