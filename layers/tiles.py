"""Vector tiles from feature sources: the one module that speaks ST_AsMVT.

The query box is not the clip box: rows are found by index with an envelope grown by the buffer, a constant in
EPSG:3857, and cut by ST_AsMVTGeom, which snaps them to the tile's grid and drops what becomes nothing.
"""

from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import OperationalError, connection, transaction
from django.db.models import BinaryField, F, FloatField, Func, QuerySet, Value
from django.db.models.expressions import BaseExpression
from django.utils.translation import gettext_lazy as _
from isal import igzip
from psycopg2.errors import QueryCanceled

from core.errors import PortalError
from core.geo import Tile
from core.statements import quoted, statement
from layers.sources import Cluster, FeatureSource
from layers.style_fragments import LABELS, label_zoom
from layers.tile_sets import TileSet

EXTENT = 4096
BUFFER = 64
MAX_TILE_ZOOM = 16  # The map asks for nothing deeper and enlarges these: 15 cm a grid step at 38° north.
SPECKS_BELOW_ZOOM = 14
PIXELS = 512
TIMEOUT = "8s"
Statement = tuple[str, tuple[Any, ...]]


class TileTooSlow(PortalError):
    status = 503
    code = "tile_too_slow"
    sentence = _("This part of the map takes too long to draw. Zoom in, or switch some layers off.")


class _MvtGeometry(Func):
    """`ST_AsMVTGeom(geometry, tile bounds, extent, buffer, clip)` in the tile's own coordinates.

    Called binary, because Django selects what it knows as a geometry with a cast that ST_AsMVT would not take.
    """

    function = "ST_AsMVTGeom"
    output_field = BinaryField()

    def __init__(self, shape: F | Func, tile: Tile, buffer: int) -> None:
        bounds = Func(Value(tile.z), Value(tile.x), Value(tile.y), function="ST_TileEnvelope")
        super().__init__(shape, bounds, Value(EXTENT), Value(buffer), Value(True))


class _Span(Func):
    """The longer side of a geometry's box, read from its header."""

    template = (
        "GREATEST(ST_XMax(%(expressions)s::box2d) - ST_XMin(%(expressions)s::box2d),"
        " ST_YMax(%(expressions)s::box2d) - ST_YMin(%(expressions)s::box2d))"
    )
    output_field = FloatField()


def render(tile_set: TileSet, tile: Tile) -> bytes:
    """The gzipped tile, b"" when nothing is in it. Raises TileTooSlow."""
    statements = [part for source in tile_set.sources for part in compiled(source, tile)]
    content = _read(statements) if statements else b""
    return bytes(igzip.compress(content, compresslevel=2, mtime=0)) if content else b""


def _read(statements: list[Statement]) -> bytes:
    """The layers of the tile one after the other, which is what a tile of several layers is; in one message to the
    database, whose answer is that of its last statement."""
    parts = [sql for sql, _params in statements]
    joined = parts[0] if len(parts) == 1 else "SELECT " + " || ".join(f"({sql})" for sql in parts)
    params = [param for _sql, params in statements for param in params]
    try:
        with _own_transaction(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = '{TIMEOUT}'; {joined}", params)
            row = cursor.fetchone()
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TileTooSlow() from error
        raise
    return bytes(row[0]) if row and row[0] else b""


def _own_transaction() -> AbstractContextManager[None]:
    """Several statements in one message are a transaction of their own, unless there is one already."""
    return transaction.atomic() if connection.in_atomic_block else nullcontext()


def compiled(source: FeatureSource, tile: Tile) -> list[Statement]:
    """The statements, with their parameters, that make the source's layers of the tile: none below its smallest
    zoom, clusters from afar, else its features and, where they have labels, a point for each."""
    if tile.z < min(source.min_zoom, MAX_TILE_ZOOM):
        return []
    if source.cluster is not None and tile.z < source.cluster.below_zoom:
        return [_compiled_clusters(source, source.cluster, tile)]
    features = _compiled_features(source, tile, source.slug, F(source.web_geometry), BUFFER)
    labelled_from = label_zoom(source)
    if labelled_from is None or tile.z < min(int(labelled_from), MAX_TILE_ZOOM):
        return [features]
    point = Func(F(source.web_geometry), function="ST_PointOnSurface", output_field=BinaryField())
    return [features, _compiled_features(source, tile, source.slug + LABELS, point, 0)]


def _compiled_features(
    source: FeatureSource, tile: Tile, layer: str, shape: F | Func, buffer: int
) -> Statement:
    rows = _rows_in(source, tile, buffer / EXTENT)
    names = list(source.properties)
    columns: dict[str, BaseExpression | F] = {"mvt_geometry": _MvtGeometry(shape, tile, buffer)}
    columns |= {f"mvt_{name}": _expression(source.properties[name]) for name in names}
    inner = rows.annotate(**columns).values("id", *_json(source), *columns)
    sql, params = inner.query.sql_with_params()
    renamed = [f"{quoted('mvt_' + name)} AS {quoted(name)}" for name in names]
    fields = ", ".join(["mvt_geometry", '"id"', *map(quoted, _json(source)), *renamed])
    return statement("layers", "tile").format(fields=fields, rows=sql), (layer, EXTENT, *params)


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
    if tile.z < SPECKS_BELOW_ZOOM and source.geometry_kind != "point":
        rows = rows.alias(mvt_span=_Span(F(source.web_geometry)))
        rows = rows.filter(mvt_span__gte=tile.width_metres / PIXELS)
    return rows


def _expression(value: str | BaseExpression) -> BaseExpression | F:
    return F(value) if isinstance(value, str) else value


def _json(source: FeatureSource) -> list[str]:
    return [source.json_properties] if source.json_properties else []
