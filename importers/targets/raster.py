"""The target “a raster”: an orthophoto or a height model, which has no fields."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from django.utils.functional import Promise

from accounts.models import User
from importers.actions.raster import RasterOrder, import_raster
from importers.models import ImportRun, Target
from importers.order import Order
from importers.report import Report
from importers.rules import TargetField
from importers.targets.base import Choice, TargetKind, text
from layers.models import Raster
from municipality.roles import AnyUser


@dataclass(frozen=True)
class RasterTarget(TargetKind):
    name: ClassVar[str] = Target.RASTER
    title: ClassVar[str | Promise] = Target.RASTER.label

    def fields(self, slug: str) -> list[TargetField]:
        return []

    def choices(self, user: AnyUser) -> list[Choice]:
        if not self.may(user, ""):
            return []
        return [(raster.slug, str(raster)) for raster in Raster.objects.visible_to(user).order_by("title")]

    def may(self, user: AnyUser, slug: str) -> bool:
        """One that is there and hidden from this person is not theirs to replace."""
        hidden = Raster.objects.filter(slug=slug).exclude(pk__in=Raster.objects.visible_to(user))
        return super().may(user, slug) and not hidden.exists()

    def order(self, run: ImportRun, path: Path, *, dry_run: bool, user: User | None) -> Order:
        return RasterOrder(
            **self.shared(run, path, dry_run=dry_run, user=user),
            slug=run.target_slug,
            title=text(run, "title"),
            unit=text(run, "unit"),
        )

    def carry_out(self, order: Order) -> Report:
        assert isinstance(order, RasterOrder)  # noqa: S101
        return import_raster(order)
