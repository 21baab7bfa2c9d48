"""The page and the card of an asset: facts, its pillar, open public reports, and the way to report."""

import pytest
from django.test import Client

from accounts.models import User
from tests.conftest import SignIn
from tests.factories import AssetFactory, AssetTypeFactory, IssueFactory, Town

pytestmark = pytest.mark.django_db
LAMP = "/assets/streetlight/ΦΩ-01234/"


def page(path: str = LAMP, client: Client | None = None) -> str:
    response = (client or Client()).get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_page_tells_what_it_is_and_how_it_is(town: Town) -> None:
    schema = {"watts": {"type": "number", "title": "Ισχύς", "title_en": "Power"}}
    town.streetlight.field_schema = {"properties": schema}
    town.streetlight.save()
    pillar = AssetFactory.create(type=AssetTypeFactory.create(slug="pillar", title="Πίλαρ"), code="ΠΛ-7")
    town.lamp.properties = {"watts": 35, "note": "LED"}
    town.lamp.feeds_from, town.lamp.owner = pillar, town.lighting_north
    town.lamp.save()
    shown = page()
    for words in ("ΦΩ-01234", "Φωτιστικό", "Ισχύς", "35", "LED", "Φωτισμός Βορρά", "Πίλαρ ΠΛ-7"):
        assert words in shown


def test_report_link_names_the_asset(town: Town) -> None:
    assert "/report/?asset=streetlight%3A%CE%A6%CE%A9-01234" in page()


def test_open_public_reports_are_listed(town: Town, dora: User, sign_in: SignIn) -> None:
    shown = IssueFactory.create(asset=town.lamp, category=town.dark_lamp)
    hidden = [
        IssueFactory.create(asset=town.lamp, is_public=False),
        IssueFactory.resolved(asset=town.lamp),
        IssueFactory.create(category=town.dark_lamp),
    ]
    for client in (Client(), sign_in(dora)):
        text = page(client=client)
        assert shown.number in text
        assert not [issue.number for issue in hidden if issue.number in text]


def test_card_is_a_part_of_a_page(town: Town) -> None:
    card = page(f"{LAMP}?card=1")
    assert "<html" not in card
    assert "ΦΩ-01234" in card


def test_asset_kept_to_staff_is_for_staff(town: Town, alice: User, bea: User, sign_in: SignIn) -> None:
    town.streetlight.visibility = "staff"
    town.streetlight.save()
    assert Client().get(LAMP).status_code == 404
    assert sign_in(alice).get(LAMP).status_code == 404
    assert sign_in(bea).get(LAMP).status_code == 200


def test_pillar_kept_to_staff_is_not_named_to_others(town: Town, bea: User, sign_in: SignIn) -> None:
    secret = AssetTypeFactory.create(slug="pillar", visibility="staff")
    town.lamp.feeds_from = AssetFactory.create(type=secret, code="ΠΛ-7")
    town.lamp.save()
    assert "ΠΛ-7" not in page()
    assert "ΠΛ-7" in page(client=sign_in(bea))


def test_unknown_asset_is_not_found(town: Town) -> None:
    assert Client().get("/assets/streetlight/ΦΩ-99999/").status_code == 404
    assert Client().get("/assets/nothing/ΦΩ-01234/").status_code == 404
