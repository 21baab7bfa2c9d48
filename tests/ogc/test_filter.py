"""Part 3: filters on a small layer, what is refused, and that names and values stay what they are."""

import json
from typing import Any

import pytest
from django.test import Client

from core.geo import to_lonlat
from tests.factories import FeatureFactory, LayerFactory, Town, at, box
from tests.ogc.asking import COLLECTIONS, SCHEMA, get, ids, items, link, parcels

pytestmark = pytest.mark.django_db
ITEMS = f"{COLLECTIONS}/parcels/items"
CRS = "http://www.opengis.net/def/crs/EPSG/0/"


@pytest.fixture(autouse=True)
def layer(town: Town) -> Any:
    """P1 to P3, and Ο1 with texts, lists and a date."""
    made = parcels()
    properties = {"name": "Οδός ΑΓΊΑΣ", "tags": ["old", "stone", 3], "since": "2024-02-29", "floors": 7}
    FeatureFactory.create(layer=made, key="O1", properties=properties, geom=box(9000, 5000, 9100, 5100))
    odd = {"name": "odd", "floors": "seven", "since": "2023-02-31", "tags": "none"}
    FeatureFactory.create(layer=made, key="X1", properties=odd, geom=None)
    return made


def found(text: str, **more: str) -> list[str]:
    return ids("parcels", filter=text, **more)


def refused(text: str, **more: str) -> tuple[str, str]:
    """The code and the sentence of a refusal."""
    client = Client()
    client.cookies["django_language"] = "en"
    response = client.get(ITEMS, {"filter": text, **more}, headers={"Accept": "application/json"})
    assert response.status_code == 400, response.content
    return response.json()["code"], response.json()["detail"]


def test_queryables_are_a_schema_of_what_a_filter_may_name() -> None:
    there = link(
        get(f"{COLLECTIONS}/parcels"),
        "http://www.opengis.net/def/rel/ogc/1.0/queryables",
        "application/schema+json",
    )
    schema = get(there.removeprefix("http://testserver"))
    assert schema["$id"] == there.partition("?")[0]
    assert schema["additionalProperties"] is False
    assert set(schema["properties"]) == {"geom", *SCHEMA["properties"]}
    assert schema["properties"]["geom"]["format"] == "geometry-polygon-or-multipolygon"
    assert "type" not in schema["properties"]["geom"]
    assert schema["properties"]["since"]["format"] == "date"


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("floors = 2", ["P2"]),
        ("NOT floors = 2", ["P1", "P3", "O1"]),
        ("floors > 1 AND built = true", ["P3"]),
        ("built", ["P1", "P3"]),
        ("kaek = 'P1' OR kaek = 'O1'", ["P1", "O1"]),
        ("name LIKE 'Parcel _'", ["P1", "P2", "P3"]),
        ("floors BETWEEN 2 AND 3", ["P2", "P3"]),
        ("kaek IN ('P1', 'P9')", ["P1"]),
        ("CASEI(name) = CASEI('ΟΔΌΣ αγίας')", ["O1"]),
        ("CASEI(ACCENTI(name)) LIKE CASEI(ACCENTI('οδος%'))", ["O1"]),
        ("ACCENTI(name) = ACCENTI('Οδος ΑΓΙΑΣ')", ["O1"]),
        ("since = DATE('2024-02-29')", ["O1"]),
        ("T_DURING(since, INTERVAL('2024-01-01', '..'))", ["O1"]),
        ("since IS NULL", ["P1", "P2", "P3"]),
        ("A_CONTAINS(tags, ('old', 3))", ["O1"]),
        ("A_CONTAINEDBY(tags, ('old', 'stone', 3, 'new'))", ["O1"]),
        ("A_OVERLAPS(tags, ('new', 'stone'))", ["O1"]),
        ("A_EQUALS(tags, (3, 'stone', 'old'))", ["O1"]),
        ("A_EQUALS(tags, ('stone', 'old'))", []),
        ("name = name", ["P1", "P2", "P3", "O1", "X1"]),
        ("name <> kaek AND floors = floors", ["P1", "P2", "P3", "O1"]),
        ("floors * 2 + 1 = 5", ["P2"]),
        ("floors % 2 = 1 AND floors DIV 2 = 3 AND floors ^ 2 = 49 AND floors / 2 > 3.4", ["O1"]),
        ("floors - 1 = 0 AND -floors = -1", ["P1"]),
        ("floors / 0 = 1", []),
        ("LENGTH(name) = 3 AND UPPER(name) = 'ODD'", ["X1"]),
        ("ABS(0 - floors) = 7 AND SQRT(floors + 2) = 3", ["O1"]),
        ("geom IS NULL", ["X1"]),
        ("true", ["P1", "P2", "P3", "O1", "X1"]),
    ],
)  # fmt: skip
def test_filters_find_what_they_say_in_text_and_json(text: str, keys: list[str]) -> None:
    import cql2

    assert found(text) == keys
    written = json.dumps(cql2.parse_text(text).to_json())
    assert found(written, **{"filter-lang": "cql2-json"}) == keys


def test_every_system_of_a_shape_finds_the_same(town: Town) -> None:
    longitude, latitude, *_ = to_lonlat(at(5050, 5050)).coords
    x, y, *_ = at(5050, 5050).coords
    assert found(f"S_INTERSECTS(geom, POINT({longitude!r} {latitude!r}))") == ["P1"]
    turned = f"S_INTERSECTS(geom, POINT({latitude!r} {longitude!r}))"
    assert found(turned, **{"filter-crs": f"{CRS}4326"}) == ["P1"]
    storage = get(f"{COLLECTIONS}/parcels")["storageCrs"]
    assert found(f"S_CONTAINS(geom, POINT({x} {y}))", **{"filter-crs": storage}) == ["P1"]


@pytest.mark.parametrize("number", [0, 1, 2, 3])
def test_what_was_served_is_found_again(number: int) -> None:
    """Served, given back and still the same: for every system."""
    for crs in get(f"{COLLECTIONS}/parcels")["crs"]:
        feature = items("parcels", crs=crs)["features"][number]
        text = json.dumps({"op": "s_equals", "args": [{"property": "geom"}, feature["geometry"]]})
        more = {"filter-lang": "cql2-json", "filter-crs": crs}
        assert found(text, **more) == [feature["id"]]


def test_neighbours_touch_in_every_system() -> None:
    other = LayerFactory.create(slug="row", field_schema=SCHEMA)
    for number in range(3):
        west = 5000.123 + 33.333 * number
        FeatureFactory.create(layer=other, key=f"R{number}", geom=box(west, 5000, west + 33.333, 5033.3))
    for crs in get(f"{COLLECTIONS}/row")["crs"]:
        middle = items("row", crs=crs)["features"][1]["geometry"]
        text = json.dumps({"op": "s_touches", "args": [{"property": "geom"}, middle]})
        assert ids("row", filter=text, **{"filter-lang": "cql2-json", "filter-crs": crs}) == ["R0", "R2"]


def test_issues_and_assets_are_filtered_too(town: Town) -> None:
    lamps = f"assets-{town.lamp.type.slug}"
    assert ids(lamps, filter=f"code = '{town.lamp.code}' AND state <> 'retired'") == [town.lamp.code]
    assert ids("issues", filter="reported_at > TIMESTAMP('2000-01-01T00:00:00Z')") == ids("issues")
    assert ids("issues", filter="reported_at < DATE('2000-01-01')") == []
    assert ids("areas-municipality", filter="S_WITHIN(boundary, BBOX(-10, -80, 60, 80))") == ids(
        "areas-municipality"
    )


def test_a_filter_narrows_what_else_is_asked() -> None:
    page = items("parcels", filter="floors > 0", limit=2, built="true")
    assert ([feature["id"] for feature in page["features"]], page["numberMatched"]) == (["P1", "P3"], 2)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("floors == 2", "broken_filter", ["position 9", "“=”"]),
        ("floors = 2 AND", "broken_filter", ["position 15", "the end"]),
        ("name = 'x", "broken_filter", ["position 8"]),
        ("nosuch = 1", "unknown_field", ["“nosuch”", "position 1"]),
        ("floors > 1 AND nosuch = 1", "unknown_field", ["“nosuch”", "position 16"]),
        ("f1oors(name) = 2", "unknown_function", ["“f1oors”", "position 1"]),
        ("pg_sleep(10) = 1", "unknown_function", ["“pg_sleep”"]),
        ("floors = 'two'", "wrong_arguments", ["number", "text"]),
        ("floors LIKE 'x'", "wrong_arguments", ["“like”", "position 8"]),
        ("since = DATE('2024-02-31')", "wrong_arguments", ["“2024-02-31”", "position 15"]),
        ("S_INTERSECTS(geom, POINT(1))", "unknown_function", ["“POINT”"]),
        ("S_INTERSECTS(geom, POINT(200 10))", "wrong_arguments", ["between -180 and 180"]),
        ("S_INTERSECTS(geom, POLYGON((0 0, 1 1, 1 0, 0 1, 0 0)))", "wrong_arguments", ["Self-intersection"]),
        ("S_INTERSECTS(geom, BBOX(0, 50, 1, 40))", "wrong_arguments", ["“bbox”"]),
        ("S_TOUCHES(geom, GEOMETRYCOLLECTION(POINT(1 1), LINESTRING(0 0, 1 1)))", "wrong_arguments", ["collections"]),
        ("S_INTERSECTS(name, POINT(1 1))", "wrong_arguments", ["geom"]),
        ("name LIKE 'a\\'", "wrong_arguments", ["backslash"]),
        ("floors", "wrong_arguments", ["true or false"]),
        ("floors = 1e400", "wrong_arguments", ["too large"]),
        ("10 ^ 400 = floors", "value_out_of_range", []),
        ("", "broken_filter", []),
        ("(" * 20_000 + "floors = 1" + ")" * 20_000, "filter_too_large", ["nested"]),
        ("NOT " * 10_000 + "built", "filter_too_large", ["nested"]),
        (" OR ".join(["floors = 1"] * 3_000), "filter_too_large", ["parts"]),
    ],
)  # fmt: skip
def test_a_broken_filter_is_told_where(text: str, code: str, words: list[str]) -> None:
    found_code, sentence = refused(text)
    assert found_code == code
    assert all(word in sentence for word in words), sentence


NO_FILTERS = (
    *("{", "[]", "1", "null", "[" * 30_000),
    *('{"op": "foo"}', '{"op": "and", "args": []}', '{"op": "=", "args": [{"property": "name"}]}'),
    '{"op": "=", "args": [{"property": "floors"}, NaN]}',
    '{"op": "like", "args": [{"property": "name"}, null]}',
    '{"op": "in", "args": [{"property": "name"}, []]}',
    '{"op": "s_within", "args": [{"property": "geom"}, {"type": "Point", "coordinates": [1]}]}',
    '{"op": "s_within", "args": [{"property": "geom"}, {"type": "Polygon", "coordinates": []}]}',
)


@pytest.mark.parametrize("text", NO_FILTERS)
def test_json_that_is_no_filter_is_refused(text: str) -> None:
    code, sentence = refused(text, **{"filter-lang": "cql2-json"})
    assert code in {"broken_filter", "no_filter", "wrong_arguments", "unknown_function", "filter_too_large"}
    assert sentence


def test_the_place_of_broken_json_is_told() -> None:
    code, sentence = refused('{"op": "=", "args": [1 2]}', **{"filter-lang": "cql2-json"})
    assert (code, "position 24" in sentence, "“2”" in sentence) == ("broken_filter", True, True)


HOSTILE = ("'; DROP TABLE layers_layer; --", "x') OR 1=1 --", "%s %(x)s %", "\\", '"', "{0}{1}")


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_words_stay_words(word: str) -> None:
    quoted = word.replace("'", "''")
    assert found(f"name = '{quoted}'") == []
    assert found(f"name <> '{quoted}'") == ["P1", "P2", "P3", "O1", "X1"]
    assert found(f"name IN ('{quoted}', 'odd')") == ["X1"]
    written = json.dumps({"op": "a_contains", "args": [{"property": "tags"}, [word]]})
    assert found(written, **{"filter-lang": "cql2-json"}) == []
    named = json.dumps({"op": "=", "args": [{"property": word}, "x"]})
    assert refused(named, **{"filter-lang": "cql2-json"})[0] == "unknown_field"


def test_a_field_with_a_hostile_name_is_only_a_name() -> None:
    name = "a') OR 1=1 -- %s {0}"
    layer = LayerFactory.create(slug="odd", field_schema={"properties": {name: {"type": "string"}}})
    FeatureFactory.create(layer=layer, key="K1", properties={name: "x"})
    written = json.dumps({"op": "=", "args": [{"property": name}, "x"]})
    assert ids("odd", filter=written, **{"filter-lang": "cql2-json"}) == ["K1"]
    assert ids("odd", **{name: "x"}) == ["K1"]
    assert ids("odd", **{name: "y"}) == []
    assert ids("odd", bbox="-10,-80,60,80") == ["K1"]


def test_too_many_vertices_are_refused() -> None:
    ring = [[0.0, 0.0], *([index / 20_000, 1.0] for index in range(11_000)), [1.0, 0.0], [0.0, 0.0]]
    args = [{"property": "geom"}, {"type": "LineString", "coordinates": [[round(x, 3), y] for x, y in ring]}]
    written = json.dumps({"op": "s_intersects", "args": args}, separators=(",", ":"))
    assert refused(written, **{"filter-lang": "cql2-json"})[0] == "filter_too_large"


def test_the_language_and_system_of_a_filter_are_checked() -> None:
    assert refused("floors = 1", **{"filter-lang": "sql"})[0] == "bad_value"
    assert refused("floors = 1", **{"filter-crs": "nonsense"})[0] == "bad_value"


def test_a_question_that_takes_too_long_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("layers.ogcapi.sql.TIMEOUT", "1ms")
    FeatureFactory.create_batch(300, layer=LayerFactory.create(slug="many"))
    slow = " OR ".join(f"S_CROSSES(geom, LINESTRING(20 {n / 4}, 25 40))" for n in range(200))
    response = Client().get(
        f"{COLLECTIONS}/many/items", {"filter": slow}, headers={"Accept": "application/json"}
    )
    assert (response.status_code, response.json()["code"]) == (503, "too_costly")
