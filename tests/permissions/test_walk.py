"""Every address with every role: who sees, who may act, and that a refusal changes nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from crews.models import Job, JobEvent
from importers.models import ImportRun, SavedMapping
from issues.models import Feedback, Follower, Issue, IssueEvent, Notification, Photo, Reporter
from tests.factories import Town
from tests.permissions.doors import Door, Outcome, Who, outcome_of
from tests.permissions.matrix import DOORS
from tests.permissions.world import World, build_world

HISTORY: tuple[type[models.Model], ...] = (
    Feedback,
    Follower,
    ImportRun,
    Issue,
    IssueEvent,
    Job,
    JobEvent,
    Notification,
    Photo,
    Reporter,
    SavedMapping,
)


def names(patterns: list[URLPattern | URLResolver], namespace: str = "") -> Iterator[str]:
    """Every URL name of the portal, as `reverse` takes it."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from names(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name}"


def counts() -> list[int]:
    return [model._default_manager.count() for model in HISTORY]


def meet(door: Door, world: World, client: Client, method: str) -> Outcome:
    """Knock, look what happened, and take it back."""
    with transaction.atomic():
        before = counts()
        response: HttpResponse = getattr(client, method)(address(door, world), door.data(world))
        outcome = outcome_of(response)
        if outcome not in (Outcome.DONE, Outcome.PAGE):
            assert counts() == before, f"{door} refused, and yet something changed"
        transaction.set_rollback(True)
    return outcome


def address(door: Door, world: World) -> str:
    return reverse(door.name, kwargs=door.kwargs(world))


def client_of(world: World, who: Who) -> Client:
    client = Client()
    if who != Who.ANYBODY:
        client.force_login(world.people[who])
    return client


@pytest.fixture
def world(town: Town, settings: Any) -> World:
    settings.REPORTS_PER_HOUR = 1000
    return build_world(town)


def test_every_address_is_in_the_matrix() -> None:
    known = set(names(get_resolver().url_patterns))
    listed = {door.name for door in DOORS}
    assert known - listed == set(), "a new URL needs its line in tests/permissions/matrix.py"
    assert listed - known == set(), "the matrix lists what is no longer there"


@pytest.mark.parametrize("who", Who)
def test_get(who: Who, world: World) -> None:
    expected = {door: door.get[who] for door in DOORS if door.get is not None}
    assert surprises(expected, world, who, "get") == []


@pytest.mark.parametrize("who", Who)
def test_get_shows_nothing_where_only_post_is_meant(who: Who, world: World) -> None:
    client = client_of(world, who)
    met = {door: meet(door, world, client, "get") for door in DOORS if door.get is None}
    assert [door for door, outcome in met.items() if outcome in (Outcome.PAGE, Outcome.DONE)] == []


@pytest.mark.parametrize("who", Who)
def test_post(who: Who, world: World) -> None:
    expected = {door: door.post[who] for door in DOORS if door.post is not None}
    assert surprises(expected, world, who, "post") == []


def surprises(expected: dict[Door, Outcome], world: World, who: Who, method: str) -> list[str]:
    """What this person met otherwise than the matrix says."""
    found = []
    for door, outcome in expected.items():
        met = meet(door, world, client_of(world, who), method)
        if met != outcome:
            found.append(f"{door}: {met}, not {outcome}")
    return found
