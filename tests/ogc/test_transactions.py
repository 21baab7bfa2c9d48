"""Part 4: a program creates, replaces, updates and ends features; every change is history with who and why."""

import pytest
import shapely

from layers.models import Feature, Layer, Revision
from tests.factories import Town, box
from tests.ogc.asking import get, ids
from tests.ogc.writing import FIRST, ITEMS, SECOND, Program, basic, feature, new, planner_of, plots, ring

pytestmark = pytest.mark.django_db
GRID = "<http://www.opengis.net/def/crs/EPSG/0/2100>"
LATITUDE_FIRST = "<http://www.opengis.net/def/crs/EPSG/0/4326>"


@pytest.fixture
def layer(town: Town) -> Layer:
    planner_of(town)
    return plots()


@pytest.fixture
def program(layer: Layer) -> Program:
    return Program(basic())


def stored(key: str) -> Feature:
    return Feature.objects.current().get(key=key)


def test_a_feature_is_created(program: Program, layer: Layer) -> None:
    response = program.post(new(floors=3))
    assert (response.status_code, response.content) == (201, b"")
    assert response.headers["Location"] == f"http://testserver{ITEMS}/061870000003"
    there = program.get(response.headers["Location"])
    assert there.headers["ETag"] == response.headers["ETag"]
    assert there.json()["properties"] == {"kaek": "061870000003", "use": "shops", "floors": 3}
    row = stored("061870000003")
    assert row.geom is not None
    assert row.geom.equals_exact(box(5300, 5000, 5400, 5100), 0.01)


def test_every_change_says_who_and_why(program: Program, layer: Layer) -> None:
    program.post(new())
    program.ask("PUT", f"{ITEMS}/{FIRST}?reason=%CE%A6%CE%95%CE%9A+114", feature(kaek=FIRST))
    told = [
        (one.actor and one.actor.email, one.reason, one.counts) for one in Revision.objects.order_by("number")
    ]
    assert told == [
        ("petra@example.gr", "OGC API · QGIS/33800", {"added": 1, "changed": 0, "removed": 0}),
        ("petra@example.gr", "ΦΕΚ 114", {"added": 0, "changed": 1, "removed": 0}),
    ]


def test_a_replaced_feature_is_what_was_sent_and_its_past_stays(program: Program) -> None:
    response = program.put(FIRST, feature(ring(5000, 5000, 5090, 5100), kaek=FIRST, since="2024-03-01"))
    assert (response.status_code, response.content) == (204, b"")
    assert get(f"{ITEMS}/{FIRST}")["properties"] == {"kaek": FIRST, "use": "shops", "since": "2024-03-01"}
    states = Feature.objects.filter(key=FIRST).order_by("pk")
    assert [one.properties["use"] for one in states] == ["housing", "housing", "shops"]
    assert [one.recorded.upper is None for one in states] == [False, True, True]


def test_a_patch_changes_what_it_names(program: Program) -> None:
    before = stored(FIRST).geom
    assert program.patch(FIRST, {"properties": {"floors": 5, "notes": {"a": 1, "b": 2}}}).status_code == 204
    assert program.patch(FIRST, {"properties": {"notes": {"a": None}}}).status_code == 204
    assert program.patch(FIRST, {"properties": {"floors": None}}).status_code == 204
    row = stored(FIRST)
    assert row.properties == {"kaek": FIRST, "use": "housing", "notes": {"b": 2}}
    assert row.geom is not None
    assert before is not None
    assert row.geom.wkb == before.wkb


def test_a_patch_may_change_the_shape_alone(program: Program) -> None:
    assert program.patch(FIRST, {"geometry": ring(5000, 5000, 5100, 5050)}).status_code == 204
    row = stored(FIRST)
    assert row.properties["use"] == "housing"
    assert row.geom is not None
    assert row.geom.area == pytest.approx(5_000, abs=0.5)


def test_a_deleted_feature_is_gone_and_remembered(program: Program) -> None:
    assert program.delete(FIRST).status_code == 204
    assert program.get(f"{ITEMS}/{FIRST}").status_code == 404
    assert ids("plots") == [SECOND]
    state = Feature.objects.filter(key=FIRST).as_known().get()
    assert state.valid.upper is not None
    assert state.properties["use"] == "housing"


def test_coordinates_come_in_the_system_that_is_said(program: Program) -> None:
    there = {"type": "Polygon", "coordinates": box(5300, 5000, 5400, 5100).coords}
    assert program.put(FIRST, feature(there, kaek=FIRST), **{"Content-Crs": GRID}).status_code == 204
    row = stored(FIRST)
    assert row.geom is not None
    assert row.geom.coords == box(5300, 5000, 5400, 5100).coords
    degrees = ring(5500, 5000, 5600, 5100)
    flipped = {**degrees, "coordinates": [[[y, x] for x, y in degrees["coordinates"][0]]]}
    assert (
        program.put(FIRST, feature(flipped, kaek=FIRST), **{"Content-Crs": LATITUDE_FIRST}).status_code == 204
    )
    row = stored(FIRST)
    assert row.geom is not None
    assert row.geom.equals_exact(box(5500, 5000, 5600, 5100), 0.01)


def test_a_shape_that_went_through_degrees_comes_home_to_the_very_corners(program: Program) -> None:
    read = get(f"{ITEMS}/{FIRST}")
    rounded = [[[round(x, 9), round(y, 9)] for x, y in read["geometry"]["coordinates"][0]]]
    shape = {"type": "Polygon", "coordinates": rounded}
    before = Layer.objects.get(slug="plots").revision
    assert program.put(FIRST, {**read, "geometry": shape}).status_code == 204
    assert Layer.objects.get(slug="plots").revision == before, "nothing was changed"


def test_a_border_shared_with_a_neighbour_stays_shared(program: Program) -> None:
    """The new plot is drawn, in degrees, against the east side of the second one."""
    assert program.post(new() | {"geometry": ring(5200, 5000, 5300, 5100)}).status_code == 201
    one, other = (shapely.from_wkt(str(stored(key).geom.wkt)) for key in (SECOND, "061870000003"))  # type: ignore[union-attr]
    shared = set(map(tuple, shapely.get_coordinates(one))) & set(map(tuple, shapely.get_coordinates(other)))
    assert len(shared) == 2
    assert one.intersection(other).area == 0


def test_a_key_is_made_where_none_is_given(town: Town) -> None:
    planner_of(town)
    plots(key_field="", field_schema={})
    response = Program(basic()).post(feature())
    assert response.status_code == 201
    key = response.headers["Location"].rpartition("/")[2]
    assert len(key) == 16
    assert get(f"{ITEMS}/{key}")["properties"] == {"use": "shops"}


def test_an_id_becomes_the_key_also_with_a_slash(town: Town) -> None:
    planner_of(town)
    plots(key_field="", field_schema={})
    program = Program(basic())
    response = program.post({**feature(), "id": "05011/0/1"})
    assert response.headers["Location"].endswith("/items/05011%2F0%2F1")
    assert get(f"{ITEMS}/05011%2F0%2F1")["id"] == "05011/0/1"
    assert program.delete("05011%2F0%2F1").status_code == 204


def test_empty_fields_of_a_program_are_no_values(program: Program) -> None:
    assert program.put(FIRST, feature(kaek=FIRST, floors=None, since=None)).status_code == 204
    assert stored(FIRST).properties == {"kaek": FIRST, "use": "shops"}


def test_options_say_what_one_may(program: Program) -> None:
    def allowed(who: Program, path: str) -> str:
        response = who.ask("OPTIONS", path)
        assert response.status_code == 200
        return str(response.headers["Allow"])

    assert allowed(program, ITEMS) == "GET, HEAD, OPTIONS, POST"
    assert allowed(program, f"{ITEMS}/{FIRST}") == "GET, HEAD, OPTIONS, PUT, PATCH, DELETE"
    assert program.ask("OPTIONS", ITEMS).headers["Accept-Post"] == "application/geo+json, application/json"
    assert allowed(Program(), ITEMS) == allowed(Program(), f"{ITEMS}/{FIRST}") == "GET, HEAD, OPTIONS"
    assert allowed(program, "/ogc/collections/issues/items") == "GET, HEAD, OPTIONS"
    assert program.ask("OPTIONS", "/ogc/collections/none/items").status_code == 404


def test_the_description_tells_writers_how(program: Program) -> None:
    told = program.get("/ogc/api").json()["paths"]
    assert set(told["/collections/plots/items"]) == {"get", "post"}
    assert set(told["/collections/plots/items/{featureId}"]) == {"get", "put", "patch", "delete"}
    assert set(told["/collections/issues/items"]) == {"get"}
    assert set(Program().get("/ogc/api").json()["paths"]["/collections/plots/items"]) == {"get"}
