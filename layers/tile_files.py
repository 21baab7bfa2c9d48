"""Public tiles kept as files, laid out as their addresses, so that a front server answers without Python.

`TILE_CACHE_DIR/<source>/<revision>/<z>/<x>/<y>.mvt.gz` answers `/tiles/<source>/<revision>/<z>/<x>/<y>.mvt`.
A file is complete or absent: it is written beside its place and moved there.
"""

import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings

from core.geo import Tile


def tile_path(slug: str, revision: int, tile: Tile) -> Path:
    root = Path(settings.TILE_CACHE_DIR)
    return root / slug / str(revision) / str(tile.z) / str(tile.x) / f"{tile.y}.mvt.gz"


def read_tile(slug: str, revision: int, tile: Tile) -> bytes | None:
    """The gzipped tile, or None when it was not kept."""
    try:
        return tile_path(slug, revision, tile).read_bytes()
    except OSError:
        return None


def keep_tile(slug: str, revision: int, tile: Tile, content: bytes) -> None:
    """Write a gzipped tile; when the disk refuses, the tile is simply made again next time."""
    path = tile_path(slug, revision, tile)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".")
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except OSError:
        return


def forget_tiles(*slugs: str) -> None:
    """Remove every kept tile of these sources."""
    for slug in slugs:
        shutil.rmtree(Path(settings.TILE_CACHE_DIR) / slug, ignore_errors=True)


def prune_tiles(current: dict[str, int]) -> int:
    """Remove the kept tiles of sources and revisions not in `current` (slug → revision); returns how many
    folders went."""
    root = Path(settings.TILE_CACHE_DIR)
    stale = [
        folder
        for source in _folders(root)
        for folder in _folders(source)
        if str(current.get(source.name)) != folder.name
    ]
    for folder in stale:
        shutil.rmtree(folder, ignore_errors=True)
    return len(stale)


def _folders(path: Path) -> list[Path]:
    return [entry for entry in path.iterdir() if entry.is_dir()] if path.is_dir() else []
