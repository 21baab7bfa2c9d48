"""Where the rows of a table are, from what is held under the same key: a feature, an asset, an area."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.db.models.functions import AsWKB
from django.utils.translation import gettext as _

from accounts.models import User
from assets.models import Asset, AssetType
from importers.errors import NoSuchTarget
from importers.geometry import key_text
from importers.placed import Located
from importers.sources.base import Problem, Record
from layers.models import Feature, Layer
from municipality.models import Area, AreaLevel

Held = tuple[str, Any, dict[str, Any] | None]


@dataclass(frozen=True)
class HeldRows:
    """`kind` is layer, assets or areas, `slug` which of them; `key` names the field of the table with the key. With
    `is_target` the table brings these very rows up to date, so what they hold beside it stays."""

    kind: str
    slug: str
    key: str
    user: User | None = None
    is_target: bool = False

    @property
    def fields(self) -> list[str]:
        return [self.key]

    def locate(self, records: Sequence[Record]) -> list[Located]:
        """The geometry in the storage CRS of the row with the key of each record, or why there is none. Raises
        NoSuchTarget."""
        keys = [key_text(record.get(self.key)) for record in records]
        held = {key: (bytes(wkb), properties) for key, wkb, properties in self._held(keys)}
        return [self._located(key, held.get(key)) for key in keys]

    def _located(self, key: str, held: tuple[bytes, dict[str, Any] | None] | None) -> Located:
        if not key:
            return Located(problem=Problem("no_key"))
        if held is None:
            return Located(problem=Problem("not_held", {"value": key[:60], "place": self.slug}))
        wkb, properties = held
        return Located(wkb, properties if self.is_target else None)

    def _held(self, keys: list[str]) -> Iterable[Held]:
        if self.kind == "layer":
            return self._features(keys)
        return self._assets(keys) if self.kind == "assets" else self._areas(keys)

    def _features(self, keys: list[str]) -> Iterable[Held]:
        layers = Layer.objects.visible_to(self.user) if self.user else Layer.objects.all()
        layer = layers.filter(slug=self.slug).first()
        if layer is None:
            raise self._missing(_("layer"), layers.values_list("slug", flat=True))
        told = Feature.objects.visible_to(self.user) if self.user else Feature.objects.all()
        features = told.of_layer(layer.pk).current().filter(key__in=keys, geom__isnull=False)
        return features.annotate(wkb=AsWKB("geom")).values_list("key", "wkb", "properties")

    def _assets(self, keys: list[str]) -> Iterable[Held]:
        types = AssetType.objects.visible_to(self.user) if self.user else AssetType.objects.all()
        if not types.filter(slug=self.slug).exists():
            raise self._missing(_("asset type"), types.values_list("slug", flat=True))
        assets = Asset.objects.of_type(self.slug).filter(code__in=keys)
        return assets.annotate(wkb=AsWKB("location")).values_list("code", "wkb", "properties")

    def _areas(self, keys: list[str]) -> Iterable[Held]:
        if self.slug not in AreaLevel.values:
            raise self._missing(_("level of areas"), AreaLevel.values)
        areas = Area.objects.filter(level=self.slug, code__in=keys)
        return (
            (key, wkb, None) for key, wkb in areas.annotate(wkb=AsWKB("boundary")).values_list("code", "wkb")
        )

    def _missing(self, kind: str, known: Iterable[str]) -> NoSuchTarget:
        return NoSuchTarget(kind=kind, slug=self.slug, known=", ".join(known) or "—")
