"""How one feature looks at one zoom, out of MapLibre fragments: what folium, print, maps and legends draw.

The browser evaluates the same fragments itself, so all of them agree.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from layers.style_fragments import in_language
from layers.styles.colors import TRANSPARENT, Color
from layers.styles.conditions import Condition, condition
from layers.styles.expressions import Scene
from layers.styles.hatch import Hatch, hatch_of
from layers.styles.paints import Paint
from layers.styles.problems import BadStyle, shown

BLACK = Color(0, 0, 0)
#: What is read of each type of fragment: paint and layout, each name with the kind of its value.
READ: dict[str, dict[str, str]] = {
    "fill": {
        "fill-color": "color",
        "fill-opacity": "number",
        "fill-outline-color": "color",
        "fill-pattern": "text",
    },
    "line": {
        "line-color": "color",
        "line-opacity": "number",
        "line-width": "number",
        "line-dasharray": "numbers",
    },
    "circle": {
        "circle-color": "color",
        "circle-opacity": "number",
        "circle-radius": "number",
        "circle-stroke-color": "color",
        "circle-stroke-width": "number",
        "circle-stroke-opacity": "number",
    },
    "symbol": {
        "text-field": "text",
        "text-size": "number",
        "text-color": "color",
        "text-opacity": "number",
        "text-halo-color": "color",
        "text-halo-width": "number",
        "text-offset": "numbers",
        "text-anchor": "text",
        "text-transform": "text",
        "symbol-placement": "text",
        "icon-image": "text",
        "icon-size": "number",
    },
}
DRAWN_ON = {
    "fill": ("Polygon",),
    "line": ("Polygon", "LineString"),
    "circle": ("Polygon", "LineString", "Point"),
    "symbol": ("Polygon", "LineString", "Point"),
}


@dataclass(frozen=True)
class Look:
    """What to draw for one fragment of one feature at one zoom; sizes in CSS pixels (1/96 inch), every colour as
    `#rrggbb` with its alpha in the opacity beside it. Where `hatch` is set, a surface is hatched and not filled. A
    circle or text stands at every corner of a line or surface in MapLibre; elsewhere at one point of it."""

    kind: str  # "fill" | "line" | "circle" | "text"
    color: str = "#000000"
    opacity: float = 1.0
    outline: str = ""  # of a fill (one pixel wide) or a circle; blank: none
    outline_opacity: float = 1.0
    width: float = 0.0  # of the line, or of the circle's outline
    dash: tuple[float, ...] = ()  # in widths of the line, as MapLibre
    radius: float = 0.0
    hatch: Hatch | None = None
    text: str = ""
    size: float = 12.0
    halo: str = ""
    halo_opacity: float = 1.0
    halo_width: float = 0.0
    offset: tuple[float, float] = (0.0, 0.0)  # right and down
    anchor: str = "center"  # which part of the text is at the place: center, left, top-right …
    along: bool = False  # the text follows the line
    icon: str = ""
    icon_size: float = 1.0


@dataclass(frozen=True)
class _Fragment:
    kind: str
    paint: Paint
    holds: Condition
    min_zoom: float
    max_zoom: float

    def look(self, scene: Scene) -> Look | None:
        if not self.min_zoom <= scene.zoom < self.max_zoom or scene.geometry not in DRAWN_ON[self.kind]:
            return None
        return DRAWERS[self.kind](self.paint, scene) if self.holds(scene) else None


class Looks:
    """A style compiled once, for many features. `night`: as on the dark map."""

    def __init__(self, style: Iterable[dict[str, Any]], language: str = "el", *, night: bool = False) -> None:
        self._fragments = list(_drawable(style, language, night))

    def of(self, properties: Mapping[str, Any], geometry_type: str, zoom: float) -> list[Look]:
        """What to draw, undermost first. `geometry_type` as PostGIS or GeoJSON calls it."""
        scene = Scene(properties, _simple(geometry_type), zoom)
        looks = (fragment.look(scene) for fragment in self._fragments)
        return [look for look in looks if look is not None]


def looks_of(
    style: list[dict[str, Any]],
    properties: Mapping[str, Any],
    geometry_type: str,
    zoom: float,
    language: str,
) -> list[Look]:
    """What to draw for one feature, undermost first; for many features of one style make one `Looks`."""
    return Looks(style, language).of(properties, geometry_type, zoom)


def check_style(style: Any, *, extra_types: tuple[str, ...] = ()) -> None:
    """Raises BadStyle, which names the place, where anything in a list of fragments could not be drawn everywhere."""
    if not isinstance(style, list):
        raise BadStyle("", _("A style is a list of fragments."))
    for index, fragment in enumerate(style):
        place = f"[{index}]"
        if not isinstance(fragment, dict):
            raise BadStyle(place, _("A fragment is an object with a type and paint."))
        if fragment.get("type") in extra_types:
            continue
        _compiled(fragment, place)
        night = (fragment.get("metadata") or {}).get("night", {})
        Paint(night, READ[fragment["type"]], f"{place}.metadata.night")


def _drawable(style: Iterable[dict[str, Any]], language: str, night: bool) -> Iterable[_Fragment]:
    """What can be drawn of the fragments; the rest was refused when it was saved, or is older than that."""
    for fragment in style:
        try:
            dark = (fragment.get("metadata") or {}).get("night", {}) if night else {}
            shown_now = {**fragment, "paint": {**fragment.get("paint", {}), **dark}}
            if (fragment.get("layout") or {}).get("visibility") != "none":
                yield _compiled(in_language(shown_now, language), "")
        except BadStyle:
            continue


def _compiled(fragment: dict[str, Any], place: str) -> _Fragment:
    kind = fragment.get("type")
    if not isinstance(kind, str) or kind not in READ:
        raise BadStyle(
            f"{place}.type", _("“%s” is not drawn here: fill, line, circle and symbol are.") % shown(kind)
        )
    for part in ("paint", "layout", "metadata"):
        if not isinstance(fragment.get(part) or {}, dict):
            raise BadStyle(f"{place}.{part}", _("This is an object of names and values."))
    given = {**(fragment.get("layout") or {}), **(fragment.get("paint") or {})}
    return _Fragment(
        kind,
        Paint(given, READ[kind], place),
        condition(fragment.get("filter"), f"{place}.filter"),
        _zoom(fragment, "minzoom", 0, place),
        _zoom(fragment, "maxzoom", 99, place),
    )


def _zoom(fragment: dict[str, Any], name: str, default: float, place: str) -> float:
    value: Any = fragment.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadStyle(f"{place}.{name}", _("“%s” is no number.") % shown(value))
    return float(value)


def _simple(geometry_type: str) -> str:
    name = geometry_type.lower().removeprefix("st_").removeprefix("multi")
    return {"point": "Point", "linestring": "LineString", "polygon": "Polygon"}.get(name, "")


def _fill(paint: Paint, scene: Scene) -> Look | None:
    color, opacity = paint.color("fill-color", scene, BLACK), paint.number("fill-opacity", scene, 1.0)
    if "fill-pattern" in paint:
        hatch = hatch_of(paint.text("fill-pattern", scene))
        return Look("fill", color=hatch.color, opacity=opacity, hatch=hatch) if hatch else None
    outline = paint.color("fill-outline-color", scene, TRANSPARENT)
    return Look(
        "fill",
        color=color.hex,
        opacity=color.alpha * opacity,
        outline=outline.hex if outline.alpha else "",
        outline_opacity=outline.alpha * opacity,
    )


def _line(paint: Paint, scene: Scene) -> Look | None:
    color, width = paint.color("line-color", scene, BLACK), paint.number("line-width", scene, 1.0)
    opacity = color.alpha * paint.number("line-opacity", scene, 1.0)
    if width <= 0:
        return None
    return Look(
        "line", color=color.hex, opacity=opacity, width=width, dash=paint.numbers("line-dasharray", scene)
    )


def _circle(paint: Paint, scene: Scene) -> Look:
    color = paint.color("circle-color", scene, BLACK)
    outline = paint.color("circle-stroke-color", scene, BLACK)
    width = paint.number("circle-stroke-width", scene, 0.0)
    return Look(
        "circle",
        color=color.hex,
        opacity=color.alpha * paint.number("circle-opacity", scene, 1.0),
        radius=paint.number("circle-radius", scene, 5.0),
        outline=outline.hex if width > 0 else "",
        outline_opacity=outline.alpha * paint.number("circle-stroke-opacity", scene, 1.0),
        width=width,
    )


def _text(paint: Paint, scene: Scene) -> Look | None:
    text, icon = paint.text("text-field", scene), paint.text("icon-image", scene)
    if not text and not icon:
        return None
    size = paint.number("text-size", scene, 16.0)
    color = paint.color("text-color", scene, BLACK)
    halo = paint.color("text-halo-color", scene, TRANSPARENT)
    opacity = paint.number("text-opacity", scene, 1.0)
    right, down = (*paint.numbers("text-offset", scene), 0.0, 0.0)[:2]
    return Look(
        "text",
        color=color.hex,
        opacity=color.alpha * opacity,
        text=_cased(text, paint.text("text-transform", scene)),
        size=size,
        halo=halo.hex if halo.alpha else "",
        halo_opacity=halo.alpha * opacity,
        halo_width=paint.number("text-halo-width", scene, 0.0),
        offset=(right * size, down * size),
        anchor=paint.text("text-anchor", scene) or "center",
        along=paint.text("symbol-placement", scene) in ("line", "line-center"),
        icon=icon,
        icon_size=paint.number("icon-size", scene, 1.0),
    )


def _cased(text: str, how: str) -> str:
    return text.upper() if how == "uppercase" else text.lower() if how == "lowercase" else text


DRAWERS: dict[str, Callable[[Paint, Scene], Look | None]] = {
    "fill": _fill,
    "line": _line,
    "circle": _circle,
    "symbol": _text,
}
