"""The target “an asset register”: the assets of one type, recognised by their code."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from django.utils.functional import Promise

from accounts.models import User
from assets.models import AssetType
from importers.actions.assets import AssetsOrder, import_assets
from importers.models import ImportRun, Target
from importers.order import Order
from importers.report import Report
from importers.rules.fields import TargetField, schema_fields
from importers.targets.base import Choice, TargetKind, text
from municipality.models import Role
from municipality.roles import AnyUser, rights_of


@dataclass(frozen=True)
class AssetsTarget(TargetKind):
    name: ClassVar[str] = Target.ASSETS
    title: ClassVar[str | Promise] = Target.ASSETS.label
    is_open: ClassVar[bool] = True

    def fields(self, slug: str) -> list[TargetField]:
        kind = AssetType.objects.filter(slug=slug).first()
        return [] if kind is None else schema_fields(kind.field_schema)

    def choices(self, user: AnyUser) -> list[Choice]:
        return [(kind.slug, str(kind)) for kind in AssetType.objects.kept_by(user)]

    def may(self, user: AnyUser, slug: str) -> bool:
        """Keepers bring their types up to date; administrators all of them, and make new ones."""
        if rights_of(user).has(Role.ADMINISTRATOR):
            return True
        return AssetType.objects.kept_by(user).filter(slug=slug).exists()

    def order(self, run: ImportRun, path: Path, *, dry_run: bool, user: User | None) -> Order:
        return AssetsOrder(
            **self.shared(run, path, dry_run=dry_run, user=user),
            slug=run.target_slug,
            key=text(run, "key"),
            owner=text(run, "owner"),
            create_type=bool(run.order.get("create_type")),
            title=text(run, "title"),
            icon=text(run, "icon"),
        )

    def carry_out(self, order: Order) -> Report:
        assert isinstance(order, AssetsOrder)  # noqa: S101
        return import_assets(order)
