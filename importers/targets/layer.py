"""The target “a layer”: any fields, recognised by a key, also into a layer that is made on the way."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from django.utils.functional import Promise

from accounts.models import User
from importers.actions.layer import LayerOrder, import_layer
from importers.models import ImportRun, Target
from importers.moments import moment_since
from importers.order import Order
from importers.report import Report
from importers.rules.fields import TargetField, schema_fields
from importers.targets.base import Choice, TargetKind, text
from layers.models import Layer, Theme
from layers.visibility import view_of
from municipality.roles import AnyUser


@dataclass(frozen=True)
class LayerTarget(TargetKind):
    name: ClassVar[str] = Target.LAYER
    title: ClassVar[str | Promise] = Target.LAYER.label
    is_open: ClassVar[bool] = True

    def fields(self, slug: str) -> list[TargetField]:
        layer = Layer.objects.filter(slug=slug).first()
        return [] if layer is None else schema_fields(layer.field_schema, layer.key_field)

    def choices(self, user: AnyUser) -> list[Choice]:
        if not super().may(user, ""):
            return []
        layers = Layer.objects.visible_to(user)
        return [(layer.slug, str(layer)) for layer in layers if view_of(layer, user).is_whole]

    def may(self, user: AnyUser, slug: str) -> bool:
        """Who is not told all of a layer cannot bring it up to date: a check tells every field and every row, and what
        the person's file does not have would end."""
        if not super().may(user, slug):
            return False
        if not Layer.objects.filter(slug=slug).exists():
            return True
        layer = Layer.objects.visible_to(user).filter(slug=slug).first()
        return layer is not None and view_of(layer, user).is_whole

    def order(self, run: ImportRun, path: Path, *, dry_run: bool, user: User | None) -> Order:
        theme = text(run, "theme")
        return LayerOrder(
            **self.shared(run, path, dry_run=dry_run, user=user),
            slug=run.target_slug,
            key=text(run, "key"),
            title=text(run, "title"),
            theme=theme if theme in Theme.values else Theme.LAND_USE,
            valid_from=moment_since(text(run, "valid_from")),
            allow_removals=bool(run.order.get("allow_removals")),
        )

    def carry_out(self, order: Order) -> Report:
        assert isinstance(order, LayerOrder)  # noqa: S101
        return import_layer(order)
