"""How many features layers have, and when they last changed: few statements, however many layers there are."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256

from django.core.cache import cache
from django.db.models import Count, Max

from layers.models import Feature, Layer, Revision
from layers.sources import FeatureSource
from layers.visibility import view_of
from municipality.roles import AnyUser

COUNTED_FOR = 600  # Seconds: counting large layers for every reader would be a waste.


def rows_by_slug(user: AnyUser, pairs: Iterable[tuple[FeatureSource, Layer]]) -> dict[str, int]:
    """Of the layers whose rows this reader sees all. Kept together: one entry of the cache for one state of all."""
    whole = {source.stamp: layer for source, layer in pairs if not view_of(layer, user).is_ruled}
    key = f"plan-rows:{sha256(' '.join(sorted(whole)).encode()).hexdigest()}"
    known: dict[str, int] | None = cache.get(key)
    if known is None:
        known = _counted(user, list(whole.values()))
        cache.set(key, known, COUNTED_FOR)
    return known


def changes(user: AnyUser) -> dict[int, datetime]:
    """When each layer was last written, by its id."""
    latest = Revision.objects.visible_to(user).order_by().values("layer").annotate(last=Max("recorded_at"))
    return {row["layer"]: row["last"] for row in latest}


def _counted(user: AnyUser, layers: list[Layer]) -> dict[str, int]:
    told = Feature.objects.visible_to(user).filter(layer__in=[layer.pk for layer in layers])
    rows = dict(told.current().order_by().values_list("layer").annotate(Count("pk")))
    return {layer.slug: rows.get(layer.pk, 0) for layer in layers}
