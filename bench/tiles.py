"""A z14 tile with some 6,000 of 300,000 parcels: our whole answer beside the bare ST_AsMVT statement.

Ours is the view: finding the layer, the statement, gzip, the file for the front server and the response. The file
is removed before each round, or there would be nothing to measure.
"""

import gzip
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import mapbox_vector_tile
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import Point
from django.db import connection
from django.http import HttpResponseBase
from django.test import RequestFactory
from django.utils import timezone

from bench.report import Row, interleaved
from core.geo import WEB_MERCATOR, Tile
from core.statements import statement
from layers.actions import create_layer
from layers.models import Layer
from layers.tile_files import tile_path
from layers.views import tile as tile_view

WEST, SOUTH, SIDE, COUNT = 300_000.0, 4_225_000.0, 25.0, 548
ROUNDS = 150


def run() -> list[Row]:
    layer = _parcels()
    wanted = _tile_in_the_middle()
    with _own_files():
        return [_measure(layer, wanted)]


def _measure(layer: Layer, wanted: Tile) -> Row:
    kept = tile_path(layer.slug, layer.revision, wanted)

    def ours() -> bytes:
        kept.unlink(missing_ok=True)
        return _answer(layer, wanted)

    def bare() -> bytes:
        with connection.cursor() as cursor:
            values = {"layer": layer.pk, "z": wanted.z, "x": wanted.x, "y": wanted.y}
            cursor.execute(statement("bench", "bare_tile"), values)
            return bytes(cursor.fetchone()[0])

    same = gzip.decompress(ours()), bare()
    count, peer_count = (len(mapbox_vector_tile.decode(tile)["parcels"]["features"]) for tile in same)
    if count != peer_count:
        raise RuntimeError(f"the tiles differ: {count} parcels of ours, {peer_count} of the bare statement")
    ours_seconds, bare_seconds = interleaved([ours, bare], ROUNDS)
    return Row(
        f"tile z14 with {count:,} parcels of {COUNT * COUNT:,}",
        ours_seconds,
        bare_seconds,
        "bare ST_AsMVT",
        "ratio at most 1.15",
        note=f"{len(ours()) / 1000:,.0f} kB gzipped",
    )


def _answer(layer: Layer, wanted: Tile) -> bytes:
    request = RequestFactory().get("/", headers={"Accept-Encoding": "gzip"})
    request.user = AnonymousUser()
    response: HttpResponseBase = tile_view(request, layer.slug, layer.revision, wanted.z, wanted.x, wanted.y)
    return bytes(getattr(response, "content", b""))


def _parcels() -> Layer:
    layer = create_layer(
        slug="parcels", title="Parcels", theme="cadastre", geometry_kind="polygon", key_field="kaek"
    )
    values: dict[str, Any] = {
        "layer": layer.pk,
        "west": WEST,
        "south": SOUTH,
        "side": SIDE,
        "count": COUNT,
        "srid": settings.STORAGE_SRID,
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(statement("bench", "parcels"), values)
        cursor.execute("VACUUM ANALYZE layers_feature")
    return layer


def _tile_in_the_middle() -> Tile:
    middle = COUNT * SIDE / 2
    place = Point(WEST + middle, SOUTH + middle, srid=settings.STORAGE_SRID)
    x, y, *_ = place.transform(WEB_MERCATOR, clone=True).extent
    west, _south, _east, north = Tile(0, 0, 0).bounds()
    width = Tile(14, 0, 0).width_metres
    return Tile(14, int((x - west) // width), int((north - y) // width))


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
