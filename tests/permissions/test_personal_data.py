"""A reporter's name, addresses and unread words are found nowhere but where they are needed."""

import gzip
import logging
import smtplib
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from issues.delivery import deliver_waiting
from issues.models import Notification, Reporter
from layers.sources import offered_sources
from tests.factories import Town, at
from tests.permissions.doors import Door, Who
from tests.permissions.matrix import DOORS, pin
from tests.permissions.secrets import SECRETS
from tests.permissions.test_walk import address, client_of
from tests.permissions.world import World, build_world
from tests.tiles import decode_tile, tile_of

WORDS = {SECRETS["description"]}
CONTACT = set(SECRETS.values()) - WORDS
HOLDERS = {
    "issues:track",
    "issues:confirm-follow",
    "issues:unfollow",
}  # the link is the reporter's, the follower's
OPEN_TO_ALL = [door for door in DOORS if door.get is not None and door.name not in HOLDERS]
STRANGERS = (Who.ANYBODY, Who.ALICE, Who.CARL, Who.PLANNER)
READERS = (Who.CREW, Who.EXECUTIVE)  # they read what is wrong, not who said so


@pytest.fixture
def world(town: Town) -> World:
    return build_world(town)


def text_of(response: Any) -> str:
    content = b"".join(response) if response.streaming else response.content
    if content[:2] == b"\x1f\x8b":
        content = gzip.decompress(content)
    return content.decode("utf-8", "replace") + repr(dict(response.items()))


def told(text: str, secrets: set[str]) -> set[str]:
    """The secrets found in a text, whichever way it is written."""
    spellings = (str, quote, lambda secret: secret.encode("unicode_escape").decode())
    return {secret for secret in secrets if any(spell(secret) in text for spell in spellings)}


def answers(door: Door, world: World, who: Who) -> Iterator[str]:
    """The page, its card and its JSON."""
    client, there, query = client_of(world, who), address(door, world), door.data(world)
    yield text_of(client.get(there, query))
    yield text_of(client.get(there, {**query, "card": "1"}))
    yield text_of(client.get(there, query, headers={"Accept": "application/json"}))


@pytest.mark.parametrize("who", STRANGERS)
def test_no_page_tells_strangers_about_a_reporter(who: Who, world: World) -> None:
    for door in OPEN_TO_ALL:
        for answer in answers(door, world, who):
            assert told(answer, CONTACT | WORDS) == set(), door


@pytest.mark.parametrize("who", READERS)
def test_who_reads_the_words_does_not_read_the_contact(who: Who, world: World) -> None:
    for door in OPEN_TO_ALL:
        for answer in answers(door, world, who):
            assert told(answer, CONTACT) == set(), door


def test_the_dispatcher_reads_both(world: World) -> None:
    """So that the two tests above look where there is something to find."""
    page = text_of(client_of(world, Who.BEA).get(reverse("issues:desk-issue", args=[world.issue.number])))
    assert told(page, {SECRETS["name"], SECRETS["email"], SECRETS["phone"], SECRETS["description"]}) == (
        WORDS | CONTACT - {SECRETS["follower"]}
    )


@pytest.mark.parametrize("who", [*STRANGERS, *READERS])
def test_no_tile_tells_about_a_reporter(who: Who, world: World) -> None:
    user = world.people.get(who)
    client, drawn = client_of(world, who), 0
    for source in offered_sources(user) if user else public_sources():
        for zoom in range(10, 19):
            tile = tile_of(at(5010, 7500), zoom)
            there = reverse("layers:tile", args=[source.slug, source.revision, tile.z, tile.x, tile.y])
            response = client.get(there)
            if response.status_code == 200:
                drawn += 1
                assert told(repr(decode_tile(response)), CONTACT | WORDS) == set(), there
    assert drawn, "no tile had anything in it"


def public_sources() -> Any:
    from django.contrib.auth.models import AnonymousUser

    return offered_sources(AnonymousUser())


@pytest.mark.parametrize("who", STRANGERS)
def test_no_search_leads_to_a_reporter(who: Who, world: World) -> None:
    client = client_of(world, who)
    for secret in SECRETS.values():
        for accept in ("text/html", "application/json"):
            query = {"q": secret[: len(secret) * 2 // 3], **pin(world)}
            found = text_of(client.get(reverse("layers:search"), query, headers={"Accept": accept}))
            assert told(found, CONTACT | WORDS) == set()


def test_no_error_page_tells_about_a_reporter(world: World) -> None:
    number, token, photo = world.issue.number, world.issue.token, world.photo.uuid
    for there in (
        "/issues/2020-999999/",
        f"/t/{token}x/",
        f"/desk/{number}/",
        f"/photos/{photo}/full.jpg",
        "/xanthippi/",
    ):
        assert told(text_of(Client().get(there, follow=True)), CONTACT | WORDS) == set()


def test_a_holder_of_the_link_is_not_told_the_address(world: World) -> None:
    """A link can be passed on; the page needs no contact to be useful."""
    page = text_of(Client().get(reverse("issues:track", args=[world.issue.token])))
    assert told(page, CONTACT) == set()


def test_no_log_record_tells_about_a_reporter(
    town: Town, settings: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    report(town)
    assert Reporter.objects.get().email == SECRETS["email"]
    assert deliver_waiting() == 1
    assert mail.outbox[0].to == [SECRETS["email"]]
    report(town)
    refuse = smtplib.SMTPRecipientsRefused({SECRETS["email"]: (550, SECRETS["email"].encode())})
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", _raising(refuse))
    deliver_waiting()
    Client().post("/report/", {**contact(), "lon": "x", "lat": "y"})
    assert told(caplog.text, CONTACT | WORDS) == set()
    assert told("".join(Notification.objects.values_list("last_error", flat=True)), CONTACT) == set()


def _raising(error: Exception) -> Any:
    def send_messages(*args: object) -> int:
        raise error

    return send_messages


def contact() -> dict[str, str]:
    fields = {name: SECRETS[name] for name in ("name", "email", "phone", "description")}
    return {**fields, "agrees": "on", "go": "submit"}


def report(town: Town) -> None:
    place = {key: str(value) for key, value in pin(None).items()}  # type: ignore[arg-type]
    response = Client().post("/report/", {**contact(), **place, "category": town.pothole.slug})
    assert response.status_code == 302
