"""`/data/`: what may be taken home, for each reader."""

import pytest
from django.test import Client
from django.test.utils import override_settings

from accounts.models import User
from tests.conftest import SignIn
from tests.factories import Town
from tests.layers.exporting import parcels

pytestmark = pytest.mark.django_db


def page(client: Client) -> str:
    client.cookies["django_language"] = "en"
    response = client.get("/data/")
    assert response.status_code == 200
    return response.content.decode()


def test_it_lists_layers_registers_areas_and_issues(town: Town) -> None:
    parcels()
    text = page(Client())
    for slug in ("parcels", f"assets-{town.lamp.type.slug}", "areas-municipality", "issues"):
        assert f'action="/export/{slug}/"' in text
    assert "3 rows" in text
    assert "CC BY 4.0" in text
    assert 'name="valid" id="parcels-valid"' in text
    assert 'id="issues-valid"' not in text


def test_a_layer_for_staff_is_listed_for_staff_alone(town: Town, bea: User, sign_in: SignIn) -> None:
    parcels(visibility="staff")
    assert "/export/parcels/" not in page(Client())
    assert "/export/parcels/" in page(sign_in(bea))


def test_every_address_it_offers_answers(town: Town) -> None:
    parcels()
    slugs = [part.split('/"')[0] for part in page(Client()).split('action="/export/')[1:]]
    assert len(slugs) >= 4
    for slug in slugs:
        response = Client().get(f"/export/{slug}/", {"format": "gpkg"})
        assert response.status_code == 200, slug
        assert b"".join(response).startswith(b"PK")


def test_the_footer_leads_there(db: None) -> None:
    with override_settings(LANGUAGE_CODE="en"):
        assert 'href="/data/"' in Client().get("/about/").content.decode()
