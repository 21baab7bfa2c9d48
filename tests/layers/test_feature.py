"""The page and the card of a feature: its facts in the reader's words, its past, for those who may see it."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from layers.actions import FeatureState, write_features
from layers.models import Feature, Layer
from tests.conftest import SignIn
from tests.factories import FeatureFactory, LayerFactory, box

pytestmark = pytest.mark.django_db
ENGLISH = {"Cookie": "django_language=en"}
SCHEMA = {
    "properties": {
        "land_use": {"type": "string", "title": "Χρήση γης", "title_en": "Land use"},
        "kind": {"oneOf": [{"const": "a", "title": "Πρώτο", "title_en": "First"}], "title": "Είδος"},
        "far": {"type": "number", "title": "Συντελεστής δόμησης", "title_en": "Floor-area ratio"},
    }
}


@pytest.fixture
def zone() -> Feature:
    layer: Layer = LayerFactory.create(slug="zones", title_field="name", field_schema=SCHEMA)
    facts = {
        "name": "Ζώνη 1",
        "name_en": "Zone 1",
        "far": 0.8,
        "land_use": "Κατοικία",
        "kind": "a",
        "empty": None,
    }
    old = FeatureState("Z1", {**facts, "far": 0.4}, box(0, 0, 100, 50))
    new = FeatureState("Z1", facts, box(0, 0, 100, 50))
    for state, year in ((old, 2000), (new, 2020)):
        moment = datetime(year, 6, 1, tzinfo=UTC)
        write_features(layer=layer, states=[state], valid_from=moment, recorded_at=moment)
    return Feature.objects.of_layer(layer.pk).current().get()


def page(feature: Feature, query: str = "", client: Client | None = None) -> str:
    response = (client or Client()).get(f"/layers/zones/{feature.pk}/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_facts_stand_under_the_titles_of_the_schema(zone: Feature) -> None:
    greek, english = page(zone), page(zone, client=Client(headers=ENGLISH))
    assert "Ζώνη 1" in greek
    assert "Συντελεστής δόμησης" in greek
    assert "0,8" in greek
    assert "Πρώτο" in greek
    assert "First" in english
    assert "Zone 1" in english
    assert "Floor-area ratio" in english
    assert "0.8" in english
    assert "empty" not in greek


def test_area_is_the_plane_area_in_the_storage_crs(zone: Feature) -> None:
    assert "5.000,0" in page(zone)
    assert "5,000.0" in page(zone, client=Client(headers=ENGLISH))


def test_past_states_are_links(zone: Feature) -> None:
    old = Feature.objects.of_layer(zone.layer_id).as_known().exclude(pk=zone.pk).get()
    assert f"/layers/zones/{old.pk}/" in page(zone)
    assert "0,4" in page(old)


def test_state_that_was_superseded_says_so(zone: Feature) -> None:
    superseded = Feature.objects.of_layer(zone.layer_id).filter(recorded__upper_inf=False).get()
    assert "notice--warning" in page(superseded)
    assert "notice--warning" not in page(zone)


def test_page_shows_the_state_of_a_day_and_what_was_believed_on_it(zone: Feature) -> None:
    assert "0,4" in page(zone, "?valid=2010-01-01")
    assert "0,8" in page(zone, "?valid=2021-01-01")
    believed = page(zone, "?valid=2020-06-02&known=2020-05-01")
    assert "<dd>0,4</dd>" in believed
    assert "2020" in believed


def test_day_on_which_it_was_not_there_is_told_in_a_sentence(zone: Feature) -> None:
    client = Client(headers=ENGLISH)
    for query, words in (
        ("?valid=1999-01-01", "was not there on that day"),
        ("?known=1999-01-01", "the portal knows it since"),
    ):
        response = client.get(f"/layers/zones/{zone.pk}/{query}")
        assert (response.status_code, words in response.content.decode()) == (404, True)
    assert client.get(f"/layers/zones/{zone.pk}/?valid=x").status_code == 400


def test_two_states_stand_side_by_side_with_what_changed_first(zone: Feature) -> None:
    shown = page(zone, client=Client(headers=ENGLISH))
    table = shown[shown.index('class="table changes"') :]
    assert table.index("Floor-area ratio") < table.index("Zone 1")
    row = table[
        table.index('class="changes__row"') : table.index("</tr>", table.index('class="changes__row"'))
    ]
    assert row.index("0.4") < row.index("0.8")
    assert table.count('class="changes__row"') == 1, "only the ratio changed"


def test_another_state_can_be_chosen_to_stand_beside(zone: Feature) -> None:
    write_features(
        layer=zone.layer,
        states=[FeatureState("Z1", {**zone.properties, "far": 2.5}, box(0, 0, 100, 60))],
        correction=True,
    )
    now = Feature.objects.of_layer(zone.layer_id).current().get()
    assert page(now).count('class="changes__row"') == 2, "the ratio and the shape, to the state before"
    superseded = page(now, f"?compare={zone.pk}")
    table = superseded[superseded.index('class="table changes"') :]
    assert "0,8" in table
    assert "2,5" in table
    for nonsense in ("999999999", "x"):
        assert page(now, f"?compare={nonsense}").count('class="changes__row"') == 2


def test_card_is_a_part_of_a_page(zone: Feature) -> None:
    card = page(zone, "?card=1")
    assert "<html" not in card
    assert "Ζώνη 1" in card


def test_feature_of_another_layer_or_none_is_not_found(zone: Feature) -> None:
    other = FeatureFactory.create()
    assert Client().get(f"/layers/zones/{other.pk}/").status_code == 404
    assert Client().get("/layers/zones/999999999/").status_code == 404


def test_feature_of_a_layer_for_staff_is_for_staff(alice: User, bea: User, sign_in: SignIn) -> None:
    layer = LayerFactory.create(slug="zones", visibility="staff")
    feature = FeatureFactory.create(layer=layer)
    assert Client().get(f"/layers/zones/{feature.pk}/").status_code == 404
    assert sign_in(alice).get(f"/layers/zones/{feature.pk}/").status_code == 404
    assert "key-" in page(feature, client=sign_in(bea))


def test_queries_are_few(zone: Feature, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(3):
        page(zone, "?card=1")
