"""Rows for tests. `Factory.create(…)` is typed; `Factory(…)` does the same untyped."""

from tests.factories.images import jpeg, uploaded_jpeg
from tests.factories.issues import (
    CategoryFactory,
    FollowerFactory,
    IssueFactory,
    NotificationFactory,
    PhotoFactory,
    ReporterFactory,
    RoutingRuleFactory,
)
from tests.factories.layers import AssetFactory, AssetTypeFactory, FeatureFactory, LayerFactory
from tests.factories.places import (
    AreaFactory,
    DepartmentFactory,
    MembershipFactory,
    PlaceFactory,
    UserFactory,
    at,
    box,
    multi_box,
)
from tests.factories.town import Town, build_town

__all__ = [
    "AreaFactory",
    "AssetFactory",
    "AssetTypeFactory",
    "CategoryFactory",
    "DepartmentFactory",
    "FeatureFactory",
    "FollowerFactory",
    "IssueFactory",
    "LayerFactory",
    "MembershipFactory",
    "NotificationFactory",
    "PhotoFactory",
    "PlaceFactory",
    "ReporterFactory",
    "RoutingRuleFactory",
    "Town",
    "UserFactory",
    "at",
    "box",
    "build_town",
    "jpeg",
    "multi_box",
    "uploaded_jpeg",
]
