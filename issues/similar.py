"""Open cases that may be the same problem as the one somebody is about to report."""

from django.contrib.gis.geos import Point
from django.db.models import Prefetch, Q

from assets.models import Asset
from issues.models import Category, Issue, Photo
from issues.querysets import IssueQuerySet
from municipality.roles import AnyUser

MOST = 5


def similar_issues(
    *, user: AnyUser, category: Category, location: Point, asset: Asset | None = None
) -> IssueQuerySet:
    """Of the same kind within the category's radius of a point in the storage CRS, or on the same asset;
    nearest first, with `.distance` in metres, at most five."""
    same = Q(category=category)
    if asset is not None:
        same |= Q(asset=asset)
    return (
        Issue.objects.visible_to(user)
        .open()
        .filter(same)
        .near(location, category.duplicate_radius_metres)
        .select_related("category", "department")
        .prefetch_related(shown_photos())[:MOST]
    )


def shown_photos() -> "Prefetch[str]":
    """Loads the photos anybody may see into `issue.shown_photos`."""
    return Prefetch("photos", queryset=Photo.objects.public(), to_attr="shown_photos")
