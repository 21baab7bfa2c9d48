"""The statements that make a tile's layers: the one module that speaks ST_AsMVT.

The query box is not the clip box: rows are found by index with an envelope grown by the buffer, a constant in
EPSG:3857, and cut by ST_AsMVTGeom, which snaps them to the tile's grid and drops what becomes nothing. From afar the
grid is half a pixel wide, so corners come out rounded to it, those of neighbours alike.
"""

from dataclasses import dataclass
from typing import Any

from django.db.models import BinaryField, F, FloatField, Func, QuerySet, Value
from django.db.models.expressions import BaseExpression, OrderBy
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import JSONObject

from core.geo import Tile
from core.statements import quoted, statement
from layers.models import Overview
from layers.sources import Cluster, FeatureSource
from layers.style_fragments import LABELS, label_zoom
from layers.style_properties import NAMES, style_properties

EXTENT = 4096
EXTENT_FROM_AFAR = 1024
BUFFER = 1 / 64  # of the tile's width
MAX_TILE_ZOOM = 16  # The map asks for nothing deeper and enlarges these: 15 cm a grid step at 38° north.
CLOSE_ZOOM = 14  # Below it surfaces and lines are seen from afar.
PIXELS = 512
FEW = 200
THINNED = "-thinned"
JSON = "mvt_json"
Statement = tuple[str, tuple[Any, ...]]


@dataclass(frozen=True)
class Drawing:
    """One source in one tile; `share` of its features, the largest first, where all would be too many bytes."""

    source: FeatureSource
    tile: Tile
    share: float = 1.0

    @property
    def is_from_afar(self) -> bool:
        return self.tile.z < CLOSE_ZOOM and self.source.geometry_kind != "point"

    @property
    def extent(self) -> int:
        return EXTENT_FROM_AFAR if self.is_from_afar or self.share < 1 else EXTENT

    @property
    def is_terse(self) -> bool:
        """True when features say only what style and title read of them."""
        return self.tile.z < CLOSE_ZOOM or self.share < 1

    def shown(self, held: int) -> int:
        """How many of `held` features. Few are no reason to leave some out, unless nothing else helps."""
        return int(held * self.share) if held > FEW or not self.share else held


class _MvtGeometry(Func):
    """`ST_AsMVTGeom(geometry, tile bounds, extent, buffer, clip)` in the tile's own coordinates.

    Called binary, because Django selects what it knows as a geometry with a cast that ST_AsMVT would not take.
    """

    function = "ST_AsMVTGeom"
    output_field = BinaryField()

    def __init__(self, shape: F | Func, tile: Tile, extent: int, buffer: int) -> None:
        bounds = Func(Value(tile.z), Value(tile.x), Value(tile.y), function="ST_TileEnvelope")
        super().__init__(shape, bounds, Value(extent), Value(buffer), Value(True))


class _Span(Func):
    """The longer side of a geometry's box, read from its header."""

    template = (
        "GREATEST(ST_XMax(%(expressions)s::box2d) - ST_XMin(%(expressions)s::box2d),"
        " ST_YMax(%(expressions)s::box2d) - ST_YMin(%(expressions)s::box2d))"
    )
    output_field = FloatField()


def compiled(drawing: Drawing, overview: Overview | None) -> list[Statement]:
    """The statements, with their parameters, that make the source's layers of the tile: none below its smallest zoom,
    clusters or the overview from afar, else its features and, where they have labels, a point for each."""
    source, tile = drawing.source, drawing.tile
    if tile.z < min(source.min_zoom, MAX_TILE_ZOOM):
        return []
    if source.cluster is not None and tile.z < source.cluster.below_zoom:
        return [_compiled_clusters(source, source.cluster, tile)]
    if overview is not None and tile.z < overview.below_zoom:
        place = (overview.pk, tile.z, tile.x, tile.y)
        return [(statement("layers", "tile_overview"), (source.slug, EXTENT, *place))]
    layers: list[tuple[str, F | Func, float]] = [(source.slug, F(source.web_geometry), BUFFER)]
    labelled_from = label_zoom(source)
    if labelled_from is not None and tile.z >= min(int(labelled_from), MAX_TILE_ZOOM):
        point = Func(F(source.web_geometry), function="ST_PointOnSurface", output_field=BinaryField())
        layers.append((source.slug + LABELS, point, 0.0))
    return [part for layer in layers for part in _compiled_features(drawing, *layer)]


def _compiled_features(drawing: Drawing, layer: str, shape: F | Func, buffer: float) -> list[Statement]:
    source = drawing.source
    rows = _rows_in(source, drawing.tile, buffer)
    names = list(source.properties)
    cut = _MvtGeometry(shape, drawing.tile, drawing.extent, round(buffer * drawing.extent))
    columns: dict[str, Any] = {"mvt_geometry": cut}
    columns |= {f"mvt_{name}": _expression(source.properties[name]) for name in names}
    columns |= _json(drawing)
    inner = rows.annotate(**columns).values("id", *columns)
    note = []
    if drawing.share < 1:
        held = rows.count()
        shown = drawing.shown(held)
        inner = inner.order_by(*_largest_first(source))[:shown]
        note = [_compiled_note(layer, shown, held)] if shown < held else []
        if not shown:
            return note
    sql, params = inner.query.sql_with_params()
    renamed = [f"{quoted('mvt_' + name)} AS {quoted(name)}" for name in names]
    fields = ", ".join(["mvt_geometry", '"id"', *_json(drawing), *renamed])
    text = statement("layers", "tile").format(fields=fields, rows=sql)
    return [(text, (layer, drawing.extent, *params)), *note]


def _compiled_note(layer: str, shown: int, held: int) -> Statement:
    """A layer `<layer>-thinned` of one point that says `shown` and `held`, so that a kept tile tells it too."""
    return statement("layers", "tile_note"), (layer + THINNED, EXTENT, EXTENT / 2, EXTENT / 2, shown, held)


def _largest_first(source: FeatureSource) -> list[OrderBy]:
    """Points, which have no size, in an order that has nothing to do with where they lie."""
    by_chance = Func(F("pk"), function="hashint8", output_field=FloatField()).asc()
    return (
        [by_chance] if source.geometry_kind == "point" else [_Span(F(source.web_geometry)).desc(), by_chance]
    )


def _json(drawing: Drawing) -> dict[str, Any]:
    """The top keys of the jsonb column: all of them near, what style and title read from afar or when thinned."""
    column = drawing.source.json_properties
    if not column:
        return {}
    if not drawing.is_terse:
        return {JSON: F(column)}
    read = sorted({*style_properties(drawing.source.style), *drawing.source.reads, *NAMES})
    chosen = JSONObject(**{name: KeyTransform(name, column) for name in read})
    return {JSON: Func(chosen, function="jsonb_strip_nulls", output_field=BinaryField())}


def _compiled_clusters(source: FeatureSource, cluster: Cluster, tile: Tile) -> Statement:
    names = list(source.properties)
    columns: dict[str, BaseExpression | F] = {
        axis: Func(F(source.web_geometry), function=f"ST_{axis.upper()}", output_field=FloatField())
        for axis in ("x", "y")
    }
    columns |= {f"mvt_{name}": _expression(source.properties[name]) for name in names}
    inner = _rows_in(source, tile, 0.0).annotate(**columns).values("id", *columns)
    sql, params = inner.query.sql_with_params()
    counted = [
        f"count(*) FILTER (WHERE {quoted('mvt_' + cluster.field)} = %s)::integer AS {quoted('n_' + value)}"
        for value in cluster.values
    ]
    alone = [
        f"CASE WHEN count(*) = 1 THEN (array_agg({quoted('mvt_' + name)}))[1] END AS {quoted(name)}"
        for name in names
    ]
    west, _south, _east, north = tile.bounds()
    width = tile.width_metres
    text = statement("layers", "tile_clusters").format(fields=", ".join([*counted, *alone]), rows=sql)
    box = (west, north, width, width / cluster.cells)
    return text, (*box, source.slug, EXTENT, EXTENT, *cluster.values, *params)


def _rows_in(source: FeatureSource, tile: Tile, buffer: float) -> "QuerySet[Any]":
    """The source's rows that touch the tile grown by `buffer` tile widths, without those too small to see."""
    rows = source.rows.order_by().filter(**{f"{source.web_geometry}__bboverlaps": tile.envelope(buffer)})
    if tile.z < CLOSE_ZOOM and source.geometry_kind != "point":
        rows = rows.alias(mvt_span=_Span(F(source.web_geometry)))
        rows = rows.filter(mvt_span__gte=tile.width_metres / PIXELS)
    return rows


def _expression(value: str | BaseExpression) -> BaseExpression | F:
    return F(value) if isinstance(value, str) else value
