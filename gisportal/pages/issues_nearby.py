"""Which issues the home page shows: of which looks and categories, nearest to which place."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import quantiles
from typing import Any

from django.contrib.gis.db.models.functions import Transform
from django.contrib.gis.geos import Point
from django.db.models import Prefetch
from django.http import QueryDict

from core.geo import CRS84, LonLat
from issues.models import Category, Issue, Photo
from issues.querysets import IssueQuerySet
from issues.states import LOOKS, OPEN
from municipality.roles import AnyUser

SHOWN_LOOKS = ("open", "progress", "fixed")
LOOKS_AT_FIRST = ("open", "progress")
LIST_LENGTH = 20
SAMPLE = 200
FEW = 20
Bounds = tuple[float, float, float, float]
MAP_LENGTH = 5000


@dataclass(frozen=True)
class Wanted:
    """What a reader asked to see; `around` in the storage CRS, None when they moved nowhere yet."""

    looks: tuple[str, ...]
    categories: tuple[str, ...]
    around: Point | None

    @classmethod
    def parse(cls, query: QueryDict) -> "Wanted":
        """Unknown looks are left out; without any `look` those shown at first. Raises BadCoordinates."""
        asked = query.getlist("look", list(LOOKS_AT_FIRST))
        lon, lat = query.get("lon", ""), query.get("lat", "")
        around = LonLat.parse(lon, lat).to_storage() if lon or lat else None
        looks = tuple(look for look in SHOWN_LOOKS if look in asked)
        return cls(looks, tuple(query.getlist("category")), around)


def wanted_issues(user: AnyUser, wanted: Wanted) -> IssueQuerySet:
    """Public issues of the wanted looks and categories; of the fixed ones those of the last month."""
    rows = Issue.objects.visible_to(user).public()
    states = [state for state in OPEN if LOOKS[state] in wanted.looks]
    found = rows.filter(state__in=states)
    if "fixed" in wanted.looks:
        found = found | rows.recently_fixed()
    if wanted.categories:
        found = found.filter(category__slug__in=_with_descendants(user, wanted.categories))
    return found


def nearest(user: AnyUser, wanted: Wanted) -> list[Issue]:
    """The nearest with `.distance` in metres, or the newest while there is no place to measure from; each with
    `.lonlat` and `.public_photos`."""
    public_photos = Prefetch("photos", Photo.objects.public(), to_attr="public_photos")
    found = wanted_issues(user, wanted).annotate(lonlat=Transform("location", CRS84))
    rows = found.select_related("category", "department").prefetch_related(public_photos)
    ordered = (
        rows.nearest_first(wanted.around) if wanted.around is not None else rows.order_by("-reported_at")
    )
    return list(ordered[:LIST_LENGTH])


def as_geojson(user: AnyUser, wanted: Wanted) -> dict[str, Any]:
    """A FeatureCollection in CRS84 of at most MAP_LENGTH points, newest first."""
    rows = wanted_issues(user, wanted).select_related("category").order_by("-reported_at")
    shown = rows.only("number", "state", "due_at", "reported_at", "category__slug", "category__icon")
    points = shown.annotate(lonlat=Transform("location", CRS84))[:MAP_LENGTH]
    return {"type": "FeatureCollection", "features": [_feature(issue) for issue in points]}


def _feature(issue: Any) -> dict[str, Any]:
    """`issue` with its annotation `lonlat`."""
    return {
        "type": "Feature",
        "id": issue.pk,
        "geometry": {"type": "Point", "coordinates": [round(issue.lonlat.x, 6), round(issue.lonlat.y, 6)]},
        "properties": {
            "number": issue.number,
            "category": issue.category.slug,
            "icon": issue.category.icon,
            "look": issue.look,
            "overdue": issue.is_overdue,
            "since": int(issue.reported_at.timestamp()),
            "count": 1,
        },
    }


def where_life_is(user: AnyUser) -> Bounds | None:
    """Degrees west, south, east, north of the middle two thirds of the newest issues; None while there are few.

    A municipality is mostly mountain; the map opens where people are."""
    newest = Issue.objects.visible_to(user).public().order_by("-reported_at", "-pk")
    points = list(
        newest.annotate(lonlat=Transform("location", CRS84)).values_list("lonlat", flat=True)[:SAMPLE]
    )
    if len(points) < FEW:
        return None
    (west, east), (south, north) = (_middle([getattr(point, axis) for point in points]) for axis in "xy")
    return west, south, east, north


def _middle(values: list[float]) -> tuple[float, float]:
    """Without the outer sixths."""
    sixths = quantiles(values, n=6)
    return round(sixths[0], 5), round(sixths[-1], 5)


def top_categories(user: AnyUser) -> Iterable[Category]:
    return Category.objects.visible_to(user).filter(parent__isnull=True, is_public=True)


def _with_descendants(user: AnyUser, slugs: Iterable[str]) -> set[str]:
    """`slugs` and every category below them; the tree is small, so it is walked in memory."""
    parents = dict(Category.objects.visible_to(user).values_list("slug", "parent__slug"))
    wanted = set(slugs)

    def is_wanted(slug: str | None) -> bool:
        return slug is not None and (slug in wanted or is_wanted(parents.get(slug)))

    return {slug for slug in parents if is_wanted(slug)}
