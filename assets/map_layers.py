"""What the register offers on the map: one source an asset type, with what stands on the ground."""

from collections.abc import Iterable
from typing import Any

from django.contrib.gis.geos import Point
from django.urls import reverse
from django.utils.translation import gettext as _

from assets.models import Asset, AssetType
from layers.models import GeometryKind, Theme, Visibility
from layers.search.hits import Hit
from layers.sources import FeatureSource
from municipality.roles import AnyUser

PREFIX = "assets-"


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
        revision=asset_type.revision,
        properties={"code": "code", "state": "state"},
        is_public=asset_type.visibility == Visibility.PUBLIC,
        min_zoom=asset_type.min_zoom,
        style=_style(asset_type),
        legend=[_legend(asset_type)],
        shown_at_first=asset_type.shown_at_first,
        position=asset_type.position,
        icons=(asset_type.icon,),
    )


def _legend(asset_type: AssetType) -> dict[str, Any]:
    return {
        "label": asset_type.title,
        "label_en": asset_type.title_en,
        "color": asset_type.color,
        "shape": asset_type.geometry_kind,
        "icon": asset_type.icon,
    }


def _style(asset_type: AssetType) -> list[dict[str, Any]]:
    """A dot that grows into a disc with the icon; lines and polygons in the type's colour."""
    if asset_type.geometry_kind == GeometryKind.LINE:
        return [{"type": "line", "paint": {"line-color": asset_type.color, "line-width": 2.5}}]
    disc = {
        "type": "circle",
        "paint": {
            "circle-color": asset_type.color,
            "circle-radius": ["interpolate", ["linear"], ["zoom"], 13, 2, 16, 4, 18, 11],
            "circle-opacity": ["case", ["==", ["get", "state"], "out_of_service"], 0.45, 1],
            "circle-stroke-color": "#ffffff",
            "circle-stroke-width": ["interpolate", ["linear"], ["zoom"], 14, 0.5, 18, 2],
        },
    }
    icon = {
        "type": "symbol",
        "minzoom": 17,
        "layout": {
            "icon-image": f"white:{asset_type.icon}",
            "icon-size": ["interpolate", ["linear"], ["zoom"], 17, 0.5, 18, 0.8],
            "icon-allow-overlap": True,
        },
    }
    if asset_type.geometry_kind == GeometryKind.POINT:
        return [disc, icon]
    fill = {"type": "fill", "paint": {"fill-color": asset_type.color, "fill-opacity": 0.3}}
    edge = {"type": "line", "paint": {"line-color": asset_type.color, "line-width": 1.5}}
    return [fill, edge]


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
