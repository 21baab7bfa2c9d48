"""Draft plans: made of two layers, adopted from a date on, or dropped."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.contrib.gis.db.models import Union
from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from core.errors import NotAllowed
from layers.actions import FeatureState, write_features
from layers.actions.features import WrittenCounts
from layers.actions.layers import Cause
from layers.models import Feature, GeometryKind, Layer
from layers.visibility import view_of
from planning.models import PlanVersion, VersionState
from planning.versions.errors import NotADraft, SameLayer
from planning.versions.roles import fields_by_role

#: Less m² than that is where two borders that should be one differ by their rounding.
LEAST_OVERLAP_M2 = 1.0


@transaction.atomic
def make_version(*, title: str, current: Layer, draft: Layer, author: User, note: str = "") -> PlanVersion:
    """A draft that would change `current` as `draft` says. Raises SameLayer."""
    if current.pk == draft.pk:
        raise SameLayer()
    return PlanVersion.objects.create(
        title=title[:200], note=note, current=current, draft=draft, author=author, made_at=timezone.now()
    )


@transaction.atomic
def drop_version(*, version: PlanVersion) -> PlanVersion:
    """It will not come; its layer stays. Raises NotADraft."""
    row = _draft(version)
    row.state = VersionState.DROPPED
    row.save(update_fields=["state"])
    return row


@transaction.atomic
def adopt_version(*, version: PlanVersion, valid_from: date, reason: str, user: User) -> WrittenCounts:
    """Write the draft into the layer as a change in force from that day on: its zones take the place of those with
    their keys, and the ground that they cover from all others. Raises NotADraft, and NotAllowed for somebody who is
    not told all of both layers."""
    row = _draft(version)
    if not all(view_of(layer, user).is_whole for layer in (row.current, row.draft)):
        raise NotAllowed()
    drafted = list(Feature.objects.of_layer(row.draft_id).current().filter(geom__isnull=False))
    states = [_as_current(feature, row) for feature in drafted]
    cut = list(_cut(row, {feature.key for feature in drafted}))
    counts = write_features(
        layer=row.current,
        states=[*states, *(state for state in cut if state.geom is not None)],
        removed=[state.key for state in cut if state.geom is None],
        valid_from=timezone.make_aware(datetime.combine(valid_from, time(0, 0))),
        cause=Cause(user, reason or row.title),
    )
    row.state = VersionState.ADOPTED
    row.save(update_fields=["state"])
    return counts


def _draft(version: PlanVersion) -> PlanVersion:
    row = PlanVersion.objects.select_for_update().get(pk=version.pk)
    if row.state != VersionState.DRAFT:
        raise NotADraft()
    return row


def _as_current(feature: Feature, version: PlanVersion) -> FeatureState:
    """The draft's fields under the names that they have in the layer in force."""
    names = fields_by_role(version.draft, version.current)
    told = {names.get(name, name): value for name, value in feature.properties.items()}
    return FeatureState(feature.key, told, feature.geom)


def _cut(version: PlanVersion, keys: set[str]) -> Iterator[FeatureState]:
    """Zones of other keys on whose ground the draft lies, without that ground; without a shape where none is left."""
    if version.current.geometry_kind not in (GeometryKind.POLYGON, GeometryKind.MIXED):
        return
    drafted = Feature.objects.of_layer(version.draft_id).current()
    ground: GEOSGeometry | None = drafted.aggregate(ground=Union("geom"))["ground"]
    if ground is None:
        return
    below = Feature.objects.of_layer(version.current_id).current().filter(geom__intersects=ground)
    for zone in below.exclude(key__in=keys):
        if zone.geom is not None and zone.geom.intersection(ground).area > LEAST_OVERLAP_M2:
            left = zone.geom.difference(ground)
            kept = left if left.area > LEAST_OVERLAP_M2 else None
            yield FeatureState(zone.key, zone.properties, kept)
