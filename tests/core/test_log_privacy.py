"""No log line carries a link with which somebody could act as a reporter."""

import logging
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from core.log_privacy import MaskLinks, masked


@pytest.mark.parametrize(
    ("written", "logged"),
    [
        ("GET /t/s3cret-token/photo/ HTTP/1.1", "GET /t/…/photo/ HTTP/1.1"),
        ("/unfollow/s3cret/", "/unfollow/…/"),
        ("/photos/1/full.jpg?t=s3cret&x=1", "/photos/1/full.jpg?t=…&x=1"),
        ("/tiles/roads/3/1/2/3.mvt", "/tiles/roads/3/1/2/3.mvt"),
    ],
)
def test_secrets_in_addresses_are_masked(written: str, logged: str) -> None:
    assert masked(written) == logged


def test_every_handler_of_the_portal_masks() -> None:
    handlers: Any = settings.LOGGING["handlers"]
    assert all("mask_links" in handler["filters"] for handler in handlers.values())


def test_a_missing_link_is_logged_without_it(db: None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.addFilter(MaskLinks())
    with caplog.at_level(logging.WARNING):
        Client().get("/t/s3cret-token/")
    assert "Not Found" in caplog.text
    assert "s3cret" not in caplog.text
