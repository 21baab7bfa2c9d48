"""Vector tiles from feature sources: drawn from their overview or their features, bounded in bytes, compressed."""

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

from django.db import OperationalError, connection, transaction
from django.utils.translation import gettext_lazy as _
from isal import igzip
from psycopg2.errors import QueryCanceled

from core.errors import PortalError
from core.geo import Tile
from layers.models import Overview
from layers.overviews.need import needs_overview
from layers.sources import FeatureSource
from layers.tile_sets import TileSet
from layers.tile_statements import CLOSE_ZOOM, Drawing, Statement, compiled

MAX_BYTES = 500_000  # as sent
TIMEOUT = "8s"
THINNINGS = 6


class TileTooSlow(PortalError):
    status = 503
    code = "tile_too_slow"
    sentence = _("This part of the map takes too long to draw. Zoom in, or switch some layers off.")


@dataclass(frozen=True)
class Drawn:
    """A gzipped tile, b"" when nothing is in it. Not final: its overview is still to be made, so that it will look
    otherwise soon although no revision ends."""

    content: bytes
    is_final: bool = True


def render(tile_set: TileSet, tile: Tile) -> Drawn:
    """The tile, in at most MAX_BYTES: where it would be more, the smallest features are left out, and a layer
    `<slug>-thinned` says so. Raises TileTooSlow."""
    found = {source.slug: _overview(source, tile) for source in tile_set.sources}
    overviews = {slug: overview for slug, (overview, _awaited) in found.items()}
    content, share = _compressed(tile_set, tile, overviews, 1.0), 1.0
    for number in range(THINNINGS):
        if len(content) <= MAX_BYTES:
            break
        share *= 0.8 * MAX_BYTES / len(content) if number < THINNINGS - 1 else 0
        content = _compressed(tile_set, tile, overviews, share)
    return Drawn(content, is_final=not any(awaited for _overview, awaited in found.values()))


def _overview(source: FeatureSource, tile: Tile) -> tuple[Overview | None, bool]:
    """The overview of the source's revision, and whether one is needed and not there yet."""
    if source.overview_of is None or tile.z >= CLOSE_ZOOM:
        return None, False
    overview = Overview.objects.at(source.overview_of, source.revision)
    return overview, overview is None and needs_overview(source)


def _compressed(tile_set: TileSet, tile: Tile, overviews: dict[str, Overview | None], share: float) -> bytes:
    statements = [
        part
        for source in tile_set.sources
        for part in compiled(Drawing(source, tile, share), overviews[source.slug])
    ]
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
