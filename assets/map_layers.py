"""What the register offers on the map: one source an asset type, with what stands on the ground."""

from collections.abc import Iterable

from django.contrib.gis.geos import Point
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from assets.map_styles import asset_legend, asset_style
from assets.models import Asset, AssetType
from layers.models import Theme, Visibility
from layers.search.hits import Hit
from layers.sources import Download, FeatureSource
from municipality.roles import AnyUser

PREFIX = "assets-"
# The fields that every asset has, in a file.
TITLES = {
    "code": _lazy("code"),
    "state": _lazy("state"),
    "condition": _lazy("condition, 1 to 5"),
    "installed_on": _lazy("installed on"),
}


def offered(user: AnyUser) -> Iterable[FeatureSource]:
    for asset_type in AssetType.objects.visible_to(user):
        yield _source(asset_type)


def find(user: AnyUser, slug: str) -> FeatureSource | None:
    if not slug.startswith(PREFIX):
        return None
    asset_type = AssetType.objects.visible_to(user).filter(slug=slug.removeprefix(PREFIX)).first()
    return _source(asset_type) if asset_type is not None else None


def _source(asset_type: AssetType) -> FeatureSource:
    """The source of a type that came from `visible_to`, so its assets may be shown."""
    return FeatureSource(
        slug=f"{PREFIX}{asset_type.slug}",
        title=str(asset_type),
        theme=Theme.ASSETS,
        geometry_kind=asset_type.geometry_kind,
        rows=Asset.objects.filter(type_id=asset_type.pk).standing(),
        web_geometry="location_web",
        geometry="location",
        key="code",
        revision=asset_type.revision,
        properties={"code": "code", "state": "state"},
        is_public=asset_type.visibility == Visibility.PUBLIC,
        min_zoom=asset_type.min_zoom,
        style=asset_style(asset_type),
        legend=[asset_legend(asset_type)],
        shown_at_first=asset_type.shown_at_first,
        position=asset_type.position,
        icons=(asset_type.icon,),
        download=Download(
            properties={name: name for name in TITLES},
            json_properties="properties",
            titles=TITLES,
            schema=asset_type.field_schema,
            key_name="code",
        ),
    )


def found_by_code(user: AnyUser, text: str) -> list[Hit]:
    """Standing assets whose code begins with what was typed, in Greek or Latin letters."""
    assets = Asset.objects.visible_to(user).standing().sounding_like(text)
    return [_hit(asset) for asset in assets.select_related("type")[:5]]


def _hit(asset: Asset) -> Hit:
    place = asset.location
    is_point = isinstance(place, Point)
    return Hit.at(
        place if is_point else place.point_on_surface,
        extent=None if is_point else place,
        title=asset.code,
        context=str(asset.type),
        kind=_("asset"),
        zoom=19,
        url=reverse("assets:asset", args=(asset.type.slug, asset.code)),
    )
