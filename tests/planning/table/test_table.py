"""Rows, figures and suggestions of a layer, as whoever asks is told them; and the ground near something."""

import csv
import re
from typing import Any

import pytest
import shapely
from django.test import Client

from core.geo import to_lonlat
from layers.models import Layer
from tests.factories import FeatureFactory, LayerFactory, Town, at
from tests.factories.places import box

pytestmark = pytest.mark.django_db
FIELDS = {
    "use": {"type": "string", "title": "Χρήση", "title_en": "Use"},
    "storeys": {"type": "integer", "title": "Όροφοι", "title_en": "Storeys"},
    "o'\"x%s{0}": {"type": "string"},
}
HOSTILE = "'; DROP TABLE layers_layer;-- %s {0} <script>alert(1)</script>"


@pytest.fixture
def plots(town: Town) -> Layer:
    layer = LayerFactory.create(
        slug="plots", title="Οικόπεδα", field_schema={"type": "object", "properties": FIELDS}
    )
    rows: dict[str, Any] = {
        "A": ({"use": "homes", "storeys": 2}, box(1000, 1000, 1010, 1010)),
        "B": ({"use": "shops", "storeys": 5}, box(1100, 1000, 1120, 1010)),
        "C": ({"use": "homes", "storeys": 3}, box(5000, 5000, 5010, 5030)),
        "D": ({"o'\"x%s{0}": HOSTILE}, box(7000, 7000, 7010, 7010)),
    }
    for key, (properties, geom) in rows.items():
        FeatureFactory.create(layer=layer, key=key, properties=properties, geom=geom)
    return layer


def asked(client: Client, part: str = "", status: int = 200, /, **query: Any) -> Any:
    there = f"/plan/table/plots/{part}"
    response = client.get(there, {"f": "json", **query}, headers={"Accept": "application/json"})
    assert response.status_code == status, response.content[:400]
    return response.json()


def keys(client: Client, **query: Any) -> list[str]:
    return [row["key"] for row in asked(client, **query)["rows"]]


def test_rows_are_sorted_with_nothing_last(client: Client, plots: Layer) -> None:
    assert keys(client, sort="storeys") == ["A", "C", "B", "D"]
    assert keys(client, sort="storeys", down="1") == ["B", "C", "A", "D"]


def test_rows_are_filtered_by_cql2_and_by_what_is_on_the_map(client: Client, plots: Layer) -> None:
    found = asked(client, filter="use = 'homes' AND storeys > 2")
    assert (found["count"], [row["key"] for row in found["rows"]]) == (1, ["C"])
    west, south, east, north = to_lonlat(box(900, 900, 1200, 1200)).extent
    assert keys(client, bbox=f"{west},{south},{east},{north}") == ["A", "B"]


def test_what_is_wrong_is_told_with_its_place(client: Client, plots: Layer) -> None:
    def refused(part: str = "", **query: Any) -> str:
        return str(asked(client, part, 400, **query)["code"])

    assert refused(sort="owner") == "no_such_column"
    assert refused(field="owner") == "no_such_column"
    assert refused(start="x") == "bad_value"
    assert refused(start="10000") == "too_far"
    assert refused(bbox="1,2") == "bad_value"
    assert refused(filter="use = ") == "broken_filter"
    assert refused("values/", field="owner") == "no_such_column"
    assert refused("figures/", number="use") == "no_numbers"
    unknown = asked(client, "figures/", 400, filter="owner = 'me'")
    assert unknown["code"] == "unknown_field"
    assert re.search("owner.* 1[) ]", unknown["message"])


def test_hostile_words_are_only_words(client: Client, plots: Layer) -> None:
    hostile = next(name for name in FIELDS if "%" in name)
    assert keys(client, sort=hostile) == ["D", "A", "B", "C"]
    assert asked(client, "values/", field=hostile, q="%s {0}")["values"] == [HOSTILE]
    assert asked(client, "values/", field="use", q=HOSTILE)["values"] == []
    assert asked(client, "figures/", by=hostile)["classes"][1]["name"] == HOSTILE
    quoted = HOSTILE.replace("'", "''")
    assert asked(client, filter=f"use = '{quoted}'")["count"] == 0
    page = client.get("/plan/table/plots/", {"filter": f"use <> '{quoted}'"}).content.decode()
    assert "<script>alert" not in page


def test_figures_are_plane_areas_and_numbers_by_class(client: Client, plots: Layer) -> None:
    found = asked(client, "figures/", number="storeys", by="use")
    whole = {name: found["whole"][name] for name in ("count", "area", "length", "numbers", "sum", "mean")}
    assert whole == {
        "count": 4,
        "area": pytest.approx(100 + 200 + 300 + 100),
        "length": None,
        "numbers": 3,
        "sum": 10,
        "mean": pytest.approx(10 / 3),
    }
    homes = found["classes"][0]
    assert (homes["name"], homes["count"], homes["sum"], homes["smallest"]) == ("homes", 2, 5, 2)
    assert homes["area"] == pytest.approx(400)
    assert {one["name"]: one["count"] for one in found["classes"]} == {"homes": 2, "shops": 1, None: 1}
    assert found["others"] == 0


def test_figures_of_nothing(client: Client, plots: Layer) -> None:
    found = asked(client, "figures/", filter="use = 'none'", by="use", number="storeys")
    assert (found["whole"]["count"], found["whole"]["sum"], found["classes"]) == (0, None, [])
    assert client.get("/plan/table/plots/figures/?filter=use%20%3D%20'none'").status_code == 200


def test_files_have_what_is_filtered(client: Client, plots: Layer) -> None:
    text = client.get("/plan/table/plots/", {"f": "csv", "filter": "use = 'shops'"}).content.decode(
        "utf-8-sig"
    )
    head, *rows = csv.reader(text.splitlines())
    assert len(rows) == 1
    assert dict(zip(head, rows[0], strict=True))["Όροφοι"] == "5"
    text = client.get("/plan/table/plots/figures/", {"f": "csv", "by": "use"}).content.decode("utf-8-sig")
    assert [row[1] for row in csv.reader(text.splitlines())][1:] == ["4", "2", "1", "1"]


def test_suggestions_start_with_the_most_frequent(client: Client, plots: Layer) -> None:
    assert asked(client, "values/", field="use")["values"] == ["homes", "shops"]
    assert asked(client, "values/", field="use", q="SHO")["values"] == ["shops"]
    assert {one["name"] for one in asked(client, "values/")["fields"]} >= {"use", "storeys"}


def near(client: Client, status: int = 200, **order: Any) -> Any:
    response = client.post("/plan/table/plots/near/", order, headers={"Accept": "application/json"})
    assert response.status_code == status, response.content[:400]
    return response.json()


def test_ground_near_another_layer_is_a_filter(client: Client, plots: Layer) -> None:
    zones = LayerFactory.create(
        slug="zones", field_schema={"type": "object", "properties": {"name": {"type": "string"}}}
    )
    FeatureFactory.create(
        layer=zones, key="z", properties={"name": "flood"}, geom=box(1030, 1000, 1060, 1010)
    )
    FeatureFactory.create(layer=zones, key="y", properties={"name": "dry"}, geom=box(7000, 7000, 7001, 7001))
    flood = "name = 'flood'"
    assert keys(client, filter=near(client, layer="zones", filter=flood, metres="30")["cql2"]) == ["A"]
    found = near(client, layer="zones", filter=flood, metres="50")
    assert keys(client, filter=found["cql2"]) == ["A", "B"]
    assert (found["rows"], found["metres"], found["exact"]) == (1, 0.1, 2)
    assert keys(client, filter=f"({found['cql2']}) AND use = 'shops'") == ["B"]
    assert near(client, 400, layer="zones", filter="name = 'none'")["code"] == "nothing_near"
    assert near(client, 404, layer="nowhere")["code"] == "no_collection"


def test_ground_near_a_drawn_shape_is_right_to_the_metre(client: Client, plots: Layer) -> None:
    place = to_lonlat(at(1000, 1000)).geojson
    found = near(client, shape=place, metres="100")
    circle = shapely.from_wkt(found["wkt"])
    west, south, east, north = to_lonlat(box(900, 900, 1100, 1100)).extent
    assert circle.bounds == pytest.approx((west, south, east, north), abs=1e-4)
    for shape in (
        "",
        "{}",
        "[",
        '{"type": "Point"}',
        '{"type": "Polygon", "coordinates": [[[0, 0]]]}',
        "null",
    ):
        assert near(client, 400, shape=shape)["code"] in ("bad_shape", "bad_coordinates")
    for metres in ("-1", "nan", "inf", "1e9", "x"):
        assert near(client, 400, shape=place, metres=metres)["code"] == "bad_distance"
