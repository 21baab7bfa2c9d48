"""`/plan/`: every layer that the reader may see, by theme, found as people type, giving away nothing else."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from layers.actions import FeatureState, write_features
from layers.models import Layer
from planning.models import PlanningMap
from tests.conftest import SignIn
from tests.factories import LayerFactory, Town, box

pytestmark = pytest.mark.django_db
FIRST_VIEW = 20


@pytest.fixture(autouse=True)
def fresh() -> None:
    cache.clear()


@pytest.fixture
def uses(db: None) -> Layer:
    """Two zones; what is told of them in both languages."""
    layer: Layer = LayerFactory.create(
        slug="uses",
        title="Χρήσεις γης",
        title_en="Land use",
        description="Γενικό Πολεοδομικό Σχέδιο",
        description_en="The general urban plan",
        theme="land_use",
        source="ΦΕΚ 214/2019",
        licence="CC BY 4.0",
        dated=date(2019, 10, 9),
        accuracy_metres=2.5,
        scale=5000,
    )
    states = [FeatureState(key, {}, box(0, 0, 100, 50)) for key in "AB"]
    write_features(layer=layer, states=states, valid_from=timezone.now())
    return layer


def page(query: dict[str, str] | None = None, client: Client | None = None) -> str:
    client = client or Client()
    client.cookies["django_language"] = "en"
    response = client.get("/plan/", query or {})
    assert response.status_code == 200
    return response.content.decode()


def listed(query: dict[str, str] | None = None, client: Client | None = None) -> list[str]:
    """The slugs of the layers, without what every town has: areas, assets, issues."""
    slugs: list[str] = re.findall(r'id="layer-([\w-]+)"', page(query, client))
    return [slug for slug in slugs if not re.match("areas|assets|issues", slug)]


def test_an_entry_tells_what_the_layer_is_and_where_it_leads(uses: Layer) -> None:
    shown = page()
    told = (
        "Land use",
        "The general urban plan",
        "ΦΕΚ 214/2019",
        "CC BY 4.0",
        "1:5,000",
        "± 2.5 m",
        "2 features",
    )
    for words in (*told, "9 October 2019"):
        assert words in shown, words
    for path in ("/plan/map/#layers=uses", "/layers/uses/", "/data/#uses", "/ogc/collections/uses"):
        assert f'href="{path}"' in shown, path


def test_hidden_layers_are_for_staff(uses: Layer, planner: User, sign_in: SignIn) -> None:
    LayerFactory.create(slug="debts", title="Οφειλές", theme="property", visibility="staff")
    assert listed() == ["uses"]
    assert "Οφειλές" not in page({"q": "οφειλες"})
    assert "theme=property" not in page()
    assert listed(client=sign_in(planner)) == ["uses", "debts"]


@pytest.mark.parametrize("typed", ["ΧΡΗΣΕΙΣ", "χρησεις γης", "xriseis", "land", "πολεοδομικο", "urban plan"])
def test_layers_are_found_as_people_type(uses: Layer, typed: str) -> None:
    LayerFactory.create(slug="pipes", title="Αγωγοί", title_en="Pipes", theme="networks")
    assert listed({"q": typed}) == ["uses"]


@pytest.mark.parametrize("typed", ["αεροδρόμιο", "'; DROP TABLE layers_layer; --", "χρήσεις%s γης_{0}"])
def test_what_is_not_there_is_not_found(uses: Layer, typed: str) -> None:
    assert listed({"q": typed}) == []
    assert "No layer is called so" in page({"q": typed})


def test_a_theme_shows_its_layers_alone_and_says_where_else_there_are_some(uses: Layer) -> None:
    LayerFactory.create(slug="pipes", title="Αγωγοί", theme="networks")
    assert listed({"theme": "networks"}) == ["pipes"]
    assert listed({"theme": "nonsense"}) == ["uses", "pipes"]
    nothing = page({"theme": "networks", "q": "land"})
    assert "but 1 layer of another one is" in nothing


def test_features_are_counted_only_for_who_sees_them_all(uses: Layer, planner: User, sign_in: SignIn) -> None:
    Layer.objects.filter(pk=uses.pk).update(
        public_rows="\"open\" = 'yes'", field_schema={"properties": {"open": {"type": "string"}}}
    )
    assert "2 features" not in page()
    assert "2 features" in page(client=sign_in(planner))


def test_public_maps_are_shown_and_kept_ones_are_not(uses: Layer, planner: User) -> None:
    now = timezone.now()
    for sharing in ("public", "staff", "owner", "link"):
        PlanningMap.objects.create(
            title=f"Map for {sharing}", sharing=sharing, owner=planner, created_at=now, changed_at=now
        )
    shown = page()
    assert "Map for public" in shown
    assert not re.search("Map for (staff|owner|link)", shown)


def test_planners_find_their_tools(uses: Layer, planner: User, sign_in: SignIn) -> None:
    Layer.objects.filter(pk=uses.pk).update(is_editable=True)
    own = ("/plan/layers/uses/edit/", "/plan/layers/uses/styles/", "/plan/jobs/", reverse("importers:runs"))
    shared = (
        "/plan/parcel/",
        "/plan/overlay/",
        "/plan/print/",
        "/plan/versions/",
        "/plan/zonal/",
        "/plan/map/",
    )
    strange, planned = page(), page(client=sign_in(planner))
    for path in shared:
        assert f'href="{path}"' in strange, path
    for path in own:
        assert f'href="{path}"' in planned, path
        assert f'href="{path}"' not in strange, path


def test_more_layers_ask_no_more_of_the_database(
    town: Town, uses: Layer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(2):
        for more in range(5):
            LayerFactory.create(slug=f"more-{number}-{more}", title=f"Στρώμα {more}", theme="plan")
        cache.clear()
        with django_assert_num_queries(FIRST_VIEW):
            page()
