"""When the ground gives way the portal still says so in a sentence."""

import pytest
from django.db import OperationalError, connection
from django.test import Client


def test_page_without_a_database_is_still_a_page(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: object, **kwargs: object) -> None:
        raise OperationalError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(connection, "cursor", away)
        answer = Client(raise_request_exception=False).get("/about/")
    assert answer.status_code == 500
    assert "Κάτι πήγε στραβά από τη δική μας πλευρά" in answer.content.decode()
    assert "gone" not in answer.content.decode()


def test_page_that_says_no_is_named_by_what_happened(client: Client, db: None) -> None:
    page = client.get("/nowhere/", headers={"Cookie": "django_language=en"}).content.decode()
    assert "<title>There is nothing here" in page
    assert "<h1>There is nothing here" in page
