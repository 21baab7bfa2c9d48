"""Limits: counted by connection, without keeping its address."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import RequestFactory

from core.errors import TooManyRequests
from core.limits import check_rate

NOON = datetime(2026, 7, 14, 12, 5, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    cache.clear()


def ask(address: str, name: str = "report", forwarded: str = "") -> None:
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    check_rate(RequestFactory().get("/", REMOTE_ADDR=address, headers=headers), name, 2)


def test_third_request_within_the_hour_is_refused() -> None:
    with time_machine.travel(NOON, tick=False):
        ask("192.0.2.1")
        ask("192.0.2.1")
        with pytest.raises(TooManyRequests):
            ask("192.0.2.1")


def test_another_connection_and_another_thing_have_their_own_count() -> None:
    with time_machine.travel(NOON, tick=False):
        for address, name in [("192.0.2.1", "report"), ("192.0.2.2", "report"), ("192.0.2.1", "follow")]:
            ask(address, name)
            ask(address, name)


def test_next_hour_begins_anew() -> None:
    with time_machine.travel(NOON, tick=False):
        ask("192.0.2.1")
        ask("192.0.2.1")
    with time_machine.travel(NOON + timedelta(hours=1), tick=False):
        ask("192.0.2.1")


def test_addresses_of_one_ipv6_network_count_together() -> None:
    with time_machine.travel(NOON, tick=False):
        ask("2001:db8:1:2::1")
        ask("2001:db8:1:2:ffff::9")
        with pytest.raises(TooManyRequests):
            ask("2001:db8:1:2::77")


def test_forwarded_address_counts_only_behind_our_proxy(settings: Any) -> None:
    with time_machine.travel(NOON, tick=False):
        for forged in ("198.51.100.1", "198.51.100.2"):
            ask("192.0.2.1", forwarded=forged)
        with pytest.raises(TooManyRequests):
            ask("192.0.2.1", forwarded="198.51.100.3")
        settings.SECURE_PROXY = True
        ask("192.0.2.1", forwarded="forged, 198.51.100.3")


def test_no_address_is_kept() -> None:
    ask("192.0.2.77")
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key, value FROM core_cache")
        rows = str(cursor.fetchall())
    assert "rate:" in rows
    assert "192.0.2.77" not in rows


def test_network_with_zeros_in_its_number_counts_together_too() -> None:
    with time_machine.travel(NOON, tick=False):
        ask("2001:db8::1:2:3:4")
        ask("2001:db8::5:6:7:8")
        with pytest.raises(TooManyRequests):
            ask("2001:db8::9")


def test_counts_survive_a_flood_from_many_connections() -> None:
    with time_machine.travel(NOON, tick=False):
        for _ in range(2):
            ask("192.0.2.1")
        for last in range(1, 401):
            ask(f"198.51.{last // 250}.{last % 250}")
        with pytest.raises(TooManyRequests):
            ask("192.0.2.1")
