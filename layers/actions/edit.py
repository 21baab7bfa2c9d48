"""Change single features of a layer: every change is a revision with who and why, and no writer overwrites another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.contrib.gis.geos import GEOSGeometry
from django.db import OperationalError, connection, transaction
from django.utils import timezone
from psycopg2.errors import LockNotAvailable
from psycopg2.extras import DateTimeTZRange
from shapely.geometry.base import BaseGeometry

from accounts.models import User
from core.errors import NotFound, PortalError
from layers.actions.features import FeatureState, write_features
from layers.actions.layers import Cause
from layers.editing.drafts import Act, Draft, Edit
from layers.editing.errors import (
    BadDay,
    BadReason,
    ChangedMeanwhile,
    KeyTaken,
    KeyTwice,
    LayerBusy,
    NoFeature,
    NotEditable,
    NothingToDo,
    PlannedChange,
    TooManyEdits,
)
from layers.editing.keys import key_for
from layers.editing.states import Settled, settled_state
from layers.editing.tags import Held, held_states
from layers.models import Feature, Layer, Revision
from layers.sources import FeatureSource, source_for
from municipality.models import Role
from municipality.roles import require

MOST_EDITS = 500
LONGEST_REASON = 300
PATIENCE = "10s"
LONGEST_AHEAD = timedelta(days=36_525)
EDITORS = (Role.PLANNER, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class Edited:
    """`keys` are those of the edits, in their order; `tags` those of the states that now hold, by key. `revision` is
    None when nothing was different from what the layer held."""

    keys: list[str]
    tags: Mapping[str, str] = field(default_factory=dict)
    revision: Revision | None = None


@transaction.atomic
def edit_features(
    *,
    user: User,
    slug: str,
    edits: Sequence[Edit],
    reason: str = "",
    valid_from: datetime | None = None,
    correction: bool = False,
) -> Edited:
    """All of the edits as one revision, or none. They hold from `valid_from` on (now, when not given); a correction
    replaces what was wrong for all its time.

    Raises NotAllowed, NotFound, NotEditable, LayerBusy, NoFeature, ChangedMeanwhile, KeyTaken, PlannedChange, and what
    `settled_state` raises for an edit that breaks a rule of the layer; its fact "at" is the place of that edit.
    """
    require(user, *EDITORS)
    _refuse(edits, reason, valid_from)
    layer, source = _opened(user, slug)
    keyed = [_keyed(one, layer) for one in edits]
    _refuse_twice(keyed)
    held = held_states(source, [one.key for one in keyed])
    _refuse_lost(keyed, held)
    _refuse_taken(keyed, layer, source, held)
    before = Revision.objects.latest_of(layer.pk)
    write_features(
        layer=layer,
        states=_states(keyed, held, layer, source),
        removed=[one.key for one in keyed if one.act == Act.END],
        correction=correction,
        valid_from=valid_from,
        cause=Cause(user, reason.strip()),
    )
    return _told(user, slug, layer, keyed, before)


def create_feature(*, user: User, slug: str, draft: Draft, reason: str = "") -> Edited:
    """One new feature, which holds from now on. Raises as `edit_features`."""
    return edit_features(user=user, slug=slug, edits=[Edit(Act.CREATE, draft=draft)], reason=reason)


def replace_feature(
    *, user: User, slug: str, key: str, draft: Draft, tags: tuple[str, ...] | None = None, reason: str = ""
) -> Edited:
    """All that the user sees of the feature becomes what the draft says. Raises as `edit_features`."""
    return edit_features(user=user, slug=slug, edits=[Edit(Act.REPLACE, key, draft, tags)], reason=reason)


def update_feature(
    *, user: User, slug: str, key: str, draft: Draft, tags: tuple[str, ...] | None = None, reason: str = ""
) -> Edited:
    """What the draft names is changed, as a JSON merge patch; the rest stays. Raises as `edit_features`."""
    return edit_features(user=user, slug=slug, edits=[Edit(Act.UPDATE, key, draft, tags)], reason=reason)


def end_feature(
    *, user: User, slug: str, key: str, tags: tuple[str, ...] | None = None, reason: str = ""
) -> Edited:
    """The feature holds no longer from now on; its past stays. Raises as `edit_features`."""
    return edit_features(user=user, slug=slug, edits=[Edit(Act.END, key, tags=tags)], reason=reason)


def _refuse(edits: Sequence[Edit], reason: str, valid_from: datetime | None) -> None:
    if not edits:
        raise NothingToDo()
    if len(edits) > MOST_EDITS:
        raise TooManyEdits(most=MOST_EDITS)
    if len(reason) > LONGEST_REASON:
        raise BadReason(most=LONGEST_REASON)
    if valid_from is not None and (valid_from.year < 1800 or valid_from > timezone.now() + LONGEST_AHEAD):
        raise BadDay(given=valid_from.date())


def _opened(user: User, slug: str) -> tuple[Layer, FeatureSource]:
    """The layer, locked: writers of one layer queue, so that what each compares with is the last word."""
    visible = Layer.objects.visible_to(user).filter(slug=slug).first()
    if visible is None:
        raise NotFound()
    layer = _locked(visible)
    if not layer.is_editable:
        raise NotEditable()
    return layer, source_for(user, slug)


def _locked(layer: Layer) -> Layer:
    """An import holds a layer for as long as it takes, and nobody waits that long before a page."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
            found = Layer.objects.select_for_update(no_key=True).get(pk=layer.pk)
            cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            raise LayerBusy() from error
        raise
    return found


def _keyed(edit: Edit, layer: Layer) -> Edit:
    return replace(edit, key=key_for(edit.draft, layer)) if edit.act == Act.CREATE else edit


def _refuse_twice(edits: Sequence[Edit]) -> None:
    seen: set[str] = set()
    for one in edits:
        if one.key in seen:
            raise KeyTwice(key=one.key)
        seen.add(one.key)


def _refuse_lost(edits: Sequence[Edit], held: Mapping[str, Held]) -> None:
    """Every edit finds the state that it was meant for."""
    old = [one for one in edits if one.act != Act.CREATE]
    lost = [one.key for one in old if one.key not in held and one.tags is not None]
    missing = [one.key for one in old if one.key not in held]
    if missing and (len(edits) == 1 or not lost):
        raise NoFeature(given=missing[0][:60])
    changed = [
        one.key
        for one in old
        if one.tags is not None
        and "*" not in one.tags
        and one.key in held
        and held[one.key].tag not in one.tags
    ]
    if lost or changed:
        raise ChangedMeanwhile([*lost, *changed])


def _refuse_taken(
    edits: Sequence[Edit], layer: Layer, source: FeatureSource, held: Mapping[str, Held]
) -> None:
    """A new key is free from now on, seen by the user or not; an old one has no change ahead that would be lost."""
    acts = {one.key: one.act for one in edits}
    ahead = DateTimeTZRange(timezone.now(), None)
    rows = Feature.objects.of_layer(layer.pk).as_known().filter(key__in=list(acts), valid__overlap=ahead)
    for pk, key, valid in rows.values_list("pk", "key", "valid"):
        if acts[key] == Act.CREATE:
            raise KeyTaken(key=key)
        if pk != held[key].pk or valid.upper is not None:
            raise PlannedChange(key=key)


def _states(
    edits: Sequence[Edit], held: Mapping[str, Held], layer: Layer, source: FeatureSource
) -> list[FeatureState]:
    states: list[FeatureState] = []
    shapes: list[BaseGeometry] = []
    for place, one in enumerate(edits):
        if one.act == Act.END:
            continue
        try:
            settled = settled_state(one, held.get(one.key), layer, source, shapes)
        except PortalError as refusal:
            refusal.facts["at"] = place
            raise
        if settled.shape is not None:
            shapes.append(settled.shape)
        states.append(FeatureState(one.key, settled.properties, _geos(settled, layer)))
    return states


def _geos(settled: Settled, layer: Layer) -> GEOSGeometry | None:
    if settled.shape is None:
        return None
    return GEOSGeometry(memoryview(settled.shape.wkb), srid=Feature._meta.get_field("geom").srid)


def _told(user: User, slug: str, layer: Layer, edits: Sequence[Edit], before: Revision | None) -> Edited:
    keys = [one.key for one in edits]
    latest = Revision.objects.latest_of(layer.pk)
    tags = {key: held.tag for key, held in held_states(source_for(user, slug), keys).items()}
    return Edited(keys, tags, latest if latest != before else None)
