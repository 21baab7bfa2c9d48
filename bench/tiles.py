"""Tiles of 300,000 parcels: our whole answer beside the bare ST_AsMVT statement, near and from afar.

Ours is the view: finding the layer, the statement, gzip, the file for the front server and the response. The file
is removed before each round, or there would be nothing to measure.
"""

import gzip
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import mapbox_vector_tile
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import HttpResponseBase
from django.test import RequestFactory

from bench.parcels import COUNT, parcels, tile_in_the_middle
from bench.report import Row, interleaved
from core.geo import Tile
from core.statements import statement
from layers.actions.overviews import build_overview
from layers.models import Layer
from layers.tile_files import tile_path
from layers.views import tile as tile_view

NEAR = {14: 150, 16: 300}
AFAR = (10, 11, 12)
BOUND_KB = 500
BOUND_SECONDS = 0.060


def run() -> list[Row]:
    layer = parcels()
    with _own_files():
        near = [_near(layer, tile_in_the_middle(zoom), rounds) for zoom, rounds in NEAR.items()]
        started = time.perf_counter()
        build_overview(layer=layer)
        built = time.perf_counter() - started
        return [*near, *(_afar(layer, tile_in_the_middle(zoom), built) for zoom in AFAR)]


def _near(layer: Layer, wanted: Tile, rounds: int) -> Row:
    ours, bare = _ours(layer, wanted), _bare(layer, wanted)
    count, peer_count = _parcels_in(gzip.decompress(ours())), _parcels_in(bare())
    if count != peer_count:
        raise RuntimeError(f"the tiles differ: {count} parcels of ours, {peer_count} of the bare statement")
    ours_seconds, bare_seconds = interleaved([ours, bare], rounds)
    return Row(
        f"tile z{wanted.z} with {count:,} parcels of {COUNT * COUNT:,}",
        ours_seconds,
        bare_seconds,
        "bare ST_AsMVT",
        "ratio at most 1.15" if wanted.z == 14 else "ratio printed",
        note=f"{len(ours()) / 1000:,.0f} kB gzipped",
    )


def _afar(layer: Layer, wanted: Tile, built: float) -> Row:
    """From the overview, without a kept file. The bare statement, asked once, draws every parcel."""
    ours, bare = _ours(layer, wanted), _bare(layer, wanted)
    sent, unpacked, peer = len(ours()), len(gzip.decompress(ours())), len(bare())
    [ours_seconds] = interleaved([ours], 30)
    [bare_seconds] = interleaved([bare], 1)
    if sent > BOUND_KB * 1000:
        raise RuntimeError(f"a tile of {sent} bytes is sent at z{wanted.z}")
    sizes = f"{sent / 1000:,.0f} kB sent, {unpacked / 1000:,.0f} kB unpacked, bare {peer / 1_000_000:.1f} MB"
    return Row(
        f"overview tile z{wanted.z}, {_looks_in(gzip.decompress(ours())):,} looks",
        ours_seconds,
        bare_seconds,
        "bare ST_AsMVT",
        f"{BOUND_SECONDS * 1000:.0f} ms and {BOUND_KB} kB",
        note=f"{sizes}; the overview of all zooms was made in {built:.1f} s",
    )


def _parcels_in(content: bytes) -> int:
    return len(mapbox_vector_tile.decode(content)["parcels"]["features"])


def _looks_in(content: bytes) -> int:
    features = mapbox_vector_tile.decode(content)["parcels"]["features"]
    return len({feature["properties"]["block"] for feature in features})


def _ours(layer: Layer, wanted: Tile) -> Callable[[], bytes]:
    kept = tile_path(layer.slug, layer.revision, wanted)

    def ours() -> bytes:
        kept.unlink(missing_ok=True)
        return _answer(layer, wanted)

    return ours


def _bare(layer: Layer, wanted: Tile) -> Callable[[], bytes]:
    def bare() -> bytes:
        with connection.cursor() as cursor:
            values = {"layer": layer.pk, "z": wanted.z, "x": wanted.x, "y": wanted.y}
            cursor.execute(statement("bench", "bare_tile"), values)
            return bytes(cursor.fetchone()[0])

    return bare


def _answer(layer: Layer, wanted: Tile) -> bytes:
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    request.user = AnonymousUser()
    response: HttpResponseBase = tile_view(request, layer.slug, layer.revision, wanted.z, wanted.x, wanted.y)
    return bytes(getattr(response, "content", b""))


@contextmanager
def _own_files() -> Iterator[None]:
    """Tiles kept by the bench stay its own."""
    before = settings.TILE_CACHE_DIR
    with tempfile.TemporaryDirectory() as folder:
        settings.TILE_CACHE_DIR = folder
        try:
            yield
        finally:
            settings.TILE_CACHE_DIR = before
