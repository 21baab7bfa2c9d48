"""Servers beside servers: tiles nobody asked for before, pages of 1,000 features, a filter by key, tiles from disk.

All over HTTP on loopback, the same town in the same database, two processes each, four connections that ask.
"""

import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import mapbox_vector_tile
from django.conf import settings
from django.contrib.gis.geos import Polygon
from django.db import connection

from bench import servers
from bench.fetching import Fetched, fetch, fetch_all
from bench.parcels import COUNT, SIDE, SOUTH, WEST, parcels, tile_in_the_middle, tiles_inside
from bench.report import Row
from core.geo import CRS84, Tile
from core.statements import statement
from layers.models import Layer

ROUNDS = 3
TILES = {14: 30, 16: 240}
GOALS = {14: "at least 1.5", 16: "at least 2.5"}
PAGES = 40
PAGE = 1000
ASKED_FILTERS = 100
FILTER_BOUND = 0.020
WARM_SECONDS = 5
WARM_GOAL = 10_000
Address = Callable[[Tile], str]


def run() -> list[Row]:
    if not (servers.PEERS / "python").exists():
        sys.stderr.write("The peers are not installed (script/bench does it), so servers are not measured.\n")
        return []
    layer = parcels()
    with connection.cursor() as cursor:
        sql = statement("bench", "peer_tables").format(srid=int(settings.STORAGE_SRID))
        cursor.execute(sql, {"layer": layer.pk})
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        ours = stack.enter_context(servers.ours(folder))
        tipg = stack.enter_context(servers.tipg())
        rows = [row for zoom in TILES for row in _cold(layer, zoom, ours, tipg, folder)]
        pygeoapi = stack.enter_context(servers.pygeoapi(folder))
        rows += [*_items(ours, tipg, pygeoapi), _filter(ours)]
        return [*rows, *_warm(layer, ours, folder)]


def _cold(layer: Layer, zoom: int, ours: str, tipg: str, folder: Path) -> Iterator[Row]:
    """Tiles a second. What we keep is removed before each round."""
    own = f"{ours}/tiles/{layer.slug}/{layer.revision}"
    addresses: dict[str, Address] = {"ours": lambda tile: f"{own}/{tile.z}/{tile.x}/{tile.y}.mvt"}
    for table in ("bench_parcels", "bench_parcels_web"):
        there = f"{tipg}/collections/public.{table}/tiles/WebMercatorQuad"
        addresses[table] = lambda tile, there=there: f"{there}/{tile.z}/{tile.x}/{tile.y}"  # type: ignore[misc]
    count = _same_features(addresses, zoom)
    inside = [*tiles_inside(zoom)]
    tiles = random.Random(1).sample(inside, min(TILES[zoom], len(inside)))
    rates: dict[str, list[float]] = {name: [] for name in addresses}
    for _ in range(ROUNDS):
        for name, address in addresses.items():
            shutil.rmtree(folder / "tiles", ignore_errors=True)
            rates[name].append(fetch_all(map(address, tiles)).rate)
    middle = {name: statistics.median(series) for name, series in rates.items()}
    told = f"cold tiles z{zoom}, {count:,} features in the middle one"
    for table, srid in (("bench_parcels", settings.STORAGE_SRID), ("bench_parcels_web", 3857)):
        peer = f"tipg, table in EPSG:{srid}"
        yield Row(told, middle["ours"], middle[table], peer, GOALS[zoom], unit="/s")


def _same_features(addresses: dict[str, Address], zoom: int) -> int:
    """How many features the tile in the middle has, after a look whether all say the same, but for the edges."""
    tile = tile_in_the_middle(zoom)
    counts = {
        name: sum(len(part["features"]) for part in mapbox_vector_tile.decode(fetch(address(tile))).values())
        for name, address in addresses.items()
    }
    if max(counts.values()) > 1.1 * min(counts.values()):
        raise RuntimeError(f"the tiles differ: {counts}")
    return counts["ours"]


def _items(ours: str, tipg: str, pygeoapi: str) -> Iterator[Row]:
    chance = random.Random(2)
    boxes = [box_somewhere(chance) for _ in range(PAGES)]
    peers = {
        "tipg": f"{tipg}/collections/public.bench_parcels",
        "pygeoapi": f"{pygeoapi}/collections/parcels",
    }
    addresses = {"ours": f"{ours}/ogc/collections/parcels", **peers}
    found: dict[str, list[float]] = {name: [] for name in addresses}
    for _ in range(ROUNDS):
        for name, there in addresses.items():
            asked = [
                f"{there}/items?{urlencode({'f': _json(name), 'limit': PAGE, 'bbox': box})}" for box in boxes
            ]
            found[name].append(fetch_all(asked).rate)
    rates = {name: statistics.median(series) for name, series in found.items()}
    for name, goal in (("tipg", "at least 3"), ("pygeoapi", "at least 5")):
        yield Row(f"items, {PAGE:,} of a bbox of 2,500", rates["ours"], rates[name], name, goal, unit="/s")


def _json(name: str) -> str:
    return "geojson" if name == "tipg" else "json"


def box_somewhere(chance: random.Random) -> str:
    """A square of 50 × 50 parcels somewhere in the town, in degrees."""
    side = 50 * SIDE
    west = WEST + chance.random() * (COUNT * SIDE - side)
    south = SOUTH + chance.random() * (COUNT * SIDE - side)
    box = Polygon.from_bbox((west, south, west + side, south + side))
    box.srid = settings.STORAGE_SRID
    return ",".join(f"{value:.6f}" for value in box.transform(CRS84, clone=True).extent)


def _filter(ours: str) -> Row:
    """One parcel by its key among all of them, asked by one connection."""
    there = f"{ours}/ogc/collections/parcels/items"
    numbers = random.Random(3).sample(range(COUNT * COUNT), ASKED_FILTERS)
    filters = [f"kaek='05019{number:07}'" for number in numbers]
    asked = [f"{there}?{urlencode({'f': 'json', 'filter': one})}" for one in filters]
    fetch_all(asked[:5], connections=1)
    middle = statistics.median(fetch_all(asked, connections=1).each)
    return Row(f"filter by key, {COUNT * COUNT:,} features", middle, FILTER_BOUND, "bound", "at most 20 ms")


def _warm(layer: Layer, ours: str, folder: Path) -> Iterator[Row]:
    """Tiles that are kept, from nginx; wrk asks from the same two cores."""
    if shutil.which("wrk") is None or shutil.which("nginx") is None:
        sys.stderr.write("wrk or nginx is missing (Debian packages), so kept tiles are not measured.\n")
        return
    tiles = [*tiles_inside(16)][: TILES[16]]
    paths = [f"/tiles/{layer.slug}/{layer.revision}/{tile.z}/{tile.x}/{tile.y}.mvt" for tile in tiles]
    fetched: Fetched = fetch_all(f"{ours}{path}" for path in paths)
    own = folder / "nginx"
    own.mkdir()
    with servers.nginx(folder, own) as address:
        rate = _wrk(address, paths, own)
    note = f"{fetched.sent_bytes / fetched.count / 1000:.0f} kB each"
    yield Row("kept tiles from nginx", rate, WARM_GOAL, "bound", "at least 10,000/s", unit="/s", note=note)


def _wrk(address: str, paths: list[str], folder: Path) -> float:
    """Requests a second; every answer has to be a 200."""
    script = folder / "paths.lua"
    listed = ",".join(f'"{path}"' for path in paths)
    script.write_text(
        f"local paths = {{{listed}}}\nlocal number = 0\n"
        'wrk.headers["Accept-Encoding"] = "gzip"\n'
        "request = function() number = number % #paths + 1; return wrk.format(nil, paths[number]) end\n"
    )
    command = ["wrk", "-t1", "-c32", f"-d{WARM_SECONDS}s", "-s", str(script), address]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        raise RuntimeError(said)
    return float(next(line for line in said.splitlines() if "Requests/sec" in line).split()[-1])
