"""A layer with more surfaces than can be told apart from afar."""

from typing import Any

from django.test import Client

from core.geo import Tile
from layers.actions import FeatureState, write_features
from layers.models import Layer
from tests.factories import LayerFactory, at, box
from tests.tiles import tile_of

COUNT = 50
SIDE = 25
CORNER = 4000  # metres from the town's corner, in both directions
MIDDLE = at(CORNER + COUNT * SIDE / 2, CORNER + COUNT * SIDE / 2)
STYLE = [
    {"type": "fill", "paint": {"fill-color": ["match", ["get", "use"], "home", "#f0e0a0", "#a0c0e0"]}},
    {"type": "line", "paint": {"line-color": "#606060"}},
]
ALL = {(row, column) for row in range(COUNT) for column in range(COUNT)}


def dense_layer(places: set[tuple[int, int]] = ALL, **fields: Any) -> Layer:
    """Plots of 25 m side by side: homes in the western half, shops in the eastern."""
    layer = LayerFactory.create(**{"slug": "plots", "style": STYLE, **fields})
    write_features(layer=layer, states=[plot(row, column) for row, column in sorted(places)])
    return layer


def plot(row: int, column: int, use: str = "") -> FeatureState:
    x, y = CORNER + SIDE * column, CORNER + SIDE * row
    said = {"use": use or ("home" if column < COUNT / 2 else "shop"), "kaek": f"{row:05}{column:05}"}
    return FeatureState(f"{row}-{column}", said, box(x, y, x + SIDE, y + SIDE))


def get_tile(layer: Layer, tile: Tile, client: Client | None = None) -> Any:
    browser = client or Client(headers={"Accept-Encoding": "gzip"})
    return browser.get(f"/tiles/{layer.slug}/{layer.revision}/{tile.z}/{tile.x}/{tile.y}.mvt")


def middle_tile(zoom: int) -> Tile:
    return tile_of(MIDDLE, zoom)
