"""How assets look on the map: in the colour of their type, from near as discs with its icon."""

from typing import Any

from assets.models import AssetType
from layers.models import GeometryKind

Fragment = dict[str, Any]
GIVE_LIGHT = ("bulb", "lamp", "lamp-2")


def asset_style(asset_type: AssetType) -> list[Fragment]:
    """MapLibre layers without id and source."""
    color = asset_type.color
    if asset_type.geometry_kind == GeometryKind.POINT:
        glow = [_glow()] if asset_type.icon in GIVE_LIGHT else []
        return [*glow, _disc(color), _icon(asset_type.icon)]
    line: Fragment = {"type": "line", "paint": {"line-color": color, "line-width": 2}}
    if asset_type.geometry_kind == GeometryKind.LINE:
        return [line]
    return [{"type": "fill", "paint": {"fill-color": color, "fill-opacity": 0.3}}, line]


def asset_legend(asset_type: AssetType) -> dict[str, Any]:
    return {
        "label": asset_type.title,
        "label_en": asset_type.title_en,
        "color": asset_type.color,
        "shape": asset_type.geometry_kind,
        "icon": asset_type.icon,
    }


def _disc(color: str) -> Fragment:
    """A speck that grows until a thumb can pick it."""
    paint = {
        "circle-color": color,
        "circle-radius": _by_zoom(13, 1, 15, 1.4, 16, 2.4, 17, 8, 19, 12),
        "circle-opacity": _by_zoom(15, _share(0.6), 17, _share(1)),
        "circle-stroke-color": "#ffffff",
        "circle-stroke-width": _by_zoom(15, 0, 17, 1.4, 19, 2),
    }
    return {"type": "circle", "paint": paint}


def _glow() -> Fragment:
    """The light of a lamp, on the dark map; one out of service stays dark."""
    lit = ["case", ["==", ["get", "state"], "out_of_service"], 0, 0.5]
    paint = {
        "circle-color": "#ffd36b",
        "circle-blur": 1,
        "circle-radius": _by_zoom(13, 3, 15, 9, 17, 30, 19, 90),
    }
    return {
        "type": "circle",
        "paint": {**paint, "circle-opacity": 0},
        "metadata": {"night": {"circle-opacity": lit}},
    }


def _icon(name: str) -> Fragment:
    """The type's icon, which the map script draws in white."""
    layout = {
        "icon-image": f"white:{name}",
        "icon-size": _by_zoom(17, 0.5, 19, 0.85),
        "icon-allow-overlap": True,
        "icon-ignore-placement": True,
    }
    return {"type": "symbol", "minzoom": 16.7, "layout": layout}


def _by_zoom(*stops: Any) -> list[Any]:
    return ["interpolate", ["linear"], ["zoom"], *stops]


def _share(full: float) -> list[Any]:
    """Opacity: paler when out of service."""
    return ["case", ["==", ["get", "state"], "out_of_service"], full * 0.45, full]
