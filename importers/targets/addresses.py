"""The target “addresses for the search”. The slug names the source whose addresses they are."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from importers.actions.addresses import AddressesOrder, import_addresses
from importers.models import ImportRun, Target
from importers.order import Order
from importers.report import Report
from importers.rules import TargetField
from importers.targets.base import Choice, TargetKind
from municipality.roles import AnyUser


@dataclass(frozen=True)
class AddressesTarget(TargetKind):
    name: ClassVar[str] = Target.ADDRESSES
    title: ClassVar[str | Promise] = Target.ADDRESSES.label

    def fields(self, slug: str) -> list[TargetField]:
        return [
            TargetField("street", _("street")),
            TargetField("number", _("house number")),
            TargetField("postcode", _("post code")),
            TargetField("place", _("town or village")),
            TargetField("name", _("name of the place")),
            TargetField("street_en", _("street in English")),
            TargetField("name_en", _("name in English")),
        ]

    def choices(self, user: AnyUser) -> list[Choice]:
        """The sources that gave addresses before."""
        if not self.may(user, ""):
            return []
        slugs = (
            ImportRun.objects.visible_to(user).filter(target=self.name).values_list("target_slug", flat=True)
        )
        return [(slug, slug) for slug in sorted(set(slugs))]

    def order(self, run: ImportRun, path: Path, *, dry_run: bool, user: User | None) -> Order:
        return AddressesOrder(
            **self.shared(run, path, dry_run=dry_run, user=user),
            slug=run.target_slug or "addresses",
            allow_removals=bool(run.order.get("allow_removals")),
        )

    def carry_out(self, order: Order) -> Report:
        assert isinstance(order, AddressesOrder)  # noqa: S101
        return import_addresses(order)
