"""Layers with their partition, features in time, asset types and assets."""

from typing import Any

from factory.declarations import LazyFunction, Sequence, SubFactory
from factory.django import DjangoModelFactory

from assets.models import Asset, AssetType
from core.time import from_now_on
from layers.actions import create_layer
from layers.models import Feature, GeometryKind, Layer, Theme
from tests.factories.places import at, box


class LayerFactory(DjangoModelFactory[Layer]):
    """A public layer of polygons, with the partition that its features need."""

    class Meta:
        model = Layer

    slug = Sequence(lambda n: f"layer-{n}")
    title = Sequence(lambda n: f"Επίπεδο {n}")
    title_en = Sequence(lambda n: f"Layer {n}")
    theme = Theme.LAND_USE
    geometry_kind = GeometryKind.POLYGON

    @classmethod
    def _create(cls, model_class: type[Layer], *args: Any, **fields: Any) -> Layer:
        return create_layer(**fields)


class FeatureFactory(DjangoModelFactory[Feature]):
    """A current state, valid and known from now on, of a square of 100 m in the middle of the town."""

    class Meta:
        model = Feature

    layer = SubFactory(LayerFactory)
    key = Sequence(lambda n: f"key-{n}")
    properties = LazyFunction(dict)
    geom = LazyFunction(lambda: box(5000, 5000, 5100, 5100))
    valid = LazyFunction(from_now_on)
    recorded = LazyFunction(from_now_on)


class AssetTypeFactory(DjangoModelFactory[AssetType]):
    class Meta:
        model = AssetType

    slug = Sequence(lambda n: f"type-{n}")
    title = Sequence(lambda n: f"Είδος {n}")
    title_en = Sequence(lambda n: f"Type {n}")
    icon = "lamp"


class AssetFactory(DjangoModelFactory[Asset]):
    class Meta:
        model = Asset

    type = SubFactory(AssetTypeFactory)
    code = Sequence(lambda n: f"ΦΩ-{n:05d}")
    location = LazyFunction(lambda: at(5000, 7500))
