"""Nothing that a reader may not see is told of a plot, nor reckoned with."""

import json

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from tests.factories import FeatureFactory, LayerFactory, Town
from tests.factories.places import box
from tests.planning.parcel.plots import KAEK, PLOT, ZONE_FIELDS, answer, ground, page, schema, zone

#: All that an answer asks of the database, whatever lies on the plot.
QUERIES = 26


def test_a_hidden_field_is_neither_told_nor_reckoned_with(town: Town, planner: User) -> None:
    fields = {**ZONE_FIELDS, "sd": {**ZONE_FIELDS["sd"], "visibility": "staff"}}
    zone(ground(field_schema=schema(fields)).zones, "A", 4000, 4000, 6000, 6000, sd=7.31)
    everybody, staff = answer(), answer(planner)
    assert everybody.reckoning.floors is None
    assert everybody.reckoning.ground is not None
    assert staff.reckoning.floors is not None
    assert "7.31" not in page()
    assert "7.31" in page(planner)


def test_hidden_rows_are_neither_told_nor_reckoned_with(town: Town, planner: User) -> None:
    layer = ground(public_rows="use <> 'army'", other_rows="staff").zones
    zone(layer, "open", 4000, 4000, 5010, 6000)
    zone(layer, "barracks", 5010, 4000, 6000, 6000, use="army")
    assert [piece.name for piece in answer().zones] == ["open"]
    assert answer().reckoning.untold_m2 == 300.0
    assert [piece.name for piece in answer(planner).zones] == ["barracks", "open"]
    assert "barracks" not in page()


def test_a_hidden_plot_is_not_there(town: Town, planner: User) -> None:
    made = ground()
    made.parcels.visibility = "staff"
    made.parcels.save(update_fields=["visibility"])
    assert Client().get(f"/plan/parcel/parcels/{KAEK}/").status_code == 404
    assert Client().get(f"/plan/parcel/parcels/{KAEK}/pdf/").status_code == 404
    assert Client().get("/plan/parcel/", {"q": KAEK, "f": "json"}).json() == {"plots": []}
    assert KAEK in page(planner)


def test_a_layer_is_told_by_the_part_that_its_schema_declares(town: Town) -> None:
    made = ground()
    for part in ("none", "protection", "reservation"):
        layer = LayerFactory.create(slug=part, theme="land_use", field_schema=schema({}, part))
        FeatureFactory.create(layer=layer, key=f"row-{part}", geom=box(*PLOT))
    zone(made.zones, "A", 4000, 4000, 6000, 6000)
    told = json.loads(Client().get(f"/plan/parcel/parcels/{KAEK}/", {"f": "json"}).content)["on_the_plot"]
    assert [row["key"] for row in told["zone"]] == ["A"]
    assert [row["key"] for row in told["protection"]] == ["row-protection"]
    assert [row["key"] for row in told["reservation"]] == ["row-reservation"]
    assert "row-none" not in json.dumps(told)


def test_the_answer_asks_as_much_of_the_database_for_ten_zones_as_for_one(town: Town) -> None:
    layer = ground().zones
    zone(layer, "first", 4000, 4000, 5002, 6000)
    answer()  # what is read once and kept
    with CaptureQueriesContext(connection) as one:
        answer()
    for index in range(1, 10):
        zone(layer, f"zone-{index}", 5000 + 2 * index, 4000, 5002 + 2 * index, 6000)
    with CaptureQueriesContext(connection) as ten:
        told = answer()
    assert len(told.zones) == 10
    assert len(ten) == len(one) <= QUERIES
