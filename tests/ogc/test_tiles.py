"""OGC API Tiles: tilesets of collections, their tiles decoded, and what is refused."""

from typing import Any

import mapbox_vector_tile
import pytest
from django.test import Client
from django.utils import translation

from accounts.models import User
from core.geo import Tile
from layers.models import Visibility
from tests.conftest import SignIn
from tests.factories import at
from tests.ogc.asking import COLLECTIONS, get, link, parcels, refusal
from tests.tiles import tile_of

pytestmark = pytest.mark.django_db
MVT = "application/vnd.mapbox-vector-tile"
SCHEME = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
QUAD = f"{COLLECTIONS}/parcels/tiles/WebMercatorQuad"


def place(zoom: int = 15) -> Tile:
    return tile_of(at(5050, 5050), zoom)


def asked(tile: Tile, client: Client | None = None, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return (client or Client()).get(f"{QUAD}/{tile.z}/{tile.y}/{tile.x}", headers=named)


def test_the_matrix_set_is_that_of_web_maps() -> None:
    listed = get("/ogc/tileMatrixSets")["tileMatrixSets"]
    assert [one["id"] for one in listed] == ["WebMercatorQuad"]
    matrices = get(link(listed[0], "self"))["tileMatrices"]
    assert [one["id"] for one in matrices] == [str(zoom) for zoom in range(23)]
    assert matrices[0]["scaleDenominator"] == pytest.approx(559082264.0287178)
    assert matrices[3]["cellSize"] == pytest.approx(19567.87924100512)
    assert matrices[4]["matrixWidth"] == 16


def test_a_collection_leads_to_its_tiles() -> None:
    parcels()
    rel = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
    listed = get(link(get(f"{COLLECTIONS}/parcels"), rel))["tilesets"]
    assert [(one["dataType"], one["tileMatrixSetURI"].rsplit("/", 1)[1]) for one in listed] == [
        ("vector", "WebMercatorQuad")
    ]
    assert get(link(listed[0], SCHEME))["id"] == "WebMercatorQuad"
    template = link(listed[0], "item", MVT)
    there = place()
    path = template.replace("{tileMatrix}", str(there.z)).replace("{tileRow}", str(there.y))
    response = Client().get(path.replace("{tileCol}", str(there.x)))
    assert response.status_code == 200
    assert response.headers["Content-Type"] == MVT


def test_a_tileset_says_where_it_lies_and_what_is_in_it() -> None:
    parcels()
    told = get(QUAD)
    west, south = told["boundingBox"]["lowerLeft"]
    bounds = get(f"{COLLECTIONS}/parcels")["extent"]["spatial"]["bbox"][0]
    assert [west, south] == bounds[:2]
    assert told["layers"] == [
        {"id": "parcels", "title": told["title"], "dataType": "vector", "geometryDimension": 2}
    ]


def test_a_tile_holds_the_features_with_their_properties() -> None:
    parcels(3)
    response = asked(place(), Accept_Encoding="identity")
    decoded = mapbox_vector_tile.decode(response.content)
    assert {feature["properties"]["name"] for feature in decoded["parcels"]["features"]} >= {"Parcel 1"}


def test_the_row_stands_before_the_column() -> None:
    parcels()
    there = place()
    assert asked(there).status_code == 200
    assert asked(Tile(there.z, there.y, there.x)).status_code == 204


def test_tilejson_counts_from_the_north_west() -> None:
    parcels()
    told = get(QUAD, f="tilejson")
    assert told["tilejson"] == "3.0.0"
    assert told["tiles"][0].endswith("/{z}/{y}/{x}?f=mvt")
    assert "kaek" in told["vector_layers"][0]["fields"]


def test_an_empty_tile_is_204_and_one_outside_is_404() -> None:
    parcels()
    assert asked(Tile(15, 1, 1)).status_code == 204
    for path in ("3/8/0", "3/0/8", "23/0/0", "-1/0/0", "x/0/0", "1.5/0/0", "99999999999999999999/0/0"):
        assert refusal(f"{QUAD}/{path}", status=404) == "outside_matrix", path


def test_a_kept_answer_is_asked_again_by_its_tag() -> None:
    parcels()
    first = asked(place())
    again = asked(place(), If_None_Match=first.headers["ETag"])
    assert again.status_code == 304


def test_unknown_words_are_refused() -> None:
    parcels()
    there = place()
    path = f"{QUAD}/{there.z}/{there.y}/{there.x}"
    assert refusal(path, f="png") == "bad_value"
    assert refusal(path, colour="red") == "unknown_parameter"
    assert refusal(QUAD.replace("WebMercatorQuad", "WorldCRS84Quad"), status=404) == "no_matrix_set"
    assert Client().get(path, headers={"Accept": "image/png"}).status_code == 406
    assert Client().post(path).status_code == 405


def test_what_is_hidden_has_no_tiles(sign_in: SignIn, dora: User) -> None:
    layer = parcels()
    layer.visibility = Visibility.STAFF
    layer.save(update_fields=["visibility"])
    there = place()
    for path in ("", "/WebMercatorQuad", f"/WebMercatorQuad/{there.z}/{there.y}/{there.x}"):
        assert refusal(f"{COLLECTIONS}/parcels/tiles{path}", status=404) == "no_collection"
    response = asked(there, sign_in(dora))
    assert response.status_code == 200
    assert "public" not in response.headers["Cache-Control"]


@pytest.mark.parametrize("path", ["tileMatrixSets", "tileMatrixSets/WebMercatorQuad"])
@pytest.mark.parametrize("language", ["el", "en"])
def test_people_get_pages(path: str, language: str) -> None:
    with translation.override(language):
        response = Client().get(f"/ogc/{path}", {"f": "html"}, headers={"Accept-Language": language})
    assert response.status_code == 200
    assert b"<h1>" in response.content
