"""`/plan/codes/`: what codes mean, since when, and the crosswalk in both directions."""

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import DjangoAssertNumQueries

from accounts.models import User
from tests.conftest import SignIn
from tests.factories import LayerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def lists(db: None) -> None:
    call_command("load_code_lists", verbosity=0)


def page(path: str, client: Client | None = None) -> str:
    client = client or Client()
    client.cookies["django_language"] = "en"
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_the_lists_are_told_with_the_decree_that_gives_them() -> None:
    shown = page("/plan/codes/")
    for words in ("General categories of land use", "Π.Δ. 59/2018", "13 codes", "Π.Δ. 23.2.1987", "9 codes"):
        assert words in shown, words


def test_a_code_tells_since_when_it_holds_and_what_it_followed() -> None:
    shown = page("/plan/codes/land-use-2018/")
    for words in (
        "since 29 June 2018",
        "Public services",
        "/plan/codes/land-use-1987/#code-",
        "Π.Δ. 23.2.1987",
    ):
        assert words in shown, words


def test_an_old_code_tells_until_when_it_held_and_what_followed_it() -> None:
    shown = page("/plan/codes/land-use-1987/")
    for words in ("until 29 June 2018", "/plan/codes/land-use-2018/#code-", "Production of high nuisance"):
        assert words in shown, words


def test_only_layers_and_fields_that_the_reader_sees_are_named(planner: User, sign_in: SignIn) -> None:
    field = {"type": "string", "codes": "land-use-2018"}
    shut = {**field, "visibility": "staff"}
    schema = {"properties": {"use": field}}
    LayerFactory.create(slug="open", title_en="Open zones", field_schema=schema)
    LayerFactory.create(slug="kept", title_en="Kept zones", field_schema=schema, visibility="staff")
    LayerFactory.create(slug="half", title_en="Half zones", field_schema={"properties": {"use": shut}})
    told = page("/plan/codes/land-use-2018/")
    assert "Open zones" in told
    assert "Kept zones" not in told
    assert "Half zones" not in told
    for title in ("Open zones", "Kept zones", "Half zones"):
        assert title in page("/plan/codes/land-use-2018/", sign_in(planner)), title


def test_the_crosswalk_asks_no_more_for_more_codes(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(7):
        page("/plan/codes/land-use-2018/")
