"""Tiles of another day, or of some rows: made when asked for and kept by nobody, unlike those of the current state."""

from dataclasses import replace

from core.errors import NotFound
from core.geo import Tile
from layers.moments import AsOf
from layers.ogcapi.collections import Collection
from layers.ogcapi.filters import condition_from
from layers.ogcapi.filters.reading import TEXT
from layers.ogcapi.sql import bounded
from layers.ogcapi.systems import crs84
from layers.sources import FeatureSource
from layers.tile_sets import TileSet
from layers.tiles import Drawn, render


def asked_source(source: FeatureSource, moments: AsOf, condition: str = "") -> FeatureSource:
    """The source as it was then, with those of its rows for which `condition` (CQL2 text, blank for all) is true.

    Raises NotFound where the past is not kept, BeforeHistory, and a BadFilter that says what is wrong and where."""
    then = source if moments.is_now else _as_of(source, moments)
    if not condition:
        return then
    rows = then.rows.filter(condition_from(Collection(source), condition, TEXT, crs84()))
    return replace(then, rows=rows, overview_of=None)


def _as_of(source: FeatureSource, moments: AsOf) -> FeatureSource:
    download = source.download
    if download is None or download.as_of is None:
        raise NotFound()
    return replace(source, rows=download.as_of(moments), overview_of=None)


def asked_tile(source: FeatureSource, moments: AsOf, condition: str, tile: Tile) -> Drawn:
    """Bounded in time and bytes as every tile. Raises as `asked_source` does, and TileTooSlow, TooCostly."""
    with bounded():
        return render(TileSet(source.slug, (asked_source(source, moments, condition),)), tile)
