"""Every address with every role: who sees, who may act, and that a refusal changes nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from crews.models import Job, JobEvent
from issues.models import Feedback, Follower, Issue, IssueEvent, Notification, Photo, Reporter
from tests.factories import Town
from tests.permissions.doors import Door, Expected, Outcome, Who, outcome_of
from tests.permissions.matrix import DOORS
from tests.permissions.world import World, build_world

HISTORY: tuple[type[models.Model], ...] = (
    Feedback,
    Follower,
    Issue,
    IssueEvent,
    Job,
    JobEvent,
    Notification,
    Photo,
    Reporter,
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


def meet(door: Door, world: World, who: Who, method: str) -> Outcome:
    """Knock as `who`, look what happened, and take it back."""
    client = Client()
    if who != Who.ANYBODY:
        client.force_login(world.people[who])
    with transaction.atomic():
        before = counts()
        response: HttpResponse = getattr(client, method)(address(door, world), door.data(world))
        outcome = outcome_of(response)
        if outcome not in (Outcome.DONE, Outcome.PAGE):
            assert counts() == before, f"{who} was refused at {door}, and yet something changed"
        transaction.set_rollback(True)
    return outcome


def address(door: Door, world: World) -> str:
    return reverse(door.name, kwargs=door.kwargs(world))


@pytest.fixture
def world(town: Town, settings: Any) -> World:
    settings.REPORTS_PER_HOUR = 1000
    return build_world(town)


def test_every_address_is_in_the_matrix() -> None:
    known = set(names(get_resolver().url_patterns))
    listed = {door.name for door in DOORS}
    assert known - listed == set(), "a new URL needs its line in tests/permissions/matrix.py"
    assert listed - known == set(), "the matrix lists what is no longer there"


@pytest.mark.parametrize("door", [door for door in DOORS if door.get is not None], ids=str)
def test_get(door: Door, world: World) -> None:
    assert surprises(door, world, "get", door.get or {}) == []


@pytest.mark.parametrize("door", [door for door in DOORS if door.get is None], ids=str)
def test_get_where_only_post_is_meant(door: Door, world: World) -> None:
    met = {meet(door, world, who, "get") for who in Who}
    assert met <= {Outcome.METHOD, Outcome.LOGIN, Outcome.REFUSED, Outcome.MISSING}


@pytest.mark.parametrize("door", [door for door in DOORS if door.post is not None], ids=str)
def test_post(door: Door, world: World) -> None:
    assert surprises(door, world, "post", door.post or {}) == []


def surprises(door: Door, world: World, method: str, expected: Expected) -> list[str]:
    met = {who: meet(door, world, who, method) for who in Who}
    return [f"{who} met {met[who]}, not {expected[who]}" for who in Who if met[who] != expected[who]]
