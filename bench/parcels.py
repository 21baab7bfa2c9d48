"""A town of 300,000 parcels, the same on every run, and the tiles and boxes that lie in it."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.gis.geos import Point, Polygon
from django.db import connection
from django.utils import timezone

from core.geo import WEB_MERCATOR, Tile
from core.statements import statement
from layers.actions import create_layer
from layers.models import Layer

WEST, SOUTH, SIDE, COUNT = 300_000.0, 4_225_000.0, 25.0, 548
# A look for each block of 64 parcels: 4,700 of them, far more than a map has.
STYLE = [{"type": "fill", "paint": {"fill-color": ["to-color", ["get", "block"]]}}, {"type": "line"}]


def parcels() -> Layer:
    """The layer, made when it is asked for the first time."""
    made = Layer.objects.filter(slug="parcels").first()
    if made is not None:
        return made
    layer = create_layer(
        slug="parcels",
        title="Parcels",
        theme="cadastre",
        geometry_kind="polygon",
        key_field="kaek",
        style=STYLE,
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


def tile_in_the_middle(zoom: int) -> Tile:
    middle = COUNT * SIDE / 2
    place = Point(WEST + middle, SOUTH + middle, srid=settings.STORAGE_SRID)
    x, y, *_ = place.transform(WEB_MERCATOR, clone=True).extent
    west, _south, _east, north = Tile(0, 0, 0).bounds()
    width = Tile(zoom, 0, 0).width_metres
    return Tile(zoom, int((x - west) // width), int((north - y) // width))


def tiles_inside(zoom: int) -> Iterator[Tile]:
    """Every tile of a zoom that the town fills, row by row."""
    box = Polygon.from_bbox((WEST, SOUTH, WEST + COUNT * SIDE, SOUTH + COUNT * SIDE))
    box.srid = settings.STORAGE_SRID
    west, south, east, north = box.transform(WEB_MERCATOR, clone=True).extent
    left, _south, _east, top = Tile(0, 0, 0).bounds()
    width = Tile(zoom, 0, 0).width_metres
    for y in range(int((top - north) // width) + 1, int((top - south) // width)):
        for x in range(int((west - left) // width) + 1, int((east - left) // width)):
            yield Tile(zoom, x, y)
