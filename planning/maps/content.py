"""What a planning map holds, as JSON in the database and in permalinks, and as frozen objects everywhere else.

How it is drawn, everywhere alike: from the bottom, the flat parts (fill, line, raster) of all layers in their order,
the names of the base map, then the raised parts (circle, symbol) of all layers in their order, drawings on top.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from layers.errors import BadMoment
from layers.moments import AsOf, moment_of
from planning.maps.drawings import Drawing, read_drawings, written_drawings
from planning.maps.errors import MapTooLarge
from planning.maps.reading import Part

MOST_LAYERS = 60
MOST_BYTES = 500_000
LONGEST_FILTER = 6_000
LONGEST_MOMENT = 40
MOST_TOOLS = 30
SWIPED_AT = 0.5


@dataclass(frozen=True)
class ShownLayer:
    """`style` is the slug of a LayerStyle, blank for the layer's own; `filter` is CQL2 text, blank for all rows."""

    slug: str
    opacity: float = 1.0
    style: str = ""
    filter: str = ""


@dataclass(frozen=True)
class Swipe:
    """Two halves of a map: the handle stands `at` this share of its width. The layer `left` is on the left half alone,
    `right` on the right half alone (both may be blank); the right half shows the dates `valid` and `known` where they
    are filled, else those of the map."""

    at: float = SWIPED_AT
    left: str = ""
    right: str = ""
    valid: str = ""
    known: str = ""


@dataclass(frozen=True)
class MapContent:
    """`layers` from the bottom upwards; None where the map shows what is shown at first. `center` is longitude and
    latitude in degrees, None where it opens on the municipality. `valid` and `known` as in layers.moments. `tools`
    keeps what each tool of the page remembers of itself, by its name."""

    layers: tuple[ShownLayer, ...] | None = None
    center: tuple[float, float] | None = None
    zoom: float = 12.0
    valid: str = ""
    known: str = ""
    drawings: tuple[Drawing, ...] = ()
    swipe: Swipe | None = None
    tools: Mapping[str, Any] = field(default_factory=dict)

    @property
    def moments(self) -> AsOf:
        return AsOf.parse(self.valid, self.known)

    def without(self, hidden: Iterable[str]) -> "MapContent":
        """A copy that says nothing of these layers: neither as layers, nor in the swipe, nor in what tools keep."""
        left_out = set(hidden)
        if not left_out:
            return self
        layers = tuple(one for one in self.layers or () if one.slug not in left_out)
        swipe = self.swipe
        if swipe and left_out & {swipe.left, swipe.right}:
            swipe = None
        tools = {name: kept for name, kept in self.tools.items() if not _mentions(kept, left_out)}
        return replace(self, layers=None if self.layers is None else layers, swipe=swipe, tools=tools)

    def slugs(self) -> set[str]:
        """Every layer that it names where layers are named."""
        swiped = {self.swipe.left, self.swipe.right} if self.swipe else set()
        return ({layer.slug for layer in self.layers or ()} | swiped) - {""}

    def written(self) -> dict[str, Any]:
        """The document that `parse` reads, without what is as usual."""
        found: dict[str, Any] = {"zoom": round(self.zoom, 2)}
        if self.layers is not None:
            found["layers"] = [_without_blanks(vars(layer), opacity=1.0) for layer in self.layers]
        if self.center is not None:
            found["center"] = [round(value, 7) for value in self.center]
        if self.drawings:
            found["drawings"] = written_drawings(self.drawings)
        if self.swipe is not None:
            found["swipe"] = _without_blanks(vars(self.swipe))
        return found | _without_blanks({"valid": self.valid, "known": self.known, "tools": dict(self.tools)})


def parse(document: Any) -> MapContent:
    """Read the JSON document of a map. Raises BadMap with the place, or MapTooLarge."""
    if len(json.dumps(document)) > MOST_BYTES:
        raise MapTooLarge(limit=MOST_BYTES // 1000)
    whole = Part(document)
    whole.only("layers", "center", "zoom", "valid", "known", "drawings", "swipe", "tools")
    return MapContent(
        layers=_layers(whole) if "layers" in whole.value else None,
        center=_center(whole) if "center" in whole.value else None,
        zoom=whole.number("zoom", 0, 24, MapContent.zoom),
        valid=_moment(whole, "valid"),
        known=_moment(whole, "known"),
        drawings=read_drawings(whole.part("drawings")) if "drawings" in whole.value else (),
        swipe=_swipe(whole.part("swipe")) if "swipe" in whole.value else None,
        tools=_tools(whole),
    )


def _layers(whole: Part) -> tuple[ShownLayer, ...]:
    found: dict[str, ShownLayer] = {}
    for part in whole.parts("layers", MOST_LAYERS):
        part.only("slug", "opacity", "style", "filter")
        slug = part.slug("slug", may_be_blank=False)
        if slug in found:
            raise part.refuse("slug", _("This layer is there twice."))
        opacity = part.number("opacity", 0, 1, 1)
        found[slug] = ShownLayer(slug, opacity, part.slug("style"), part.text("filter", LONGEST_FILTER))
    return tuple(found.values())


def _center(whole: Part) -> tuple[float, float]:
    values = whole.items("center", 2)
    if len(values) != 2:
        raise whole.refuse("center", _("It must be longitude and latitude."))
    pair = Part({"longitude": values[0], "latitude": values[1]}, "center")
    return pair.number("longitude", -180, 180, 0), pair.number("latitude", -90, 90, 0)


def _moment(part: Part, name: str) -> str:
    text = part.text(name, LONGEST_MOMENT).strip()
    try:
        moment_of(text)
    except BadMoment as error:
        raise part.refuse(name, str(error)) from error
    return text


def _swipe(part: Part) -> Swipe:
    part.only("at", "left", "right", "valid", "known")
    at = part.number("at", 0, 1, SWIPED_AT)
    return Swipe(at, part.slug("left"), part.slug("right"), _moment(part, "valid"), _moment(part, "known"))


def _tools(whole: Part) -> dict[str, Any]:
    tools = whole.part("tools").value if "tools" in whole.value else {}
    if len(tools) > MOST_TOOLS:
        raise whole.refuse("tools", _("It has more than %(most)s entries.") % {"most": MOST_TOOLS})
    return dict(tools)


def _mentions(kept: Any, slugs: set[str]) -> bool:
    """Whether a text anywhere in it holds one of the names."""
    text = json.dumps(kept, ensure_ascii=False)
    return any(slug in text for slug in slugs)


def _without_blanks(values: Mapping[str, Any], **usual: Any) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value not in ("", {}) and value != usual.get(key)}
