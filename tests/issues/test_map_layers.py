"""Issues on the map: public facts only, the same for everybody, counted without counting twice."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.gis.geos import Point
from django.test import Client
from django.utils import timezone

from accounts.models import User
from core.geo import WEB_MERCATOR, Tile
from issues.models import IssueEvent
from layers.tile_sets import tile_set_for
from tests.conftest import SignIn
from tests.factories import CategoryFactory, IssueFactory, Town, at
from tests.tiles import decode_tile, tile_of

pytestmark = pytest.mark.django_db
PUBLIC_FIELDS = {"number", "category", "icon", "look", "overdue", "since"}
HERE = at(5000, 7500)


def features(slug: str, tile: Tile, client: Client | None = None) -> list[dict[str, Any]]:
    revision = tile_set_for(User(), slug).revision
    response = (client or Client()).get(f"/tiles/{slug}/{revision}/{tile.z}/{tile.x}/{tile.y}.mvt")
    return decode_tile(response).get(slug, []) if response.status_code == 200 else []


def numbers(slug: str, client: Client | None = None) -> set[str]:
    return {feature["properties"]["number"] for feature in features(slug, tile_of(HERE, 15), client)}


def test_tile_tells_public_facts_and_no_others() -> None:
    issue = IssueFactory.create(
        description="Μένω απέναντι, στο 12",
        address="Ασκληπιού 12",
        category=CategoryFactory.create(icon="road"),
    )
    [feature] = features("issues", tile_of(HERE, 15))
    assert set(feature["properties"]) == PUBLIC_FIELDS
    assert feature["properties"] == {
        "number": issue.number,
        "category": issue.category.slug,
        "icon": "road",
        "look": "open",
        "overdue": False,
        "since": int(issue.reported_at.timestamp()),
    }


def test_staff_see_no_more_than_everybody(town: Town, dora: User, sign_in: SignIn) -> None:
    public = IssueFactory.create()
    IssueFactory.create(is_public=False)
    IssueFactory.create(category=town.complaint)
    IssueFactory.withdrawn()
    assert numbers("issues") == {public.number}
    assert numbers("issues", sign_in(dora)) == {public.number}


def test_open_and_recently_fixed_are_two_sources() -> None:
    going = IssueFactory.in_progress()
    fixed = IssueFactory.resolved()
    IssueFactory.resolved(resolved_at=timezone.now() - timedelta(days=31))
    IssueFactory.rejected()
    assert numbers("issues") == {going.number}
    assert numbers("issues-fixed") == {fixed.number}
    [feature] = features("issues", tile_of(HERE, 15))
    assert feature["properties"]["look"] == "progress"


def test_overdue_is_told() -> None:
    IssueFactory.accepted(due_at=timezone.now() - timedelta(hours=1))
    [feature] = features("issues", tile_of(HERE, 15))
    assert feature["properties"]["overdue"] is True


def test_tile_is_fresh_for_a_minute_under_any_revision(town: Town) -> None:
    IssueFactory.create()
    tile = tile_of(HERE, 15)
    response = Client().get(f"/tiles/issues/0/{tile.z}/{tile.x}/{tile.y}.mvt")
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "public, max-age=60"


def test_event_of_an_issue_starts_a_revision() -> None:
    issue = IssueFactory.create()
    before = tile_set_for(User(), "issues").revision
    IssueEvent.objects.create(issue=issue, kind="note")
    assert tile_set_for(User(), "issues").revision > before


class TestClusters:
    def test_one_cell_counts_its_issues_by_look(self) -> None:
        for make in (IssueFactory.create, IssueFactory.accepted, IssueFactory.in_progress):
            make(location=at(5000, 7500))
        [feature] = features("issues", tile_of(HERE, 11))
        counted = {
            name: feature["properties"].get(name) for name in ("count", "n_open", "n_progress", "n_fixed")
        }
        assert counted == {"count": 3, "n_open": 2, "n_progress": 1, "n_fixed": 0}
        assert "number" not in feature["properties"]

    def test_issue_alone_stays_a_pin(self) -> None:
        issue = IssueFactory.create()
        [feature] = features("issues", tile_of(HERE, 11))
        assert feature["id"] == issue.pk
        assert feature["properties"]["number"] == issue.number

    def test_private_issues_are_not_counted(self, town: Town) -> None:
        IssueFactory.create()
        IssueFactory.create(category=town.complaint)
        [feature] = features("issues", tile_of(HERE, 11))
        assert feature["properties"]["count"] == 1

    @pytest.mark.parametrize("zoom", [10, 13])
    def test_nothing_is_counted_twice_over_the_tiles(self, zoom: int, town: Town) -> None:
        """Points on a grid over two by two tiles, their shared edges among them: the counts add up."""
        first = tile_of(HERE, zoom)
        west, _south, _east, north = first.bounds()
        step = first.width_metres / 3
        steps = [(west + column * step, north - row * step) for column in range(7) for row in range(7)]
        for x, y in steps:
            place = Point(x, y, srid=WEB_MERCATOR).transform(settings.STORAGE_SRID, clone=True)
            IssueFactory.create(location=place, category=town.pothole, department=town.roads)
        around = [Tile(zoom, first.x + dx, first.y + dy) for dx in (-1, 0, 1, 2) for dy in (-1, 0, 1, 2)]
        counts = [f["properties"]["count"] for tile in around for f in features("issues", tile)]
        assert sum(counts) == len(steps)
