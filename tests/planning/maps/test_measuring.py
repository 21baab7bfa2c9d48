"""Lengths and areas: plane in the storage CRS, geodesic on its ellipsoid, the browser's grid equal to PROJ's."""

import base64
import json
import subprocess
from pathlib import Path

import pyproj
import pytest
from django.test import Client

from planning.maps.errors import BadMap
from planning.maps.measuring import MOST_CORNERS, measure

EGSA = Path(__file__).resolve().parents[3] / "planning/static/planning/maps/egsa.js"
SQUARE = [[22.0, 38.0], [22.01, 38.0], [22.01, 38.01], [22.0, 38.01]]


def test_a_line_of_one_kilometre_on_the_grid() -> None:
    degrees = pyproj.Transformer.from_crs(2100, 4326, always_xy=True)
    ends = [list(degrees.transform(500_000, 4_200_000)), list(degrees.transform(501_000, 4_200_000))]
    found = measure({"type": "LineString", "coordinates": ends})
    assert found.plane_length == pytest.approx(1000, abs=1e-3)
    # On the central meridian the grid shrinks by 0.04 %.
    assert found.geodesic_length == pytest.approx(1000 / 0.9996, abs=1e-3)
    assert found.plane_area is None


def test_a_surface_is_the_same_open_or_closed_and_equals_geod() -> None:
    opened = measure({"type": "Polygon", "coordinates": SQUARE})
    assert opened == measure({"type": "Polygon", "coordinates": [*SQUARE, SQUARE[0]]})
    own = pyproj.Transformer.from_crs(4326, 4121, always_xy=True)
    ring = [own.transform(lon, lat) for lon, lat in SQUARE]
    longitudes, latitudes = zip(*ring, strict=True)
    area, perimeter = pyproj.Geod(ellps="GRS80").polygon_area_perimeter(longitudes, latitudes)
    assert opened.geodesic_area == pytest.approx(abs(area), rel=1e-9)
    assert opened.geodesic_length == pytest.approx(perimeter, rel=1e-9)
    assert opened.plane_area == pytest.approx(abs(area), rel=1e-3)
    assert opened.plane_area != pytest.approx(abs(area), rel=1e-6)


def test_a_ring_whose_sides_cross_has_no_area() -> None:
    bow = [SQUARE[0], SQUARE[2], SQUARE[1], SQUARE[3]]
    found = measure({"type": "Polygon", "coordinates": bow})
    assert (found.is_crossed, found.plane_area, found.geodesic_area) == (True, None, None)


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"type": "Point", "coordinates": [1, 2]},
        {"type": "LineString", "coordinates": [[1, 2]]},
        {"type": "Polygon", "coordinates": SQUARE[:2]},
        {"type": "LineString", "coordinates": [[1, 2], [1, "x"]]},
        {"type": "LineString", "coordinates": [[1, 2], [1, 2, 3]]},
        {"type": "LineString", "coordinates": [[1, 2]] * (MOST_CORNERS + 1)},
    ],
)
def test_what_cannot_be_measured_is_refused(document: object) -> None:
    with pytest.raises(BadMap):
        measure(document)


@pytest.mark.django_db
def test_the_page_answers_with_both_and_says_which(client: Client) -> None:
    body = json.dumps({"type": "Polygon", "coordinates": SQUARE})
    told = client.post("/plan/map/measure/", body, content_type="application/json").json()
    assert told["area"]["plane"] == pytest.approx(974_000, rel=0.01)
    assert told["area"]["ellipsoid"] == pytest.approx(974_000, rel=0.01)
    assert "EPSG:2100" in told["grid"]
    assert "GRS" in told["ellipsoid_name"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body", ["", "[" * 100_000, "{}", '{"type": "Polygon", "coordinates": [[1e400, 1]]}']
)
def test_a_broken_body_is_refused(client: Client, body: str) -> None:
    assert client.post("/plan/map/measure/", body, content_type="application/json").status_code == 400


def test_the_browser_reckons_the_greek_grid_as_proj_does() -> None:
    places = [(lon / 2, lat / 2) for lon in range(39, 58, 3) for lat in range(70, 84, 3)]
    module = base64.b64encode(EGSA.read_bytes()).decode()
    script = f"""import("data:text/javascript;base64,{module}").then(({{ toGreekGrid }}) =>
        console.log(JSON.stringify({json.dumps(places)}.map(place => toGreekGrid(...place)))))"""
    done = subprocess.run(["node", "-e", script], capture_output=True, text=True, check=True, timeout=60)
    reckoned = json.loads(done.stdout)
    there = pyproj.Transformer.from_crs(4326, 2100, always_xy=True)
    for place, (east, north) in zip(places, reckoned, strict=True):
        assert (east, north) == pytest.approx(there.transform(*place), abs=2e-3), place
