"""Tiles of another day and of some rows, and the days on which layers changed."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from psycopg2.extras import DateTimeTZRange

from accounts.models import User
from core.time import from_now_on
from layers.models import Layer
from tests.conftest import SignIn
from tests.factories import FeatureFactory, LayerFactory, at
from tests.tiles import decode_tile, tile_of

THEN = DateTimeTZRange(datetime(2000, 1, 1, tzinfo=UTC), datetime(2010, 6, 1, tzinfo=UTC))


@pytest.fixture
def zones(db: None) -> Layer:
    schema = {"properties": {"use": {"type": "string"}}}
    layer: Layer = LayerFactory.create(slug="zones", field_schema=schema)
    for key, valid in (("now", from_now_on()), ("then", THEN)):
        FeatureFactory.create(layer=layer, key=key, valid=valid, properties={"use": key})
    return layer


def address(slug: str = "zones") -> str:
    there = tile_of(at(5050, 5050), 15)
    return f"/tiles/{slug}/asked/{there.z}/{there.x}/{there.y}.mvt"


def uses(client: Client, **asked: str) -> list[str]:
    answer = client.get(address(), asked)
    if answer.status_code == 204:
        return []
    assert answer.status_code == 200
    return sorted(feature["properties"]["use"] for feature in decode_tile(answer)["zones"])


def test_a_tile_shows_what_held_on_the_day(zones: Layer, client: Client) -> None:
    assert uses(client) == ["now"]
    assert uses(client, valid="2005-01-01") == ["then"]
    assert uses(client, valid="1990-01-01") == []


def test_a_tile_of_a_day_when_nothing_was_known_is_empty(zones: Layer, client: Client) -> None:
    assert uses(client, valid="2005-01-01", known="1999-01-01") == []


def test_a_tile_holds_only_the_rows_that_were_asked_for(zones: Layer, client: Client) -> None:
    assert uses(client, filter="use = 'now'") == ["now"]
    assert uses(client, filter="use = 'then'") == []
    assert uses(client, filter="use = 'then'", valid="2005-01-01") == ["then"]


def test_no_cache_on_the_way_keeps_such_a_tile(zones: Layer, client: Client) -> None:
    assert client.get(address(), {"valid": "2005-01-01"}).headers["Cache-Control"].startswith("private")


@pytest.mark.parametrize("asked", [{"filter": "use ="}, {"filter": "owner = 1"}, {"valid": "once"}])
def test_a_broken_question_is_refused(zones: Layer, client: Client, asked: dict[str, str]) -> None:
    assert client.get(address(), asked).status_code == 400


def test_a_tile_that_does_not_exist_is_missing(zones: Layer, client: Client) -> None:
    assert client.get("/tiles/zones/asked/2/9/9.mvt").status_code == 404
    assert client.get(address("nothing")).status_code == 404


def test_what_has_no_past_has_no_tile_of_it(zones: Layer, client: Client) -> None:
    assert client.get(address("issues"), {"valid": "2005-01-01"}).status_code == 404


def test_days_are_those_of_layers_that_the_reader_may_see(
    zones: Layer, client: Client, bea: User, sign_in: SignIn
) -> None:
    pipes = LayerFactory.create(slug="pipes", visibility="staff")
    FeatureFactory.create(layer=pipes, valid=DateTimeTZRange(datetime(1985, 5, 5, 12, tzinfo=UTC), None))
    asked = {"layers": "zones,pipes,nothing"}
    told = client.get("/plan/map/days.json", asked).json()
    assert told["valid"][:2] == ["2000-01-01", "2010-06-01"]
    assert "1985-05-05" in sign_in(bea).get("/plan/map/days.json", asked).json()["valid"]
