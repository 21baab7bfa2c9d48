"""The filters of the public list."""

from typing import Any

from issues.models import Category
from issues.querysets import IssueQuerySet
from issues.states import LOOKS
from municipality.models import Area, AreaLevel
from municipality.querysets import AreaQuerySet

CHOOSABLE = (AreaLevel.UNIT, AreaLevel.COMMUNITY, AreaLevel.NEIGHBOURHOOD)


def list_areas() -> AreaQuerySet:
    """Units, communities and neighbourhoods of this municipality, by name."""
    areas = Area.objects.inside_home().filter(level__in=CHOOSABLE)
    return areas.defer("boundary", "boundary_web").order_by("level", "name")


def filtered(issues: IssueQuerySet, wanted: dict[str, Any]) -> IssueQuerySet:
    """Narrow a list by what the form understood; what it did not understand filters nothing."""
    if wanted.get("q"):
        issues = issues.filter(number__contains=wanted["q"].strip())
    if wanted.get("category"):
        issues = issues.filter(category__in=_with_descendants(wanted["category"]))
    if wanted.get("look"):
        issues = issues.filter(state__in=[state for state, look in LOOKS.items() if look == wanted["look"]])
    area = Area.objects.inside_home().filter(pk=wanted["area"]).first() if wanted.get("area") else None
    return issues.in_area(area) if area is not None else issues


def _with_descendants(slug: str) -> set[int]:
    rows = list(Category.objects.values_list("pk", "parent_id", "slug"))
    found = {pk for pk, _parent, own in rows if own == slug}
    while True:
        below = {pk for pk, parent, _slug in rows if parent in found} - found
        if not below:
            return found
        found |= below
