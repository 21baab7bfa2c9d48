"""What a raster says at a point and along a line, in numbers and words."""

import csv
import io
import json
import math
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from django.test import Client

from accounts.models import User
from layers.actions.rasters import change_raster_look
from layers.models import Raster
from tests.conftest import SignIn
from tests.layers.rasters import NO_DATA, english, hills, lonlat, make_raster, slope_of

pytestmark = pytest.mark.django_db
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def terrain() -> Raster:
    """Rises by 10 % to the east; nothing is known of its northern quarter (from 1500 m on)."""
    values = slope_of(0.1)
    values[:50] = NO_DATA
    return make_raster("terrain", values, nodata=NO_DATA)


def value(x: float, y: float, client: Client | None = None, slug: str = "terrain") -> dict[str, Any]:
    lon, lat = lonlat(x, y)
    response = (client or Client()).get(f"/rasters/{slug}/value?lon={lon}&lat={lat}")
    assert response.status_code == 200, response.content
    answer: dict[str, Any] = response.json()
    return answer


def line(*corners: tuple[float, float]) -> str:
    return ";".join(f"{lon:.9f},{lat:.9f}" for lon, lat in (lonlat(*corner) for corner in corners))


def profile(*corners: tuple[float, float], **more: Any) -> Any:
    return Client().get("/rasters/terrain/profile", {"line": line(*corners), **more})


def test_value_is_that_of_the_cell_with_its_unit(terrain: Raster) -> None:
    told = value(1234, 500)
    assert told["value"] == pytest.approx(100 + 0.1 * 10 * 123, abs=1e-3)
    assert (told["unit"], told["text"]) == ("m", "223,0 m")
    assert value(1234, 500, english())["text"] == "223.0 m"


def test_value_tells_how_the_ground_lies(terrain: Raster) -> None:
    told = value(1234, 500, english())
    assert told["slope_percent"] == pytest.approx(10, abs=0.05)
    assert told["slope_degrees"] == pytest.approx(math.degrees(math.atan(0.1)), abs=0.05)
    assert told["facing_degrees"] == pytest.approx(270, abs=1)
    assert told["ground"] == "slope 10 % (6°), facing west"


@pytest.mark.parametrize("place", [(1000, 1800), (5000, 500), (-200, -200), (2000.5, 500)])
def test_where_nothing_is_known_it_says_so(terrain: Raster, place: tuple[float, float]) -> None:
    told = value(*place, english())
    assert (told["value"], told["text"]) == (None, "no value here")


def test_a_class_is_told_by_its_name() -> None:
    make_raster("cover", np.full((50, 50), 2, dtype="uint8"), unit="")
    row = {"value": 2, "label": "Ελαιώνες", "label_en": "Olive groves", "color": "#e6a600"}
    change_raster_look(slug="cover", look={"kind": "classes", "classes": [row]})
    told = value(100, 100, slug="cover")
    assert (told["value"], told["label"], told["text"]) == (2, "Ελαιώνες", "Ελαιώνες (2)")
    assert value(100, 100, english(), "cover")["text"] == "Olive groves (2)"


def test_a_picture_tells_its_bands() -> None:
    bands = np.stack([np.full((50, 50), shade, dtype="uint8") for shade in (200, 100, 50)])
    make_raster("photo", bands, unit="")
    assert value(100, 100, slug="photo")["values"] == [200, 100, 50]


@pytest.mark.parametrize("query", ["", "lon=x&lat=1", "lon=200&lat=38", "lon=nan&lat=38", "lon=21.7"])
def test_a_place_that_is_none_is_refused(terrain: Raster, query: str) -> None:
    response = Client().get(f"/rasters/terrain/value?{query}", headers={"Accept": "application/json"})
    assert (response.status_code, response.json()["code"]) == (400, "bad_coordinates")


def test_a_hidden_raster_tells_nothing(terrain: Raster, bea: User, alice: User, sign_in: SignIn) -> None:
    Raster.objects.update(visibility="staff")
    lon, lat = lonlat(100, 100)
    ends = [f"value?lon={lon}&lat={lat}", "legend", "file", "", f"profile?line={line((0, 0), (100, 100))}"]
    ends.append("clip?bbox=21,38,22,39")
    for client in (Client(), sign_in(alice)):
        assert {client.get(f"/rasters/terrain/{end}").status_code for end in ends} == {404}
        assert {client.get(f"/rasters/nothing/{end}").status_code for end in ends} == {404}
    assert {sign_in(bea).get(f"/rasters/terrain/{end}").status_code for end in ends} == {200}


def test_profile_measures_in_the_plane_of_the_greek_grid(terrain: Raster) -> None:
    told = profile((205, 305), (1205, 1055), points=51).json()
    assert told["length_metres"] == pytest.approx(1250, abs=0.01)
    assert (told["ascent"], told["descent"]) == (pytest.approx(100, abs=0.1), 0)
    assert told["low"] == pytest.approx(120, abs=0.05)
    assert told["high"] == pytest.approx(220, abs=0.05)
    assert told["steepest_percent"] == pytest.approx(8, abs=0.1)
    metres = [sample["metres"] for sample in told["samples"]]
    assert len(metres) == 51
    assert metres == sorted(metres)
    for sample in told["samples"]:
        assert sample["value"] == pytest.approx(120 + 0.1 * 0.8 * sample["metres"], abs=0.1)


def test_heights_between_cells_are_those_of_the_ground(terrain: Raster) -> None:
    """Every metre and not in steps of ten."""
    told = profile((500, 500), (520, 500), points=21).json()
    rises = np.diff([sample["value"] for sample in told["samples"]])
    assert rises == pytest.approx(np.full(20, 0.1), abs=0.01)


def test_ascent_and_descent_are_of_every_up_and_down() -> None:
    make_raster("terrain", hills(200))
    there, back = profile((100, 100), (1900, 1700)).json(), profile((1900, 1700), (100, 100)).json()
    assert there["ascent"] == pytest.approx(back["descent"], rel=1e-3)
    ends = there["samples"][-1]["value"] - there["samples"][0]["value"]
    assert there["ascent"] - there["descent"] == pytest.approx(ends, abs=0.01)
    assert there["ascent"] > 100


def test_a_line_with_corners_has_a_sample_at_each(terrain: Raster) -> None:
    told = profile((100, 100), (777, 100), (777, 433), points=10).json()
    metres = [sample["metres"] for sample in told["samples"]]
    assert any(abs(one - 677) < 0.01 for one in metres)
    assert told["length_metres"] == pytest.approx(1010, abs=0.01)


def test_where_nothing_is_known_the_line_has_a_gap(terrain: Raster) -> None:
    told = profile((100, 1000), (100, 1900), points=100).json()
    unknown = [sample["metres"] for sample in told["samples"] if sample["value"] is None]
    assert min(unknown) == pytest.approx(500, abs=10)
    outside = profile((100, 1600), (100, 1900))
    assert (outside.json()["low"], outside.json()["ascent"]) == (None, 0)


def test_profile_as_a_table_and_as_a_drawing(terrain: Raster) -> None:
    table = profile((205, 305), (1205, 1055), points=5, format="csv")
    assert table.headers["Content-Disposition"] == 'attachment; filename="terrain-profile.csv"'
    rows = list(csv.DictReader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert [row["metres"] for row in rows] == ["0.000", "312.500", "625.000", "937.500", "1250.000"]
    assert float(rows[2]["value_m"]) == pytest.approx(170, abs=0.1)
    drawing = profile((205, 305), (1205, 1055), format="svg")
    assert drawing.headers["Content-Type"] == "image/svg+xml"
    tree = ElementTree.fromstring(drawing.content)
    labels = [text.text for text in tree.iter(f"{SVG}text")]
    assert "1.000 m" in labels  # in Greek
    numbers = {text.get("y") for text in tree.iter(f"{SVG}text")}
    assert all(number is not None and float(number) > 0 for number in numbers)
    [drawn] = [path for path in tree.iter(f"{SVG}path") if path.get("class") == "chart__line"]
    assert drawn.get("d", "").count("L") > 150


def test_profile_as_a_part_of_a_page(terrain: Raster) -> None:
    content = profile((205, 305), (1205, 1055), format="html").content.decode()
    assert 'type="range"' in content
    samples = json.loads(content.partition('<script type="application/json">')[2].partition("</script>")[0])
    assert samples[0]["metres"] == 0
    page = Client().get("/rasters/terrain/", {"line": line((205, 305), (1205, 1055))})
    assert 'class="chart__line"' in page.content.decode()


def test_a_long_line_comes_in_a_post_and_as_geojson(terrain: Raster) -> None:
    client = Client(enforce_csrf_checks=True)
    corners = [lonlat(100 + 9 * at, 100 + (at % 2)) for at in range(199)]
    shape = json.dumps({"type": "LineString", "coordinates": corners})
    response = client.post("/rasters/terrain/profile", {"line": shape, "points": "300"})
    assert response.status_code == 200
    assert len(response.json()["samples"]) > 400


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({}, "bad_line"),
        ({"line": "21.7,38.2"}, "bad_line"),
        ({"line": "21.7,38.2;21.7,38.2"}, "bad_line"),
        ({"line": "a,b;c,d"}, "bad_coordinates"),
        ({"line": "21.7,38.2;999,38.2"}, "bad_coordinates"),
        ({"line": ";".join(["21.7,38.2"] * 201)}, "bad_line"),
        ({"line": "{"}, "bad_line"),
        ({"line": '{"type":"LineString","coordinates":[1,2]}'}, "bad_line"),
        ({"line": '{"type":"Point","coordinates":[[1,2],[3,4]]}'}, "bad_line"),
        ({"line": '{"type":"LineString","coordinates":[[{},2],[3,4]]}'}, "bad_coordinates"),
        ({"line": "20,36;26,41"}, "line_too_long"),
        ({"line": "21.7,38.2;21.71,38.2", "points": "501"}, "bad_sampling"),
        ({"line": "21.7,38.2;21.71,38.2", "points": "-3"}, "bad_sampling"),
        ({"line": "21.7,38.2;21.71,38.2", "points": "٣"}, "bad_sampling"),
    ],
)
def test_a_line_that_is_none_is_refused(terrain: Raster, query: dict[str, str], code: str) -> None:
    response = Client().get("/rasters/terrain/profile", query, headers={"Accept": "application/json"})
    assert (response.status_code, response.json()["code"]) == (400, code)


def test_there_is_no_profile_of_a_picture() -> None:
    make_raster("terrain", np.zeros((3, 50, 50), dtype="uint8"), unit="")
    assert profile((10, 10), (100, 100)).status_code == 422
    assert Client().get("/rasters/terrain/").status_code == 200
