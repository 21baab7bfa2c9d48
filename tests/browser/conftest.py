"""Chromium, started once, against a live server on the real PostGIS; each visit has a context of its own."""

import os
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from accounts.models import User
from core.geo import to_lonlat
from tests.browser.visit import Visit, leave
from tests.browser.windows import ARGUMENTS, CHROMIUM, cookies, window
from tests.factories import Town, at
from tests.permissions.world import World, build_world

BUSY = """SELECT count(*) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"""

PATIENCE = 20_000  # milliseconds; a machine may be busy, and nothing waits longer than it must

Visiting = Callable[..., Visit]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser; `-m "not browser"` leaves it out."""
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    # Playwright runs an event loop in this thread; the tests stay synchronous all the same.
    os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
    yield started
    started.close()


@pytest.fixture
def visit(browser: Browser, live_server: LiveServer) -> Iterator[Visiting]:
    """`visit(bea, phone=True, language="en")` is a window; at the end it must have had nothing to complain about."""
    cache.clear()  # limits counted by an earlier test; the cache table is not one that Django empties
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []

    def start(
        person: User | None = None,
        *,
        phone: bool = False,
        language: str = "el",
        expected: tuple[str, ...] = (),
        **options: Any,
    ) -> Visit:
        own = {**window(phone=phone, language=language), "geolocation": here(), **options}
        context = browser.new_context(**own)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        context.add_cookies(cookies(live_server.url, language, person))
        visits.append(Visit(context.new_page(), live_server.url, language, expected))
        return visits[-1]

    yield start
    for context in contexts:
        leave(context)
    _wait_until_the_server_rests()
    assert [complaint for each in visits for complaint in each.complaints] == []


@pytest.fixture
def world(town: Town) -> World:
    """One of everything; the live server sees it, for its tests commit."""
    return build_world(town)


def here() -> Any:
    """Where the visitor stands: beside the street lamp of the town."""
    longitude, latitude, *_ = to_lonlat(at(5000, 7500)).coords
    return {"longitude": longitude, "latitude": latitude, "accuracy": 12}


def _wait_until_the_server_rests() -> None:
    """Requests that the closed windows left behind end before the tables are emptied under them."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        with connection.cursor() as cursor:
            cursor.execute(BUSY)
            if cursor.fetchone() == (0,):
                return
    raise AssertionError("The server was still busy with the database ten seconds after the visit.")
