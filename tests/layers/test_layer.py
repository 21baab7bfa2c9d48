"""The page of a layer: what it says, said on a day, or was believed to say; and what was done to it."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from layers.actions import Cause, FeatureState, undo_revision, write_features
from layers.models import Layer, Revision
from tests.conftest import SignIn
from tests.factories import LayerFactory, box

pytestmark = pytest.mark.django_db
ENGLISH = {"Cookie": "django_language=en"}
SCHEMA = {
    "properties": {
        "name": {"type": "string", "title": "Όνομα", "title_en": "Name"},
        "far": {"type": "number", "title": "Συντελεστής δόμησης", "title_en": "Floor-area ratio"},
    }
}


def day(year: int, month: int = 1) -> datetime:
    return datetime(year, month, 1, tzinfo=UTC)


@pytest.fixture
def zones(dora: User) -> Layer:
    """Two zones of 2000, recorded in 2010; in 2020 one changed, recorded in 2021 by Dora."""
    layer: Layer = LayerFactory.create(
        slug="zones",
        title="Ζώνες",
        title_field="name",
        field_schema=SCHEMA,
        source="ΦΕΚ 114",
        licence="CC BY",
    )
    old = [FeatureState(key, {"name": f"Ζώνη {key}", "far": 0.4}, box(0, 0, 100, 50)) for key in "AB"]
    new = FeatureState("A", {"name": "Ζώνη A", "far": 1.2}, box(0, 0, 100, 50))
    write_features(
        layer=layer, states=old, valid_from=day(2000), recorded_at=day(2010), cause=Cause(None, "αρχικό.gpkg")
    )
    write_features(
        layer=layer, states=[new], valid_from=day(2020), recorded_at=day(2021), cause=Cause(dora, "νέο.gpkg")
    )
    return layer


def page(query: str = "", client: Client | None = None, status: int = 200) -> str:
    response = (client or Client(headers=ENGLISH)).get(f"/layers/zones/{query}")
    assert response.status_code == status
    return response.content.decode()


def test_layer_tells_what_it_holds_today_and_where_it_is_from(zones: Layer) -> None:
    shown = page()
    for words in ("ΦΕΚ 114", "CC BY", "2 features", "Floor-area ratio", "1.2", "0.4", "Ζώνη A"):
        assert words in shown
    assert "Συντελεστής δόμησης" in page(client=Client())


@pytest.mark.parametrize(
    ("query", "seen", "unseen"),
    [
        ("?valid=2019-05-01", "0.4", "1.2"),
        ("?valid=2020-05-01&known=2020-05-01", "0.4", "1.2"),
        ("?valid=2020-05-01", "1.2", "as we knew it on"),
        ("?known=2020-05-01", "as we knew it on", "1.2"),
        ("?valid=2020-01-01&known=2021-01-01", "1.2", "Nothing of this layer"),
    ],
)
def test_layer_tells_what_it_said_on_a_day_and_what_was_believed(
    zones: Layer, query: str, seen: str, unseen: str
) -> None:
    shown = page(query)
    assert seen in shown
    assert unseen not in shown


def test_links_to_features_keep_the_day(zones: Layer) -> None:
    shown = page("?valid=2019-05-01")
    old = zones.features.as_of(day(2019, 5)).get(key="A")
    assert f'href="/layers/zones/{old.pk}/?valid=2019-05-01"' in shown


def test_day_on_which_nothing_held_says_so(zones: Layer) -> None:
    assert "Nothing of this layer held on that day" in page("?valid=1999-12-31")


def test_day_before_anything_was_known_is_told_in_a_sentence(zones: Layer) -> None:
    shown = page("?known=2009-12-31", status=404)
    assert "the portal knows it since" in shown
    assert "2010" in shown


@pytest.mark.parametrize(
    "query", ["?valid=yesterday", "?known=2024-13-01", "?valid=0000-00-00", "?known=%00"]
)
def test_malformed_days_are_refused_in_a_sentence(zones: Layer, query: str) -> None:
    page(query, status=400)


@pytest.mark.parametrize("query", ["?valid=0001-01-01", "?valid=9999-12-31", "?known=9999-12-31"])
def test_days_far_away_are_days(zones: Layer, query: str) -> None:
    page(query)


def test_revisions_tell_when_why_and_how_many_and_lead_to_what_was_known_then(zones: Layer) -> None:
    shown = page()
    for words in ("αρχικό.gpkg", "νέο.gpkg", "2 added", "1 changed"):
        assert words in shown
    first = Revision.objects.earliest("recorded_at")
    after = page(f"?known={first.recorded_at.isoformat().replace('+', '%2B')}")
    assert "0.4" in after
    assert "1.2" not in after


def test_who_made_a_revision_is_for_staff(zones: Layer, bea: User, sign_in: SignIn) -> None:
    assert "Dora" not in page()
    assert "Dora" in page(client=sign_in(bea))


def test_an_undone_revision_stays_in_the_list(zones: Layer) -> None:
    latest = Revision.objects.latest_of(zones.pk)
    assert latest is not None
    undo_revision(revision=latest, cause=Cause(None, "Undone: νέο.gpkg"))
    shown = page()
    assert "Undone: νέο.gpkg" in shown
    assert "1.2" not in shown


def test_empty_layer_speaks() -> None:
    LayerFactory.create(slug="zones")
    shown = page()
    assert "Nothing is in this layer today" in shown
    assert "No revision is on record yet" in shown
    page("?known=2020-01-01", status=404)


def test_layer_for_staff_is_not_there_for_others(alice: User, bea: User, sign_in: SignIn) -> None:
    LayerFactory.create(slug="zones", visibility="staff")
    page(status=404)
    page(status=404, client=sign_in(alice))
    page(client=sign_in(bea))


def test_long_layers_come_in_pages_that_keep_the_day(zones: Layer) -> None:
    many = [FeatureState(f"K{number:03}", {"name": f"Κ{number}"}, None) for number in range(40)]
    write_features(layer=zones, states=many, valid_from=day(2022))
    assert "?valid=2023-01-01&amp;page=2" in page("?valid=2023-01-01")
    assert "Page 2 of 2" in page("?valid=2023-01-01&page=2")
    assert "Page 2 of 2" in page("?page=99")


def test_queries_are_few(zones: Layer, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(7):
        page()
