"""A tile from its file, or drawn and then kept as one."""

from core.geo import Tile
from layers.tile_files import keep_tile, read_tile
from layers.tile_sets import TileSet
from layers.tile_statements import MAX_TILE_ZOOM
from layers.tiles import Drawn, render


def kept_or_drawn(tile_set: TileSet, tile: Tile) -> Drawn:
    """The tile. It is kept as a file, which anybody can fetch, when it is public and final. Raises TileTooSlow."""
    is_kept = tile_set.is_kept and tile.z <= MAX_TILE_ZOOM
    content = read_tile(tile_set.slug, tile_set.revision, tile) if is_kept else None
    if content is not None:
        return Drawn(content)
    drawn = render(tile_set, tile)
    if is_kept and drawn.is_final and drawn.content:
        keep_tile(tile_set.slug, tile_set.revision, tile, drawn.content)
    return drawn
