"""The features of a layer for the file: where they lie in degrees, how they look at each zoom, what they say."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from django.conf import settings

from core.geo import CRS84
from layers.drawing.frames import Frame, moves
from layers.drawing.icons import pin_color
from layers.drawing.labels import name_places
from layers.drawing.marks import is_flat
from layers.drawing.reading import KINDS, DrawnLayer, raw_rows
from layers.exports.systems import Shapes
from layers.style_properties import style_properties
from layers.styles.looks import Look, Looks
from planning.printing.offline.facts import Telling

DECIMALS = 6  # A tenth of a metre.
Style = dict[str, Any]


@dataclass(frozen=True)
class Zooms:
    """The zooms of the file, as Leaflet counts them: one more than ours, whose tiles are twice as wide."""

    first: int
    last: int

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.first, self.last + 1))


@dataclass
class Offline:
    """What planning/static/planning/printing/offline.js draws. `shapes` are [kind, coordinates, popup]; each of `parts`
    is a fragment of the style: [is raised, [[shape, class]], a list of looks by zoom for each class]; `names` are
    [longitude, latitude, turn, class of names, text]."""

    shapes: list[list[Any]] = field(default_factory=list)
    parts: list[list[Any]] = field(default_factory=list)
    names: list[list[Any]] = field(default_factory=list)
    name_looks: list[list[Style | None]] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)

    def document(self) -> dict[str, Any]:
        return {"shapes": self.shapes, "parts": self.parts, "names": self.names, "nameLooks": self.name_looks}


def offline_layer(
    layer: DrawnLayer, frame: Frame, zooms: Zooms, language: str, most: int, telling: Telling | None
) -> Offline:
    """What of a layer touches the frame. At most `most` features, else TooMuchToDraw."""
    fragments = [one for one in layer.style if _is_for(one, layer, zooms)]
    found = Offline()
    if not fragments:
        return found
    raw = raw_rows(layer, frame, fragments, most)
    if not raw.pks:
        return found
    facts, shapes = raw.properties, _simple(raw.shapes, frame)
    told = telling.popups(layer, raw.pks) if telling else {}
    kinds = [KINDS.get(number, "") for number in shapely.get_type_id(shapes).tolist()]
    degrees = shapely.transform(shapes, lambda points: _lonlat(points))
    found.shapes = [
        [kind, _coordinates(shape), told.get(pk, "")]
        for pk, kind, shape in zip(raw.pks, kinds, degrees.tolist(), strict=True)
    ]
    for fragment in fragments:
        _add_part(found, fragment, facts, kinds, shapes, zooms, language, layer)
    return found


def _is_for(fragment: Mapping[str, Any], layer: DrawnLayer, zooms: Zooms) -> bool:
    return bool(fragment.get("minzoom", 0) <= zooms.last - 1 and layer.source.min_zoom <= zooms.last - 1)


def _add_part(
    found: Offline,
    fragment: Mapping[str, Any],
    facts: Sequence[Mapping[str, Any]],
    kinds: Sequence[str],
    shapes: Shapes,
    zooms: Zooms,
    language: str,
    layer: DrawnLayer,
) -> None:
    """Every different feature is asked once how it looks at each zoom."""
    looks = Looks([dict(fragment)], language)
    read = style_properties([dict(fragment)])
    classes: dict[Any, int] = {}
    by_zoom: list[list[Look | None]] = []
    members: list[list[int]] = []
    for number, (told, kind) in enumerate(zip(facts, kinds, strict=True)):
        key = (kind, *(repr(told.get(name)) if name in told else None for name in read))
        if key not in classes:
            classes[key] = len(by_zoom)
            by_zoom.append([_look_at(looks, told, kind, zoom, layer) for zoom in zooms])
        members.append([number, classes[key]])
    if fragment.get("type") == "symbol":
        _add_names(found, by_zoom, members, shapes, layer.opacity)
        return
    found.looks.extend(look for row in by_zoom for look in row if look is not None)
    styles = [[_style(look, layer.opacity) for look in row] for row in by_zoom]
    drawn = [member for member in members if any(styles[member[1]])]
    if drawn:
        found.parts.append([not is_flat(fragment), drawn, styles])


def _look_at(
    looks: Looks, facts: Mapping[str, Any], kind: str, leaflet_zoom: int, layer: DrawnLayer
) -> Look | None:
    zoom = leaflet_zoom - 1
    return next(iter(looks.of(facts, kind, zoom)), None) if zoom >= layer.source.min_zoom else None


def _style(look: Look | None, opacity: float) -> Style | None:
    """As Leaflet calls things."""
    if look is None:
        return None
    if look.kind == "line":
        dash = [round(part * look.width, 2) for part in look.dash]
        line = {
            "color": look.color,
            "weight": round(look.width, 2),
            "opacity": round(look.opacity * opacity, 3),
        }
        return {**line, "fill": False, **({"dashArray": dash} if dash else {})}
    solid = round(look.opacity * opacity, 3)
    edge = {"stroke": bool(look.outline), "color": look.outline or look.color, "weight": look.width or 1}
    surface = {**edge, "opacity": round(look.outline_opacity * opacity, 3), "fill": True}
    surface |= {"fillColor": look.color, "fillOpacity": solid}
    if look.kind == "circle":
        return {**surface, "radius": round(look.radius, 2)}
    return {**surface, **({"hatch": vars(look.hatch)} if look.hatch else {})}


def _add_names(
    found: Offline,
    by_zoom: Sequence[Sequence[Look | None]],
    members: Sequence[Sequence[int]],
    shapes: Shapes,
    opacity: float,
) -> None:
    offset = len(found.name_looks)
    texts: dict[int, Look] = {}
    for number, row in enumerate(by_zoom):
        found.name_looks.append([_name_style(look, opacity) for look in row])
        look = next((one for one in row if one is not None and (one.text or one.icon)), None)
        if look is not None:
            texts[number] = look
    for number, look in texts.items():
        chosen = shapes[[at for at, group in members if group == number]]
        for x, y, turn in name_places(look, chosen):
            lon, lat = moves(settings.STORAGE_SRID, CRS84).transform(x, y)
            found.names.append(
                [round(lon, DECIMALS), round(lat, DECIMALS), round(turn, 1), number + offset, look.text]
            )


def _name_style(look: Look | None, opacity: float) -> Style | None:
    if look is None or not (look.text.strip() or look.icon):
        return None
    told = {"color": look.color, "size": round(look.size, 1), "opacity": round(look.opacity * opacity, 3)}
    halo = {"halo": look.halo, "haloWidth": look.halo_width} if look.halo else {}
    pin = pin_color(look.icon)
    moved = {"offset": [round(part, 1) for part in look.offset]} if any(look.offset) else {}
    return {**told, **halo, **moved, **({"pin": pin} if pin else {})}


def _simple(shapes: Shapes, frame: Frame) -> Shapes:
    """Without corners that nobody sees at the closest zoom."""
    step = (frame.bounds[2] - frame.bounds[0]) / 16_000
    return np.asarray(shapely.simplify(shapely.force_2d(shapes), step, preserve_topology=True), dtype=object)


def _lonlat(points: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    moved = np.column_stack(moves(settings.STORAGE_SRID, CRS84).transform(points[:, 0], points[:, 1]))
    return np.round(moved, DECIMALS)


def _coordinates(shape: Any) -> list[Any]:
    """Leaflet's: latitude first, a list of points for a line, of rings for a surface, one level more for many."""
    kind = int(shapely.get_type_id(shape))
    if kind == shapely.GeometryType.POINT:
        point: list[Any] = _points(shape)[0]
        return point
    if kind == shapely.GeometryType.POLYGON:
        return [_points(ring) for ring in shapely.get_rings(shape)]
    if kind in (shapely.GeometryType.LINESTRING, shapely.GeometryType.LINEARRING):
        return _points(shape)
    return [_coordinates(part) for part in shapely.get_parts(shape)]


def _points(line: Any) -> list[Any]:
    found: list[Any] = shapely.get_coordinates(line)[:, ::-1].tolist()
    return found


def total(layers: Iterable[Offline]) -> int:
    return sum(len(layer.shapes) for layer in layers)
