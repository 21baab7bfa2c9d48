"""From the style fragments that sources carry to the layers of a MapLibre style.

A fragment is a MapLibre layer without id and source. It may hold `metadata.night`, the paint that differs on the
dark map. Labels say `["get", "name"]`; who does not read Greek gets `name_en` where it is filled.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import get_language

from layers.sources import FeatureSource

FONT = ["Noto Sans Variable"]
NAME = ["get", "name"]
NAME_EN = ["case", ["to-boolean", ["get", "name_en"]], ["get", "name_en"], NAME]
LABELS = "-labels"
OWN_KEYS = ("id", "source", "source-layer", "metadata")


def styled_layers(
    source: FeatureSource, *, tile_source: str, theme: str, group: str, is_shown: bool
) -> Iterable[dict[str, Any]]:
    """The source's fragments as complete layers `<slug>`, `<slug>-2` …, reading `tile_source`."""
    return fragments_styled(
        source, source.style, tile_source=tile_source, theme=theme, group=group, is_shown=is_shown
    )


def fragments_styled(
    source: FeatureSource,
    fragments: Iterable[dict[str, Any]],
    *,
    tile_source: str,
    theme: str,
    group: str,
    is_shown: bool,
) -> Iterable[dict[str, Any]]:
    """The same for any other look of the source."""
    for number, fragment in enumerate(fragments, start=1):
        layer = {key: value for key, value in fragment.items() if key not in OWN_KEYS}
        night = fragment.get("metadata", {}).get("night", {}) if theme == "dark" else {}
        layout = in_language(layer.get("layout", {}), get_language() or "el")
        if "text-field" in layout:
            layout = {"text-font": FONT, **layout}
        yield {
            **layer,
            "id": source.slug if number == 1 else f"{source.slug}-{number}",
            "source": tile_source,
            "source-layer": source.slug + (LABELS if _labels_a_surface(source, fragment) else ""),
            "minzoom": max(layer.get("minzoom", 0), source.min_zoom),
            "layout": {**layout, "visibility": "visible" if is_shown else "none"},
            "paint": {**layer.get("paint", {}), **night},
            "metadata": {"gisportal": {"slug": source.slug, "group": group}},
        }


def label_zoom(source: FeatureSource) -> float | None:
    """From which zoom its surfaces have labels, if ever. A surface lies in many tiles and would be labelled in
    each; so the tiles carry a layer `<slug>-labels` with one point a surface."""
    zooms = [fragment.get("minzoom", 0) for fragment in source.style if _labels_a_surface(source, fragment)]
    if source.labels_from is not None and source.geometry_kind == "polygon":
        zooms.append(source.labels_from)
    return min(zooms, default=None)


def _labels_a_surface(source: FeatureSource, fragment: dict[str, Any]) -> bool:
    placement = fragment.get("layout", {}).get("symbol-placement", "point")
    return source.geometry_kind == "polygon" and fragment["type"] == "symbol" and placement == "point"


def in_language(value: Any, language: str) -> Any:
    """A style, or any part of one, that says names in English where the reader does not read Greek."""
    if language.startswith("el"):
        return value
    if value == NAME:
        return NAME_EN
    if isinstance(value, list):
        return [in_language(part, language) for part in value]
    if isinstance(value, dict):
        return {key: in_language(part, language) for key, part in value.items()}
    return value
