"""OGC API Maps: the picture that is asked for, of the ground that is asked for, in at most so many pixels."""

import io
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from core.geo import to_lonlat
from layers.models import Layer
from tests.conftest import SignIn
from tests.factories import FeatureFactory, LayerFactory, Town, at, box
from tests.factories.places import SOUTH, WEST
from tests.ogc.asking import get, link, refusal

MAP = "/ogc/collections/zones/map"
RED, BLUE = (200, 30, 20, 255), (10, 40, 220, 255)
CRS = "http://www.opengis.net/def/crs/EPSG/0/"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
BOX = f"{WEST + 4900},{SOUTH + 4900},{WEST + 5100},{SOUTH + 5100}"


def a_layer(slug: str = "zones", color: tuple[int, ...] = RED, **more: Any) -> Layer:
    paint = {"fill-color": "#" + bytes(color[:3]).hex()}
    return LayerFactory.create(slug=slug, style=[{"type": "fill", "paint": paint}], **more)


@pytest.fixture
def zones(town: Town) -> Layer:
    """A square of 100 m whose lower left corner is the middle of BOX."""
    layer = a_layer()
    FeatureFactory.create(layer=layer, geom=box(5000, 5000, 5100, 5100))
    return layer


def picture(path: Any = MAP, client: Any = None, **query: Any) -> Image.Image:
    response = (client or Client()).get(str(path), query)
    assert response.status_code == 200, response.content[:500]
    assert response.headers["Content-Type"] == "image/png"
    return Image.open(io.BytesIO(response.content)).convert("RGBA")


def pixel(image: Image.Image, place: tuple[int, int]) -> tuple[int, ...]:
    found = image.getpixel(place)
    assert isinstance(found, tuple)
    return found


def in_2100(**query: Any) -> dict[str, Any]:
    return {"bbox": BOX, "bbox-crs": f"{CRS}2100", **query}


def test_a_box_is_drawn_north_up_in_the_storage_system(zones: Layer) -> None:
    image = picture(**in_2100(width=200, height=200))
    assert image.size == (200, 200)
    assert pixel(image, (150, 50)) == RED
    assert [pixel(image, place)[3] for place in ((50, 50), (50, 150), (150, 150))] == [0, 0, 0]


def test_the_edge_of_a_surface_is_where_it_lies_to_a_pixel(zones: Layer) -> None:
    image = picture(**in_2100(width=400, height=400))
    row = [pixel(image, (x, 100))[3] > 127 for x in range(400)]
    column = [pixel(image, (300, y))[3] > 127 for y in range(400)]
    assert abs(row.index(True) - 200) <= 1
    assert abs(column.index(False) - 200) <= 1


def test_the_answer_says_which_ground_in_which_system(zones: Layer) -> None:
    response = Client().get(MAP, in_2100(width=100))
    assert response.headers["Content-Crs"] == f"<{CRS}2100>"
    numbers = [float(number) for number in response.headers["Content-Bbox"].split(",")]
    assert numbers == pytest.approx([float(number) for number in BOX.split(",")], abs=0.001)


@pytest.mark.parametrize(("name", "first"), [(CRS84, "lon"), (f"{CRS}4326", "lat"), (f"{CRS}3857", "x")])
def test_other_systems_are_asked_for_by_their_address(zones: Layer, name: str, first: str) -> None:
    west, south, east, north = to_lonlat(box(4900, 4900, 5100, 5100)).extent
    query: dict[str, Any] = {
        "bbox": f"{west},{south},{east},{north}",
        "crs": name,
        "width": 200,
        "height": 200,
    }
    response = Client().get(MAP, query)
    assert response.headers["Content-Crs"] == f"<{name}>"
    number = float(response.headers["Content-Bbox"].split(",")[0])
    assert {"lon": 20 < number < 23, "lat": 35 < number < 40, "x": number > 1e6}[first]
    image = Image.open(io.BytesIO(response.content)).convert("RGBA")
    assert pixel(image, (150, 50)) == RED
    assert pixel(image, (50, 150))[3] == 0


def test_without_a_box_the_whole_collection_is_shown(zones: Layer) -> None:
    image = picture(width=64)
    assert pixel(image, (32, image.height // 2)) == RED


def test_one_side_follows_from_the_other(zones: Layer) -> None:
    bbox = f"{WEST + 4900},{SOUTH + 4900},{WEST + 5300},{SOUTH + 5100}"
    assert picture(bbox=bbox, **{"bbox-crs": f"{CRS}2100"}, width=300).size == (300, 150)
    assert picture(bbox=bbox, **{"bbox-crs": f"{CRS}2100"}, height=300).size == (600, 300)


def test_a_scale_decides_how_many_pixels(zones: Layer) -> None:
    assert picture(**in_2100(**{"scale-denominator": 1000})).size == (714, 714)
    finer = in_2100(**{"scale-denominator": 1000, "mm-per-pixel": 0.14})
    assert picture(**finer).size == (1429, 1429)


def test_a_middle_with_a_size_and_a_scale_is_a_place(zones: Layer) -> None:
    center = {"center": f"{WEST + 5000},{SOUTH + 5000}", "center-crs": f"{CRS}2100"}
    image = picture(**center, width=200, height=100, **{"scale-denominator": 1000})
    assert image.size == (200, 100)
    assert pixel(image, (150, 25)) == RED
    assert pixel(image, (50, 25))[3] == 0


def test_a_subset_by_axes_is_the_same_as_a_box(zones: Layer) -> None:
    axes = f"E({WEST + 4900}:{WEST + 5100}),N({SOUTH + 4900}:{SOUTH + 5100})"
    by_axes = picture(**{"subset": axes, "subset-crs": f"{CRS}2100", "width": 200})
    assert by_axes.tobytes() == picture(**in_2100(width=200)).tobytes()


def test_the_background_is_see_through_unless_a_colour_is_asked_for(zones: Layer) -> None:
    corner = (10, 190)
    assert pixel(picture(**in_2100(width=200)), corner)[3] == 0
    assert pixel(picture(**in_2100(width=200, bgcolor="0x00FF00")), corner) == (0, 255, 0, 255)
    assert pixel(picture(**in_2100(width=200, bgcolor="SkyBlue")), corner) == (135, 206, 235, 255)
    assert pixel(picture(**in_2100(width=200, bgcolor="red", transparent="true")), corner)[3] == 0
    assert pixel(picture(**in_2100(width=200, transparent="false")), corner) == (255, 255, 255, 255)


def test_collections_are_drawn_the_first_undermost(zones: Layer) -> None:
    above = a_layer("above", BLUE)
    FeatureFactory.create(layer=above, geom=box(5050, 5000, 5100, 5100))
    image = picture("/ogc/map", **in_2100(width=200, collections="zones,above"))
    assert (pixel(image, (120, 50)), pixel(image, (180, 50))) == (RED, BLUE)
    address = "http://testserver/ogc/collections/above"
    image = picture("/ogc/map", **in_2100(width=200, collections=f"{address},zones"))
    assert (pixel(image, (120, 50)), pixel(image, (180, 50))) == (RED, RED)


def test_the_map_of_everything_shows_what_the_portal_shows_at_first(zones: Layer) -> None:
    shown = a_layer("shown", BLUE, shown_at_first=True)
    FeatureFactory.create(layer=shown, geom=box(4900, 4900, 5000, 5000))
    image = picture("/ogc/map", **in_2100(width=200))
    assert pixel(image, (50, 150)) == BLUE
    assert pixel(image, (150, 50))[3] == 0


def test_the_map_of_everything_is_as_large_as_the_landing_page_says(zones: Layer) -> None:
    landing = get("/ogc/")
    [west, south, east, north] = landing["extent"]["spatial"]["bbox"][0]
    response = Client().get(f"/ogc/map?width=50&crs={CRS84}")
    told = [float(number) for number in response.headers["Content-Bbox"].split(",")]
    assert told == pytest.approx([west, south, east, north], abs=1e-5)
    assert landing["storageCrs"] in landing["crs"]


def test_the_past_is_drawn_as_it_was(zones: Layer) -> None:
    assert pixel(picture(**in_2100(width=200, datetime="1980-01-01")), (150, 50))[3] == 0
    assert pixel(picture(**in_2100(width=200, datetime="2090-01-01")), (150, 50)) == RED


def test_rows_of_others_are_not_in_the_picture(town: Town, sign_in: SignIn, planner: Any) -> None:
    layer = a_layer("plans", visibility="staff")
    FeatureFactory.create(layer=layer, geom=box(5000, 5000, 5100, 5100))
    path = "/ogc/collections/plans/map"
    assert refusal(path, status=404, f="png") == "no_collection"
    assert refusal("/ogc/map", status=404, f="png", collections="plans") == "no_collection"
    assert pixel(picture(path, sign_in(planner), **in_2100(width=200)), (150, 50)) == RED


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ({"width": "0"}, 400, "bad_value"),
        ({"width": "10.5"}, 400, "bad_value"),
        ({"width": "9999999999999999"}, 413, "map_too_large"),
        ({"width": "10000000"}, 413, "map_too_large"),
        ({"width": "4000", "height": "4000"}, 413, "map_too_large"),
        ({"scale-denominator": "0"}, 400, "bad_value"),
        ({"scale-denominator": "nan"}, 400, "bad_value"),
        ({"scale-denominator": "1"}, 413, "map_too_large"),
        ({"mm-per-pixel": "-1"}, 400, "bad_value"),
        ({"bbox": "1,2,3"}, 400, "bad_value"),
        ({"bbox": "20,40,20,41"}, 400, "bad_value"),
        ({"bbox": "170,40,-170,41"}, 400, "bad_value"),
        ({"bbox": "-180,-90,180,90"}, 400, "bad_value"),
        ({"bbox": "21,37,22,38", "width": "5", "scale-denominator": "5000"}, 400, "scale_given_twice"),
        ({"bbox": "21,37,22,38", "center": "21,37"}, 400, "place_given_twice"),
        ({"center": "21"}, 400, "bad_value"),
        ({"subset": "Lat(5:4)"}, 400, "bad_value"),
        ({"subset": "Height(5:6)"}, 400, "bad_value"),
        ({"subset": "E(5:6)"}, 400, "bad_value"),
        ({"crs": "EPSG:9999"}, 400, "bad_value"),
        ({"bgcolor": "<script>"}, 400, "bad_value"),
        ({"transparent": "perhaps"}, 400, "bad_value"),
        ({"datetime": "yesterday"}, 400, "bad_value"),
        ({"f": "gif"}, 400, "bad_value"),
        ({"colour": "red"}, 400, "unknown_parameter"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_sentence(
    zones: Layer, query: dict[str, str], status: int, code: str
) -> None:
    assert refusal(MAP, None, status, **{"f": "png", **query}) == code


def test_another_format_than_a_picture_is_not_to_be_had(zones: Layer) -> None:
    assert refusal(MAP, status=406) == "not_acceptable"
    assert Client().post(MAP).status_code == 405


def test_every_collection_and_the_landing_page_lead_to_their_maps(zones: Layer) -> None:
    relation = "http://www.opengis.net/def/rel/ogc/1.0/map"
    for document in (get("/ogc/collections/zones"), get("/ogc/")):
        there = link(document, relation, "image/png")
        assert Client().get(there).status_code == 200


def test_the_description_has_the_maps_and_their_limits(zones: Layer) -> None:
    document = get("/ogc/api")
    assert document["info"]["x-OGC-limits"]["maps"]["maxPixels"] == 8_000_000
    operation = document["paths"]["/collections/zones/map"]["get"]
    names = [part["$ref"].rpartition("/")[2] for part in operation["parameters"] if "$ref" in part]
    assert set(names) <= set(document["components"]["parameters"])
    assert "/map" in document["paths"]


def test_a_point_in_the_north_is_above_one_in_the_south(town: Town) -> None:
    style = [{"type": "circle", "paint": {"circle-color": "#c81e14", "circle-radius": 6}}]
    layer = LayerFactory.create(slug="points", geometry_kind="point", style=style)
    FeatureFactory.create(layer=layer, geom=at(5000, 5050))
    image = picture("/ogc/collections/points/map", **in_2100(width=200))
    assert pixel(image, (100, 50)) == RED
