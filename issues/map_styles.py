"""How issues look on the map: counted discs from afar, pins with shape and icon from near."""

from typing import Any

from django.utils.translation import gettext as _

COLORS = {"open": "#f2a900", "progress": "#1d70d1", "fixed": "#00813f", "rejected": "#6b7680"}
OVERDUE = "#b60202"
ALONE = ["==", ["get", "count"], 1]
MANY = ["all", ["has", "count"], [">", ["get", "count"], 1]]

PIN = [
    "concat",
    "pin:",
    ["get", "look"],
    ":",
    ["get", "icon"],
    ["case", ["to-boolean", ["get", "overdue"]], ":overdue", ""],
]


def issue_style(cluster_below_zoom: int) -> list[dict[str, Any]]:
    """MapLibre layers without id and source. From a cluster below the zoom, its count in a ring whose parts are the
    looks in it (`ring:<eighths open>:<in progress>:<fixed>`); else a pin (`pin:<look>:<icon>[:overdue]`). The map
    script draws both."""
    return [_ring(), _pin(cluster_below_zoom)]


def _ring() -> dict[str, Any]:
    return {
        "type": "symbol",
        "filter": MANY,
        "layout": {
            "icon-image": [
                "concat",
                "ring:",
                _eighths("open"),
                ":",
                _eighths("progress"),
                ":",
                _eighths("fixed"),
            ],
            "icon-size": ["interpolate", ["linear"], ["get", "count"], 2, 0.8, 20, 1, 200, 1.3],
            "icon-allow-overlap": True,
            "text-field": ["to-string", ["get", "count"]],
            "text-size": 13,
            "text-allow-overlap": True,
        },
        "paint": {"text-color": "#1d2125"},
        "metadata": {"night": {"text-color": "#eef3f8"}},
    }


def _eighths(look: str) -> list[Any]:
    """The share of a look in a cluster, in eighths: so few different rings that each is drawn once."""
    share = ["/", ["coalesce", ["get", f"n_{look}"], 0], ["get", "count"]]
    return ["to-string", ["round", ["*", 8, share]]]


def _pin(cluster_below_zoom: int) -> dict[str, Any]:
    return {
        "type": "symbol",
        "filter": ["any", ["!", ["has", "count"]], ALONE],
        "layout": {
            "icon-image": PIN,
            "icon-anchor": "bottom",
            "icon-size": ["interpolate", ["linear"], ["zoom"], 10, 0.7, cluster_below_zoom, 0.8, 17, 1],
            "icon-allow-overlap": True,
            "symbol-sort-key": ["get", "since"],
        },
    }


def issue_legend(slug: str) -> list[dict[str, Any]]:
    """Pins of the look or looks that this source holds; labels already in the reader's language."""
    if slug == "issues-fixed":
        return [_entry(_("fixed"), "fixed")]
    overdue = {"label": _("overdue"), "color": OVERDUE, "shape": "pin", "look": "overdue"}
    return [_entry(_("reported"), "open"), _entry(_("in progress"), "progress"), overdue]


def _entry(label: str, look: str) -> dict[str, Any]:
    return {"label": label, "color": COLORS[look], "shape": "pin", "look": look}
