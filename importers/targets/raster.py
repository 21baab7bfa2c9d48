"""The target “a raster”: a file of pixels, kept as a whole; no fields to fill."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from django.utils.functional import Promise

from accounts.models import User
from importers.actions.raster import RasterOrder, import_raster
from importers.models import ImportRun, Target
from importers.order import Order
from importers.report import Report
from importers.rules.fields import TargetField
from importers.targets.base import Choice, TargetKind, words
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
        return [(raster.slug, str(raster)) for raster in Raster.objects.order_by("slug")]

    def order(self, run: ImportRun, path: Path, *, dry_run: bool, user: User | None) -> Order:
        shared = self.shared(run, path, dry_run=dry_run, user=user)
        return RasterOrder(**shared, slug=run.target_slug, **words(run, "title", "unit"))

    def carry_out(self, order: Order) -> Report:
        assert isinstance(order, RasterOrder)  # noqa: S101
        return import_raster(order)
