"""The days on which layers changed: in the world, and in what was known of it. The ticks of the time slider."""

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.fields.ranges import RangeEndsWith, RangeStartsWith
from django.db.models.functions import TruncDate
from django.utils.timezone import localdate

from core.errors import NotFound
from layers.models import Revision
from layers.ogcapi.sql import bounded
from layers.sources import FeatureSource, source_for
from municipality.roles import AnyUser

MOST_LAYERS = 30
MOST_DAYS = 200


def days_of(user: AnyUser, slugs: Iterable[str]) -> dict[str, list[str]]:
    """ISO days, oldest first: `valid`, on which something began or ended in these layers, and `known`, on which
    something was recorded. Of layers that the reader may not see, none. The newest where there are many.
    Raises TooCostly."""
    sources = [source for slug in list(slugs)[:MOST_LAYERS] if (source := _source(user, slug)) is not None]
    valid = {day for source in sources for day in _changes(source)}
    revisions = Revision.objects.visible_to(user).filter(layer__slug__in=[one.slug for one in sources])
    known = {localdate(moment) for moment in revisions.values_list("recorded_at", flat=True)[:MOST_DAYS]}
    return {"valid": _written(valid), "known": _written(known)}


def _source(user: AnyUser, slug: str) -> FeatureSource | None:
    try:
        source = source_for(user, slug)
    except NotFound:
        return None
    return source if source.download is not None and source.download.during is not None else None


def _changes(source: FeatureSource) -> set[date]:
    """Of the rows that the reader may see."""
    during = source.download.during if source.download else None
    if during is None:
        return set()
    rows = during(None, None, None).order_by()
    found: set[date] = set()
    with bounded():
        for edge in (RangeStartsWith("valid"), RangeEndsWith("valid")):
            days = rows.annotate(edge=TruncDate(edge)).values_list("edge", flat=True).distinct()
            found.update(day for day in days.order_by("-edge")[: MOST_DAYS + 1] if day is not None)
    return found


def _written(days: set[date]) -> list[str]:
    return [day.isoformat() for day in sorted(days)[-MOST_DAYS:]]
