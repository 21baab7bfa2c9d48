"""A tile has at most so many bytes: from afar it says less, and where that is not enough, large things come first."""

import gzip
from typing import Any

import pytest
from django.test import Client

from layers import tiles
from layers.actions import FeatureState, write_features
from layers.models import Layer
from layers.style_properties import class_properties, style_properties
from tests.factories import LayerFactory, at, box
from tests.layers.dense import dense_layer, get_tile, middle_tile
from tests.tiles import decode_tile, tile_of


@pytest.mark.django_db
class TestBound:
    @pytest.fixture(autouse=True)
    def bound(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(tiles, "MAX_BYTES", 4_000)

    def test_tile_says_how_many_it_shows_of_how_many(self) -> None:
        response = get_tile(dense_layer(), middle_tile(14))
        assert len(response.content) <= 4_000
        layers = decode_tile(response)
        [note] = layers["plots-thinned"]
        assert note["properties"]["shown"] == len(layers["plots"])
        assert 100 < note["properties"]["shown"] < 1_000 < note["properties"]["held"] <= 2_500

    def test_largest_stay(self) -> None:
        layer = dense_layer()
        large = box(4000, 4000, 5500, 5500)
        write_features(layer=layer, states=[FeatureState("large", {"use": "plan"}, large)])
        features = decode_tile(get_tile(layer, middle_tile(14)))["plots"]
        assert features[0]["properties"] == {"use": "plan"}

    def test_one_thing_that_is_too_much_leaves_a_note_and_no_error(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(tiles, "MAX_BYTES", 90)
        layer = LayerFactory.create(slug="one")
        states = [FeatureState(str(n), {"name": "x" * 300}, box(n, n, 5000 + n, 9000)) for n in range(9)]
        write_features(layer=layer, states=states)
        layers = decode_tile(get_tile(layer, tile_of(at(3000, 5000), 13)))
        assert set(layers) == {"one-thinned"}
        assert layers["one-thinned"][0]["properties"] == {"shown": 0, "held": 9}

    def test_points_thin_out_evenly(self) -> None:
        layer = LayerFactory.create(slug="trees", geometry_kind="point")
        states = [FeatureState(str(n), {"name": f"{n}" * 9}, at(4000 + n, 5000)) for n in range(900)]
        write_features(layer=layer, states=states)
        layers = decode_tile(get_tile(layer, tile_of(at(4500, 5000), 11)))
        easts = [feature["geometry"]["coordinates"][0] for feature in layers["trees"]]
        middle = (min(easts) + max(easts)) / 2
        assert 50 < len(easts) < 900
        assert 0.3 < sum(east < middle for east in easts) / len(easts) < 0.7

    def test_small_tile_is_whole_and_says_nothing_of_it(self) -> None:
        assert set(decode_tile(get_tile(dense_layer(), middle_tile(17)))) == {"plots"}


@pytest.mark.django_db
class TestProperties:
    STYLE = ({"type": "fill", "filter": ["==", "kind", "park"]}, {"type": "line"})

    def properties_at(self, zoom: int) -> dict[str, Any]:
        layer = Layer.objects.filter(slug="parks").first() or LayerFactory.create(
            slug="parks", style=list(self.STYLE)
        )
        said = {"kind": "park", "name": "Άλσος", "act": "ΦΕΚ Δ΄ 12/1987", "none": None}
        write_features(layer=layer, states=[FeatureState("1", said, box(4000, 4000, 6000, 6000))])
        response = Client(headers={"Accept-Encoding": "gzip"}).get(self.address(layer, zoom))
        assert gzip.decompress(response.content)
        [feature] = decode_tile(response)["parks"]
        properties: dict[str, Any] = feature["properties"]
        return properties

    def address(self, layer: Layer, zoom: int) -> str:
        tile = tile_of(at(5000, 5000), zoom)
        return f"/tiles/{layer.slug}/{layer.revision}/{tile.z}/{tile.x}/{tile.y}.mvt"

    def test_near_a_feature_says_everything(self) -> None:
        assert self.properties_at(14) == {"kind": "park", "name": "Άλσος", "act": "ΦΕΚ Δ΄ 12/1987"}

    def test_from_afar_it_says_what_style_and_title_read(self) -> None:
        assert self.properties_at(13) == {"kind": "park", "name": "Άλσος"}


def test_style_tells_what_it_reads() -> None:
    style: list[dict[str, Any]] = [
        {
            "type": "fill",
            "metadata": {"note": ["get", "nothing"]},
            "filter": ["all", ["==", "kind", "park"], ["!=", "$type", "Point"], ["in", "zone", 1, 2]],
            "paint": {
                "fill-color": ["match", ["get", "use"], "home", "#fff", "#000"],
                "fill-opacity": {"property": "age", "stops": [[0, 1]]},
            },
        },
        {"type": "symbol", "layout": {"text-field": ["get", "name"]}},
    ]
    assert style_properties(style) == ("age", "kind", "name", "use", "zone")
    assert class_properties(style) == ("age", "kind", "use", "zone")
