"""The features of a source in a frame, read in storage coordinates and laid on the paper."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from django.conf import settings
from django.contrib.gis.db.models.functions import AsWKB
from django.db.models import F, Func, JSONField, QuerySet
from django.db.models.expressions import BaseExpression
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import JSONObject
from numpy.typing import NDArray

from layers.drawing.errors import TooMuchToDraw
from layers.drawing.frames import Frame
from layers.exports.systems import Shapes
from layers.ogcapi.sql import bounded
from layers.sources import FeatureSource
from layers.style_properties import style_properties

MARGIN_MM = 12.0  # What is drawn beyond the frame, so that no edge of a clipped shape is seen.
FINEST_MM = 0.04  # Half a pixel of a print in 300 dots an inch.
MOST_FEATURES = 250_000
MANY_POINTS = 20_000
ROWS_PER_FETCH = 2_000
PREFIX, SHAPE, JSON = "draw_", "draw_shape", "draw_json"
KINDS = {
    0: "Point",
    1: "LineString",
    2: "LineString",
    3: "Polygon",
    4: "Point",
    5: "LineString",
    6: "Polygon",
}


@dataclass(frozen=True)
class DrawnLayer:
    """A source with `rows` that the reader may see, narrowed as the map says, in a look. `style` are fragments."""

    source: FeatureSource
    rows: "QuerySet[Any]"
    style: Sequence[Mapping[str, Any]]
    opacity: float = 1.0
    legend: Sequence[Mapping[str, Any]] = ()

    @classmethod
    def of(cls, source: FeatureSource) -> "DrawnLayer":
        """As the source offers itself."""
        return cls(source, source.rows, source.style, legend=source.legend)

    def fragments(self, zoom: float) -> list[Mapping[str, Any]]:
        """Those that draw anything at this zoom."""
        if zoom < self.source.min_zoom:
            return []
        return [one for one in self.style if one.get("minzoom", 0) <= zoom < one.get("maxzoom", 99)]


@dataclass(frozen=True)
class Seen:
    """Features on paper: `shapes` in millimetres, what the style reads of each, the kind of each shape, and which of
    them touch the frame itself and not only its surroundings."""

    shapes: Shapes
    properties: list[dict[str, Any]]
    kinds: list[str]
    in_frame: NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.kinds)


NOTHING = Seen(np.empty(0, dtype=object), [], [], np.empty(0, dtype=bool))


@dataclass(frozen=True)
class Raw:
    """Rows as they are kept: their numbers, shapes in the storage CRS, and what a style reads of them."""

    pks: list[int]
    shapes: Shapes
    properties: list[dict[str, Any]]


def read(layer: DrawnLayer, frame: Frame, most: int = MOST_FEATURES) -> Seen:
    """What of the layer touches the frame. Raises TooMuchToDraw, TooCostly."""
    fragments = layer.fragments(frame.zoom)
    return _laid(raw_rows(layer, frame, fragments, most), frame) if fragments else NOTHING


def raw_rows(layer: DrawnLayer, frame: Frame, fragments: Sequence[Mapping[str, Any]], most: int) -> Raw:
    """The rows in the frame and its margin with what these fragments read. Raises TooMuchToDraw, TooCostly."""
    pks: list[int] = []
    wkb: list[bytes] = []
    properties: list[dict[str, Any]] = []
    with bounded():
        for pk, shape, facts in _rows(layer, frame, fragments, most + 1):
            pks.append(pk)
            wkb.append(shape)
            properties.append(facts)
    if len(wkb) > most:
        raise TooMuchToDraw(title=layer.source.title, most=most)
    return Raw(pks, np.asarray(shapely.from_wkb(np.array(wkb, dtype=object)), dtype=object), properties)


def rows_in(layer: DrawnLayer, frame: Frame) -> "QuerySet[Any]":
    """The layer's rows whose boxes touch the frame and its margin."""
    geometry = layer.source.geometry
    rows = layer.rows.order_by().filter(**{f"{geometry}__isnull": False})
    box = frame.outline(settings.STORAGE_SRID, MARGIN_MM)
    return rows if box is None else rows.filter(**{f"{geometry}__bboverlaps": box})


def _rows(
    layer: DrawnLayer, frame: Frame, fragments: Sequence[Mapping[str, Any]], most: int
) -> Iterator[tuple[int, bytes, dict[str, Any]]]:
    source = layer.source
    names = style_properties([dict(one) for one in fragments])
    plain = [name for name in names if name in source.properties]
    columns: dict[str, Any] = {SHAPE: AsWKB(source.geometry)}
    columns |= {f"{PREFIX}{at}": _expression(source.properties[name]) for at, name in enumerate(plain)}
    kept = [name for name in names if name not in source.properties] if source.json_properties else []
    if kept:
        chosen = JSONObject(**{name: KeyTransform(name, source.json_properties) for name in kept})
        columns[JSON] = Func(chosen, function="to_jsonb", output_field=JSONField())
    rows = rows_in(layer, frame).annotate(**columns).values_list("pk", *columns)[:most]
    for pk, shape, *values in rows.iterator(chunk_size=ROWS_PER_FETCH):
        facts = dict(zip(plain, values[: len(plain)], strict=True))
        if kept:
            facts |= _filled(values[-1])
        yield pk, bytes(shape), facts


def _filled(value: Any) -> dict[str, Any]:
    """Properties that the row has; a style tells those from others with `has`."""
    given = json.loads(value) if isinstance(value, str) else value or {}
    return {name: one for name, one in given.items() if one is not None}


def _expression(value: str | BaseExpression) -> F | BaseExpression:
    return F(value) if isinstance(value, str) else value


def _laid(raw: Raw, frame: Frame) -> Seen:
    """On paper, without corners that no print shows, cut off beyond the margin."""
    if len(raw.pks) == 0:
        return NOTHING
    placed = frame.draw(shapely.force_2d(raw.shapes), settings.STORAGE_SRID)
    if shapely.get_num_coordinates(placed).sum() > MANY_POINTS:
        placed = np.asarray(shapely.simplify(placed, FINEST_MM, preserve_topology=False), dtype=object)
    placed = _cut(placed, frame)
    kinds = [KINDS.get(number, "") for number in shapely.get_type_id(placed).tolist()]
    is_there = ~(shapely.is_empty(placed) | shapely.is_missing(placed))
    chosen = np.flatnonzero(is_there).tolist()
    placed = placed[is_there]
    in_frame = shapely.intersects(placed, shapely.box(0, 0, frame.width, frame.height))
    return Seen(placed, [raw.properties[at] for at in chosen], [kinds[at] for at in chosen], in_frame)


def _cut(shapes: Shapes, frame: Frame) -> Shapes:
    sides = (-MARGIN_MM, -MARGIN_MM, frame.width + MARGIN_MM, frame.height + MARGIN_MM)
    bounds = shapely.bounds(shapes)
    beyond = (bounds[:, :2] < sides[0]).any(axis=1)
    beyond |= (bounds[:, 2] > sides[2]) | (bounds[:, 3] > sides[3])
    cut = shapes.copy()
    try:
        cut[beyond] = shapely.clip_by_rect(shapes[beyond], *sides)
    except shapely.errors.GEOSException:  # A shape that is wrong in itself is drawn whole.
        return shapes
    return cut


Listen = Callable[[float], None]
