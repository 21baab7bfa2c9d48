"""Tiles of public rasters kept as files, so that none is drawn twice; gone with the revision they show.

`RASTER_TILE_DIR/<slug>/<revision>/<look>/<z>/<x>/<y>[@2x].<format>`. A file is complete or absent.
"""

import os
import shutil
import tempfile
from pathlib import Path

from django.conf import settings

from core.geo import Tile

# Pictures give way to everything else that needs the disk.
LEAST_FREE_BYTES = 2 << 30


def image_path(slug: str, revision: int, look: str, tile: Tile, name: str) -> Path:
    """Where the tile is kept; `name` is what follows y in the address, such as "@2x.png"."""
    root = Path(settings.RASTER_TILE_DIR)
    return root / slug / str(revision) / look / str(tile.z) / str(tile.x) / f"{tile.y}{name}"


def read_image(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None


def keep_image(path: Path, content: bytes) -> None:
    """Where the disk refuses or fills up, the tile is simply drawn again next time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(path.parent).free < LEAST_FREE_BYTES:
            return
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".")
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        os.chmod(name, 0o644)
        os.replace(name, path)
    except OSError:
        return


def forget_images(slug: str) -> None:
    """Remove every kept tile of this raster."""
    shutil.rmtree(Path(settings.RASTER_TILE_DIR) / slug, ignore_errors=True)
