"""How a layer looks before anybody styled it: quiet lines and fills in a colour of its own."""

from typing import Any

from layers.models import GeometryKind
from municipality.models import AreaLevel

# Told apart by people who do not see all colours (after Okabe and Ito), all with 3:1 on the light land.
COLORS = ("#0054ba", "#a04a00", "#00705a", "#8c3a6b", "#5b6770", "#7a5c00", "#b3261e", "#4b4fa8")
AREA_WIDTHS = {
    AreaLevel.MUNICIPALITY: 2.4,
    AreaLevel.UNIT: 1.8,
    AreaLevel.COMMUNITY: 1.4,
}
Fragments = list[dict[str, Any]]


def color_of(slug: str) -> str:
    """A colour that stays the layer's own."""
    return COLORS[sum(slug.encode()) % len(COLORS)]


def fallback_style(geometry_kind: str, slug: str) -> Fragments:
    color = color_of(slug)
    styles = {
        GeometryKind.POINT: [_circle(color)],
        GeometryKind.LINE: [_line(color)],
        GeometryKind.POLYGON: [_fill(color), _line(color)],
        GeometryKind.MIXED: [
            {**_fill(color), "filter": ["==", ["geometry-type"], "Polygon"]},
            {**_line(color), "filter": ["!=", ["geometry-type"], "Point"]},
            {**_circle(color), "filter": ["==", ["geometry-type"], "Point"]},
        ],
    }
    return styles[GeometryKind(geometry_kind)]


def base_fallback_style(geometry_kind: str) -> Fragments:
    """A layer of the base map that nobody styled: white lines with quiet casings, warm grey ground."""
    width = ["interpolate", ["exponential", 1.6], ["zoom"], 12, 0.8, 18, 12]
    casing = ["interpolate", ["exponential", 1.6], ["zoom"], 12, 1.6, 18, 14]
    ground = {
        "type": "fill",
        "filter": ["==", ["geometry-type"], "Polygon"],
        "paint": {"fill-color": "#e6dfd3", "fill-outline-color": "#d3c9b8"},
        "metadata": {"night": {"fill-color": "#2a2e34", "fill-outline-color": "#3b4048"}},
    }
    round_ends = {"line-cap": "round", "line-join": "round"}
    lines = [
        {
            "type": "line",
            "filter": ["==", ["geometry-type"], "LineString"],
            "layout": round_ends,
            "paint": {"line-color": day, "line-width": thickness},
            "metadata": {"night": {"line-color": night}},
        }
        for day, night, thickness in (("#d9cfbf", "#15181c", casing), ("#ffffff", "#3f434a", width))
    ]
    name = {
        "type": "symbol",
        "filter": ["==", ["geometry-type"], "Point"],
        "layout": {"text-field": ["get", "name"], "text-size": 12},
        "paint": {"text-color": "#5a5348", "text-halo-color": "#ffffff", "text-halo-width": 1.4},
        "metadata": {"night": {"text-color": "#b9b4aa", "text-halo-color": "#15191e"}},
    }
    wanted = {"point": [name], "line": lines, "polygon": [ground], "mixed": [ground, *lines, name]}
    return wanted[geometry_kind]


def fallback_legend(geometry_kind: str, slug: str, title: str, title_en: str) -> list[dict[str, Any]]:
    return [{"label": title, "label_en": title_en, "color": color_of(slug), "shape": geometry_kind}]


def area_style(level: AreaLevel) -> Fragments:
    """A dashed boundary, and the name in the middle of the area."""
    return [
        {
            "type": "line",
            "paint": {
                "line-color": "#6b4e71",
                "line-width": AREA_WIDTHS.get(level, 1.1),
                "line-dasharray": [4, 2],
            },
            "metadata": {"night": {"line-color": "#b79ac0"}},
        },
        {
            "type": "symbol",
            "layout": {
                "text-field": ["get", "name"],
                "text-size": 13,
                "text-letter-spacing": 0.05,
            },
            "paint": {"text-color": "#4f3a54", "text-halo-color": "#ffffff", "text-halo-width": 1.6},
            "metadata": {"night": {"text-color": "#d6c2dc", "text-halo-color": "#14181d"}},
        },
    ]


def _fill(color: str) -> dict[str, Any]:
    return {"type": "fill", "paint": {"fill-color": color, "fill-opacity": 0.18}}


def _line(color: str) -> dict[str, Any]:
    width = ["interpolate", ["linear"], ["zoom"], 12, 0.6, 18, 2]
    return {"type": "line", "paint": {"line-color": color, "line-width": width}}


def _circle(color: str) -> dict[str, Any]:
    radius = ["interpolate", ["linear"], ["zoom"], 12, 2.5, 18, 7]
    paint = {
        "circle-color": color,
        "circle-radius": radius,
        "circle-stroke-color": "#ffffff",
        "circle-stroke-width": 1.2,
    }
    return {"type": "circle", "paint": paint}
