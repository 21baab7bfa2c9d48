"""What a reader may not see is in no document, count, filter, header or refusal."""

import json

import pytest
from django.test import Client

from accounts.models import User
from tests.conftest import SignIn
from tests.factories import FeatureFactory, IssueFactory, LayerFactory, Town, box
from tests.ogc.asking import COLLECTIONS, SCHEMA, get, ids, items

pytestmark = pytest.mark.django_db
EVERYWHERE = ("", "/api", "/conformance", "/collections")
OF_COLLECTION = ("", "/queryables", "/items", "/items/SECRET-1")


@pytest.fixture(autouse=True)
def hidden(town: Town) -> None:
    layer = LayerFactory.create(slug="pipes", visibility="staff", field_schema=SCHEMA, title="ΜΥΣΤΙΚΟ")
    FeatureFactory.create(layer=layer, key="SECRET-1", geom=box(0, 0, 10, 10))


def test_a_hidden_collection_is_nowhere(bea: User, sign_in: SignIn) -> None:
    for path in EVERYWHERE:
        for form in ("json", "html"):
            assert "pipes" not in Client().get(f"/ogc{path}?f={form}").content.decode()
    assert "pipes" in json.dumps(get("/ogc/api", sign_in(bea)))


@pytest.mark.parametrize("query", ["", "?filter=kaek='SECRET-1'", "?nosuch=1", "?bbox=1"])
def test_a_hidden_collection_answers_as_one_that_is_not_there(query: str) -> None:
    for path in OF_COLLECTION:
        hidden, missing = (Client().get(f"{COLLECTIONS}/{name}{path}{query}") for name in ("pipes", "pipez"))
        assert hidden.status_code == missing.status_code == 404
        assert hidden.content.replace(b"pipes", b"pipez") == missing.content
        assert dict(hidden.items()).keys() == dict(missing.items()).keys()


def test_staff_read_what_is_theirs(bea: User, sign_in: SignIn) -> None:
    assert ids("pipes", sign_in(bea)) == ["SECRET-1"]


def test_hidden_issues_are_not_counted(town: Town, bea: User, sign_in: SignIn) -> None:
    shown = IssueFactory.accepted(category=town.dark_lamp)
    private = IssueFactory.accepted(category=town.complaint, is_public=False)
    for client in (Client(), sign_in(bea)):
        page = items("issues", client)
        assert [one["id"] for one in page["features"]] == [shown.number]
        assert page["numberMatched"] == 1
        assert items("issues", client, filter=f"number = '{private.number}'")["numberMatched"] == 0
        assert client.get(f"{COLLECTIONS}/issues/items/{private.number}").status_code == 404


def test_what_nobody_has_shown_cannot_be_filtered(town: Town) -> None:
    issue = IssueFactory.accepted(
        category=town.dark_lamp, description="Xanthippi lives here", is_text_public=False
    )
    assert ids("issues", filter="description LIKE '%Xanthippi%'") == []
    assert ids("issues", description="Xanthippi lives here") == []
    assert ids("issues", filter="description IS NULL") == [issue.number]
    for name in ("reporter", "token", "contact", "is_text_public", "id", "pk"):
        response = Client().get(f"{COLLECTIONS}/issues/items", {"filter": f"{name} IS NOT NULL"})
        assert (response.status_code, response.json()["code"]) == (400, "unknown_field")


def test_answers_are_kept_by_nobody_else() -> None:
    response = Client().get(f"{COLLECTIONS}/issues/items")
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert {"Accept", "Cookie"} <= set(response.headers["Vary"].split(", "))
