"""Every page a person can open, with who opens it; the axe walk and the screenshots go through this list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from django.urls import reverse

from assets.models import Asset
from importers.models import ImportRun
from issues.models import Follower, Issue
from layers.models import Feature


class Examples(Protocol):
    """One of everything that an address can name; see `tests.permissions.world.World`."""

    @property
    def issue(self) -> Issue: ...
    @property
    def earlier(self) -> Issue: ...
    @property
    def working(self) -> Issue: ...
    @property
    def fixed(self) -> Issue: ...
    @property
    def follower(self) -> Follower: ...
    @property
    def feature(self) -> Feature: ...
    @property
    def lamp(self) -> Asset: ...
    @property
    def layer_run(self) -> ImportRun: ...


@dataclass(frozen=True)
class Place:
    """`who` is a name of `World.people`, empty for somebody who is not signed in."""

    name: str
    path: Callable[[Examples], str]
    who: str = ""


def at_number(name: str, which: str) -> Callable[[Examples], str]:
    return lambda world: reverse(name, args=[getattr(world, which).number])


def plain(name: str) -> Callable[[Examples], str]:
    return lambda world: reverse(name)


def ogc(name: str, *parts: str) -> Callable[[Examples], str]:
    return lambda world: reverse(f"layers:ogc:{name}", args=parts) + "?f=html"


def ogc_of(name: str) -> Callable[[Examples], str]:
    return lambda world: ogc(name, world.feature.layer.slug)(world)


PLACES = [
    Place("home", plain("home")),
    Place("home-with-card", lambda world: f"/#show=/issues/{world.earlier.number}/"),
    Place("about", plain("about")),
    Place("privacy", plain("privacy")),
    Place("accessibility", plain("accessibility")),
    Place("login", plain("accounts:login")),
    Place("search", lambda world: reverse("layers:search") + "?q=askl"),
    Place("search-nothing", lambda world: reverse("layers:search") + "?q=zzzz"),
    Place(
        "feature", lambda world: reverse("layers:feature", args=[world.feature.layer.slug, world.feature.pk])
    ),
    Place("layer", lambda world: reverse("layers:layer", args=[world.feature.layer.slug])),
    Place(
        "layer-then",
        lambda world: reverse("layers:layer", args=[world.feature.layer.slug]) + "?valid=2000-01-01",
    ),
    *(Place(f"ogc-{name}", ogc(name)) for name in ("landing", "api", "conformance", "collections")),
    *(Place(f"ogc-{name}", ogc_of(name)) for name in ("collection", "queryables", "items")),
    Place("ogc-item", lambda world: ogc("item", world.feature.layer.slug, world.feature.key)(world)),
    Place("find-parcel", plain("planning:find-parcel")),
    Place("asset", lambda world: reverse("assets:asset", args=[world.lamp.type.slug, world.lamp.code])),
    Place("issues", plain("issues:list")),
    Place("issues-none", lambda world: reverse("issues:list") + "?look=rejected"),
    Place("issue", at_number("issues:issue", "issue")),
    Place("issue-fixed", at_number("issues:issue", "fixed")),
    Place("report", plain("issues:report")),
    Place("track", lambda world: reverse("issues:track", args=[world.issue.token])),
    Place("track-new", lambda world: reverse("issues:track", args=[world.issue.token]) + "?new=1"),
    Place("track-fixed", lambda world: reverse("issues:track", args=[world.fixed.token])),
    Place("confirm-follow", lambda world: reverse("issues:confirm-follow", args=[world.follower.token])),
    Place("unfollow", lambda world: reverse("issues:unfollow", args=[world.follower.token])),
    Place("missing", lambda world: "/nothing-here/"),
    Place("refused", plain("issues:desk"), "alice"),
    Place("imports", plain("importers:runs"), "planner"),
    Place("import-new", plain("importers:new"), "planner"),
    Place("import", lambda world: reverse("importers:run", args=[world.layer_run.pk]), "planner"),
    Place("desk", plain("issues:desk"), "bea"),
    Place("desk-issue", at_number("issues:desk-issue", "issue"), "bea"),
    Place("desk-issue-read-only", at_number("issues:desk-issue", "working"), "executive"),
    Place("crew", plain("crews:crew"), "crew"),
    Place("job", at_number("crews:job", "issue"), "crew"),
    Place("job-started", at_number("crews:job", "working"), "crew"),
]
