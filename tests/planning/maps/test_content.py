"""The content of a planning map: read strictly, written back the same, and silent about what is hidden."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils import translation

from planning.maps.content import MOST_LAYERS, MapContent, ShownLayer, Swipe, parse
from planning.maps.drawings import MOST_CORNERS
from planning.maps.errors import BadMap, MapTooLarge


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


SQUARE = [[21.7, 38.2], [21.8, 38.2], [21.8, 38.3], [21.7, 38.2]]
WHOLE: dict[str, Any] = {
    "layers": [
        {"slug": "parcels", "opacity": 0.5, "style": "by-use", "filter": "area > 100"},
        {"slug": "zones"},
    ],
    "center": [21.73451, 38.24612],
    "zoom": 15.25,
    "valid": "2020-01-01",
    "known": "2021-01-01",
    "swipe": {"at": 0.25, "left": "zones", "right": "parcels", "valid": "2019-05-01"},
    "tools": {"table": {"layer": "parcels"}},
    "drawings": {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
                "properties": {"color": "#0054ba", "text": "Εδώ"},
            }
        ],
    },
}


def square(**change: object) -> dict[str, Any]:
    feature = {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [SQUARE]},
        "properties": {},
    }
    return {"drawings": {"type": "FeatureCollection", "features": [feature | change]}}


def test_a_whole_map_is_read_and_written_back_the_same() -> None:
    content = parse(WHOLE)
    assert content.layers == (ShownLayer("parcels", 0.5, "by-use", "area > 100"), ShownLayer("zones"))
    assert content.swipe == Swipe(0.25, "zones", "parcels", "2019-05-01")
    assert content.written() == WHOLE
    assert parse(content.written()) == content


def test_an_empty_map_shows_what_is_shown_at_first_and_no_layers_shows_none() -> None:
    assert parse({}) == MapContent()
    assert parse({}).layers is None
    assert parse({"layers": []}).layers == ()


@pytest.mark.parametrize(
    ("document", "place"),
    [
        ([], "{}"),
        ({"layer": []}, "layer"),
        ({"layers": "parcels"}, "layers"),
        ({"layers": [{"slug": "a"}, {"slug": "a"}]}, "layers[1].slug"),
        ({"layers": [{"slug": "a b"}]}, "layers[0].slug"),
        ({"layers": [{}]}, "layers[0].slug"),
        ({"layers": [{"slug": "a", "opacity": 2}]}, "layers[0].opacity"),
        ({"layers": [{"slug": "a", "opacity": float("nan")}]}, "layers[0].opacity"),
        ({"layers": [{"slug": "a", "opacity": True}]}, "layers[0].opacity"),
        ({"layers": [{"slug": "a", "filter": "x" * 6001}]}, "layers[0].filter"),
        ({"layers": [{"slug": "a", "filter": 1}]}, "layers[0].filter"),
        ({"layers": [{"slug": f"a{n}"} for n in range(MOST_LAYERS + 1)]}, "layers"),
        ({"center": [1]}, "center"),
        ({"center": [200, 1]}, "center.longitude"),
        ({"zoom": "near"}, "zoom"),
        ({"valid": "yesterday"}, "valid"),
        ({"swipe": {"known": "13"}}, "swipe.known"),
        ({"swipe": {"at": 7}}, "swipe.at"),
        ({"tools": []}, "tools"),
        ({"drawings": {"type": "Feature"}}, "drawings.type"),
        (square(geometry=None), "drawings.features[0].geometry"),
        (square(geometry={"type": "MultiPoint", "coordinates": []}), "drawings.features[0].geometry.type"),
        (square(geometry={"type": "Polygon", "coordinates": [[[1, 2]]]}), "drawings.features[0].geometry.coordinates"),
        (square(geometry={"type": "Point", "coordinates": [500, 1]}), "drawings.features[0].geometry.coordinates"),
        (square(geometry={"type": "Point", "coordinates": ["1", 1]}), "drawings.features[0].geometry.coordinates"),
        (square(properties={"color": "red"}), "drawings.features[0].properties.color"),
        (square(properties={"text": "x" * 501}), "drawings.features[0].properties.text"),
    ],
)  # fmt: skip
def test_a_broken_map_is_refused_with_the_place(document: Any, place: str) -> None:
    with pytest.raises(BadMap) as refusal:
        parse(document)
    assert f"“{place}”" in str(refusal.value)


def test_a_map_that_is_too_large_is_refused() -> None:
    with pytest.raises(MapTooLarge):
        parse({"tools": {"notes": "x" * 600_000}})


def test_drawings_have_at_most_so_many_corners() -> None:
    line = {"type": "LineString", "coordinates": [[21, 38]] * (MOST_CORNERS + 1)}
    with pytest.raises(BadMap, match="corners"):
        parse(square(geometry=line))


def test_what_is_left_out_is_named_nowhere() -> None:
    content = parse(WHOLE).without({"parcels"})
    assert content.layers == (ShownLayer("zones"),)
    assert content.swipe is None
    assert content.tools == {}
    assert "parcels" not in str(content.written())
    assert content.center == (21.73451, 38.24612)
