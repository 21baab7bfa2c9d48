"""Whether a web worker's memory stays what it is under load: ten minutes of tiles, items, pages and searches."""

import itertools
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

from bench import servers
from bench.fetching import fetch_all
from bench.parcels import parcels, tiles_inside
from bench.report import Row
from bench.serving import box_somewhere
from layers.models import Layer

SECONDS = float(os.environ.get("ENDURANCE_SECONDS", "600"))
SETTLED = 0.2  # Of the time: until then caches fill.
AT_ONCE = 60


def run() -> list[Row]:
    layer = parcels()
    with tempfile.TemporaryDirectory() as name, servers.ours(Path(name)) as address:
        first, last, asked = _under_load(address, layer)
    note = f"{asked:,} requests in {SECONDS:.0f} s"
    return [
        Row(
            "memory of the web workers at the end",
            last,
            first,
            "after a fifth of the time",
            "flat, at most 1.1",
            "MB",
            note,
        )
    ]


def _under_load(address: str, layer: Layer) -> tuple[float, float, int]:
    """Resident megabytes of all processes of the server, after a fifth of the time and at the end; requests."""
    pages, asked, first = _addresses(address, layer), 0, 0.0
    start = time.monotonic()
    while (passed := time.monotonic() - start) < SECONDS:
        asked += fetch_all(itertools.islice(pages, AT_ONCE)).count
        if not first and passed > SETTLED * SECONDS:
            first = _megabytes(address)
            sys.stderr.write(f"{first:.0f} MB after {passed:.0f} s\n")
    return first, _megabytes(address), asked


def _addresses(address: str, layer: Layer) -> Iterator[str]:
    chance = random.Random(5)
    tiles = [*tiles_inside(16)]
    while True:
        tile = chance.choice(tiles)
        yield f"{address}/tiles/{layer.slug}/{layer.revision}/{tile.z}/{tile.x}/{tile.y}.mvt"
        query = {"f": "json", "limit": 100, "bbox": box_somewhere(chance)}
        yield f"{address}/ogc/collections/{layer.slug}/items?{urlencode(query)}"
        yield f"{address}/ogc/collections/{layer.slug}/map?{urlencode({**_map(), 'bbox': query['bbox']})}"
        yield address + chance.choice(
            ["/", "/plan/", "/plan/map/", "/map/style.json", "/data/", f"/layers/{layer.slug}/"]
        )


def _map() -> dict[str, str]:
    return {"f": "png", "width": "256", "height": "256"}


def _megabytes(address: str) -> float:
    """Of every process that listens on the address' port: the master and its workers."""
    port = address.rsplit(":", 1)[1]
    total = 0.0
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and _serves(entry, port):
            fields = (entry / "statm").read_text().split()
            total += int(fields[1]) * os.sysconf("SC_PAGE_SIZE") / 1_000_000
    return total


def _serves(entry: Path, port: str) -> bool:
    try:
        return f"127.0.0.1:{port}".encode() in (entry / "cmdline").read_bytes().split(b"\0")
    except OSError:
        return False
