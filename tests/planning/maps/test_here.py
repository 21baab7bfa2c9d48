"""What is at a place: all layers of the map, top first, with exact shapes, filters and days."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.contrib.gis.geos import LineString
from django.test import Client
from psycopg2.extras import DateTimeTZRange

from accounts.models import User
from core.geo import to_lonlat
from layers.models import GeometryKind, Layer
from planning.maps.identify import Here
from tests.conftest import SignIn
from tests.factories import FeatureFactory, LayerFactory, Town, at, box


@pytest.fixture
def zones(town: Town) -> Layer:
    schema = {"properties": {"name": {"title": "Ζώνη"}, "use": {"title": "Χρήση"}}}
    layer: Layer = LayerFactory.create(slug="zones", title="Ζώνες", title_field="name", field_schema=schema)
    FeatureFactory.create(
        layer=layer, key="z1", geom=box(0, 0, 100, 100), properties={"name": "Κέντρο", "use": "shop"}
    )
    FeatureFactory.create(
        layer=layer, key="z2", geom=box(100, 0, 200, 100), properties={"name": "Βορράς", "use": "home"}
    )
    return layer


def found(client: Client, x: float, y: float, zoom: float = 18, **asked: Any) -> list[Here]:
    longitude, latitude, *_ = to_lonlat(at(x, y)).coords
    query: dict[str, Any] = {"lon": longitude, "lat": latitude, "map": f"{zoom}/0/0", **asked}
    answer = client.get("/plan/map/here/", query)
    assert answer.status_code == 200
    here: list[Here] = answer.context["found"]
    return here


def test_the_surface_at_the_place_with_its_facts_and_pages(zones: Layer, client: Client) -> None:
    (here,) = found(client, 50, 50, layers="zones")
    assert (here.title, here.layer) == ("Κέντρο", "Ζώνες")
    assert sorted(here.facts) == [("Ζώνη", "Κέντρο"), ("Χρήση", "shop")]
    assert here.measures.area_m2 == pytest.approx(10_000)
    assert client.get(here.page).status_code == 200
    assert '"Polygon"' in here.shape


def test_a_neighbour_a_metre_away_is_not_here(zones: Layer, client: Client) -> None:
    assert [here.title for here in found(client, 98, 50, layers="zones")] == ["Κέντρο"]
    assert found(client, 50, 150, layers="zones") == []


def test_lines_count_within_a_few_pixels_and_the_top_layer_comes_first(zones: Layer, client: Client) -> None:
    roads = LayerFactory.create(slug="roads", geometry_kind=GeometryKind.LINE)
    (x1, y1), (x2, y2) = at(0, 60).coords, at(200, 60).coords
    FeatureFactory.create(layer=roads, key="r1", geom=LineString((x1, y1), (x2, y2), srid=2100))
    # At zoom 18 a pixel is about 0.23 m, so 8 pixels are less than 2 m.
    assert [here.slug for here in found(client, 50, 58.5, layers="zones,roads")] == ["roads", "zones"]
    assert [here.slug for here in found(client, 50, 58.5, layers="roads,zones")] == ["zones", "roads"]
    assert [here.slug for here in found(client, 50, 55, layers="zones,roads")] == ["zones"]
    assert [here.slug for here in found(client, 50, 55, zoom=15, layers="zones,roads")] == ["roads", "zones"]


def test_a_filter_of_the_map_holds_here_too(zones: Layer, client: Client) -> None:
    asked: dict[str, Any] = {"layers": "zones", "filter.zones": "use = 'home'"}
    assert found(client, 50, 50, **asked) == []
    assert [here.title for here in found(client, 150, 50, **asked)] == ["Βορράς"]


def test_a_broken_filter_is_told_with_its_word(zones: Layer, client: Client) -> None:
    query = {"lon": "22", "lat": "38", "layers": "zones", "filter.zones": "uze = 1"}
    answer = client.get("/plan/map/here/", query, headers={"Accept": "application/json"})
    assert answer.status_code == 400
    assert "uze" in answer.json()["message"]


def test_another_day_tells_what_held_then(zones: Layer, client: Client) -> None:
    before = DateTimeTZRange(datetime(2000, 1, 1, tzinfo=UTC), datetime(2010, 1, 1, tzinfo=UTC))
    FeatureFactory.create(
        layer=zones, key="old", geom=box(0, 0, 100, 100), properties={"name": "Χωράφια"}, valid=before
    )
    assert [here.title for here in found(client, 50, 50, layers="zones", valid="2005-05-05")] == ["Χωράφια"]
    assert [here.title for here in found(client, 50, 50, layers="zones")] == ["Κέντρο"]


def test_layers_for_staff_hold_nothing_for_others(
    zones: Layer, client: Client, bea: User, sign_in: SignIn
) -> None:
    pipes = LayerFactory.create(slug="pipes", visibility="staff")
    FeatureFactory.create(layer=pipes, key="p1", geom=box(0, 0, 100, 100))
    assert [here.slug for here in found(client, 50, 50, layers="zones,pipes")] == ["zones"]
    assert [here.slug for here in found(sign_in(bea), 50, 50, layers="zones,pipes")] == ["pipes", "zones"]
    assert found(client, 50, 50, layers="nothing-of-the-kind") == []


def test_assets_and_issues_are_here_too_with_their_pages(town: Town, client: Client) -> None:
    place = town.lamp.location
    longitude, latitude, *_ = to_lonlat(place).coords
    slug = f"assets-{town.lamp.type.slug}"
    query = {"lon": longitude, "lat": latitude, "map": "19/0/0", "layers": slug}
    (here,) = client.get("/plan/map/here/", query).context["found"]
    assert here.title == town.lamp.code
    assert client.get(here.page).context["asset"] == town.lamp


@pytest.mark.parametrize(
    "query",
    [
        {"lon": "x", "lat": "1"},
        {"lon": "1", "lat": "100"},
        {"lon": "22", "lat": "38", "map": "near"},
        {"lon": "22", "lat": "38", "layers": "a b"},
        {"lon": "22", "lat": "38", "layers": "a~2"},
        {"lon": "22", "lat": "38", "valid": "yesterday"},
    ],
)
def test_a_bad_question_is_refused(town: Town, client: Client, query: dict[str, str]) -> None:
    assert client.get("/plan/map/here/", query).status_code == 400
