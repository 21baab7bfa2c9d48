"""Make what dense layers look like from afar, one overview a layer, always of one revision."""

from collections.abc import Iterator

import shapely
from django.db import connection, transaction
from django.db.models import F
from psycopg2.extras import execute_values

from core.geo import Tile
from core.statements import statement
from layers.models import GeometryKind, Layer, Overview
from layers.overviews.grid import Grid, burnt, empty_grid, stitched
from layers.overviews.reading import FeatureReader
from layers.overviews.shapes import surfaces


class _RevisionEnded(Exception):
    """The layer was changed while its overview was being made."""


def build_missing_overviews() -> int:
    """Make the overviews that are missing or of an old revision; returns how many. One at a time, also when several
    ask at once. A layer that is changed meanwhile comes again at the next call."""
    surfaced = Layer.objects.filter(geometry_kind=GeometryKind.POLYGON)
    waiting = surfaced.exclude(overview__revision=F("revision"))
    return sum(build_overview(layer=layer) is not None for layer in waiting)


def build_overview(*, layer: Layer) -> Overview | None:
    """The overview of the layer as it is now, in place of an older one. None when somebody else is making it, or the
    layer changed meanwhile: then the older one, which no tile of today is drawn from, stays."""
    try:
        with transaction.atomic():
            return _build(layer) if _is_mine(layer) else None
    except _RevisionEnded:
        return None


def _is_mine(layer: Layer) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock('layers_overview'::regclass::int, %s)", [layer.pk])
        return bool(cursor.fetchone()[0])


def _build(layer: Layer) -> Overview:
    layer.refresh_from_db()
    revision = layer.revision
    Overview.objects.filter(layer=layer).delete()
    reader = FeatureReader(layer)
    below = reader.below_zoom()
    overview = Overview.objects.create(layer=layer, revision=revision, below_zoom=below)
    if below > layer.min_zoom:
        builder = _Builder(overview, reader)
        for tile in reader.tiles_at(layer.min_zoom):
            builder.grid_of(tile)
    # Who changes features holds this row until the end; so either we see the change here, or it comes after us.
    if Layer.objects.select_for_update(no_key=True).get(pk=layer.pk).revision != revision:
        raise _RevisionEnded()
    return overview


class _Builder:
    """Goes down to the deepest zoom of the overview, where surfaces are burnt on grids, and up again, each tile from
    its four; so memory holds a few grids whatever the size of the layer."""

    def __init__(self, overview: Overview, reader: FeatureReader) -> None:
        self.overview = overview
        self.reader = reader

    def grid_of(self, tile: Tile) -> Grid | None:
        """The grid of the tile, whose surfaces, and those of the tiles in it, are then in the database."""
        grid = self._made(tile) if self.reader.has_any(tile) else None
        if grid is not None:
            self._keep(tile, grid)
        return grid

    def _made(self, tile: Tile) -> Grid:
        if tile.z == self.overview.below_zoom - 1:
            return burnt(tile, self.reader.batches(tile))
        children = [self.grid_of(child) for child in _four_in(tile)]
        return stitched([empty_grid() if child is None else child for child in children])

    def _keep(self, tile: Tile, grid: Grid) -> None:
        place = (self.overview.pk, tile.z, tile.x, tile.y)
        rows = [
            (*place, self.reader.properties_of(number), shapely.to_wkb(shape))
            for number, shape in surfaces(grid).items()
        ]
        with connection.cursor() as cursor:
            execute_values(cursor.cursor, statement("layers", "keep_tile_shapes"), rows)


def _four_in(tile: Tile) -> Iterator[Tile]:
    for down in (0, 1):
        for right in (0, 1):
            yield Tile(tile.z + 1, 2 * tile.x + right, 2 * tile.y + down)
