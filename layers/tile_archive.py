"""Tiles of one or several sources in one PMTiles file, for maps without a network."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from core.errors import Conflict
from core.geo import Tile
from layers.style_fragments import LABELS
from layers.style_properties import style_properties
from layers.tile_sets import TileSet
from layers.tile_walk import Walk
from layers.tiles import render

E7 = 10_000_000


class NothingToArchive(Conflict):
    code = "nothing_to_archive"
    sentence = _("There is nothing of this in the area at these zooms, so no file was written.")


class OverviewMissing(Conflict):
    code = "overview_missing"
    sentence = _("A layer was changed while its tiles were being written. Start again.")


def write_archive(
    path: Path, tile_set: TileSet, walk: Walk, progress: Callable[[int], None] = lambda done: None
) -> int:
    """Write the tiles to `path`, whole or not at all; returns how many. Calls `progress` with the tiles looked at.

    Raises NothingToArchive, OverviewMissing, TileTooSlow, and OSError when the file cannot be written.
    """
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            writer = Writer(file)
            count = _write_tiles(writer, tile_set, walk, progress)
            if not count:
                raise NothingToArchive()
            writer.finalize(_header(walk), _metadata(tile_set, walk))
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return count


def _write_tiles(writer: Any, tile_set: TileSet, walk: Walk, progress: Callable[[int], None]) -> int:
    count = 0
    for done, (number, tile) in enumerate(_in_file_order(walk), start=1):
        drawn = render(tile_set, tile)
        if not drawn.is_final:
            raise OverviewMissing()
        if drawn.content:
            writer.write_tile(number, drawn.content)
            count += 1
        progress(done)
    return count


def _in_file_order(walk: Iterable[Tile]) -> list[tuple[int, Tile]]:
    return sorted(((zxy_to_tileid(tile.z, tile.x, tile.y), tile) for tile in walk), key=lambda pair: pair[0])


def _header(walk: Walk) -> dict[str, Any]:
    middle = ((walk.west + walk.east) / 2, (walk.south + walk.north) / 2)
    degrees = {
        "min_lon": walk.west,
        "min_lat": walk.south,
        "max_lon": walk.east,
        "max_lat": walk.north,
        "center_lon": middle[0],
        "center_lat": middle[1],
    }
    scaled = {f"{name}_e7": round(value * E7) for name, value in degrees.items()}
    kinds = {"tile_type": TileType.MVT, "tile_compression": Compression.GZIP}
    return {**scaled, **kinds, "center_zoom": (walk.first + walk.last) // 2}


def _metadata(tile_set: TileSet, walk: Walk) -> dict[str, Any]:
    """Name, owners and layers; the fields are those that the styles read, the rest the tiles tell."""
    owners = dict.fromkeys(source.attribution for source in tile_set.sources if source.attribution)
    layers = [
        {
            "id": slug,
            "description": str(source.title),
            "minzoom": max(walk.first, source.min_zoom),
            "maxzoom": walk.last,
            "fields": dict.fromkeys(style_properties(source.style), ""),
        }
        for source in tile_set.sources
        for slug in (source.slug, source.slug + LABELS)
    ]
    return {
        "name": ", ".join(str(source.title) for source in tile_set.sources),
        "attribution": ", ".join(owners),
        "vector_layers": layers,
    }
