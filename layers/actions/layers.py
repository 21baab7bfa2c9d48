"""Make and change layers: the row of the catalogue together with its partition."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.errors import Conflict
from core.statements import quoted, statement
from layers.actions.places import rebuild_places
from layers.models import Layer, Revision
from layers.tile_files import forget_tiles
from layers.visibility import view_of
from layers.visibility_checks import check_visibility


@dataclass(frozen=True)
class Cause:
    """Who writes features, and why; kept with the revision."""

    actor: User | None = None
    reason: str = ""


NOBODY = Cause()


class RecordedTooEarly(Conflict):
    code = "recorded_too_early"
    sentence = _(
        "The layer already knows something newer than this moment of recording. Record it with a later time."
    )


def partition_of(layer: Layer) -> str:
    """Name of the table that holds this layer's features alone."""
    return f"layers_feature_{int(layer.pk)}"


@transaction.atomic
def create_layer(
    *, slug: str, title: str, theme: str, geometry_kind: str, filled_table: str = "", **rest: Any
) -> Layer:
    """A new layer; `rest` are further fields of Layer, `departments` a list of departments that see it.

    It is empty, unless `filled_table` names a table like layers_feature whose rows carry the `id` given in `rest`:
    that table then becomes its partition. Raises BadFilter for bad `public_rows`, UnknownVisibility, KeyIsTold.
    """
    departments = rest.pop("departments", ())
    layer = Layer(slug=slug, title=title, theme=theme, geometry_kind=geometry_kind, **rest)
    with connection.cursor() as cursor:
        cursor.execute(statement("layers", "lock_for_new_layer"))
        layer.full_clean(exclude=["departments"])
        check_visibility(layer)
        layer.save(force_insert=True)
        layer.departments.set(departments)
        sql = statement("layers", "adopt_partition" if filled_table else "create_partition")
        names = {"partition": quoted(partition_of(layer)), "layer_id": int(layer.pk)}
        cursor.execute(sql.format(**names, filled=quoted(filled_table)))
    return layer


@transaction.atomic
def change_layer(*, layer: Layer, **changes: Any) -> Layer:
    """Change fields of the catalogue row, `departments` among them, and start a new revision.

    Tiles kept as files are removed, and the search forgets its places: what is no longer public must neither be
    served by the front server nor found. Raises BadFilter for `public_rows` that are none, UnknownVisibility, KeyIsTold
    (of layers/visibility_checks.py).
    """
    before = _told_to_everybody(Layer.objects.get(pk=layer.pk))
    departments = changes.pop("departments", None)
    for name, value in changes.items():
        setattr(layer, name, value)
    layer.full_clean(exclude=["departments", "revision"])
    check_visibility(layer)
    layer.save(update_fields=list(changes))
    if departments is not None:
        layer.departments.set(departments)
    start_revision(layer)
    if _told_to_everybody(layer) != before:
        rebuild_places()
    return layer


def _told_to_everybody(layer: Layer) -> tuple[Any, ...]:
    view = view_of(layer, AnonymousUser())
    return layer.visibility, view.hidden, view.is_ruled and layer.public_rows


def record_revision(
    *, layer: Layer, recorded_at: datetime, counts: dict[str, int], cause: Cause = NOBODY
) -> Revision:
    """Start a revision for features written at `recorded_at`, and keep who, why and how many.

    Raises RecordedTooEarly when the layer has a revision of that moment or later. The layer's row must be locked.
    """
    latest = Revision.objects.latest_of(layer.pk)
    if latest is not None and latest.recorded_at >= recorded_at:
        raise RecordedTooEarly()
    start_revision(layer)
    if layer.public_rows:  # What is found by its name may be hidden now.
        rebuild_places()
    return Revision.objects.create(
        layer=layer,
        number=layer.revision,
        recorded_at=recorded_at,
        actor=cause.actor,
        reason=cause.reason[:300],
        counts=counts,
    )


def start_revision(layer: Layer) -> None:
    """Every address of a tile of this layer becomes a new one; the files of the old ones go."""
    Layer.objects.filter(pk=layer.pk).update(revision=F("revision") + 1)
    layer.refresh_from_db(fields=["revision"])
    slugs = [layer.slug, "base"] if layer.theme == "base" else [layer.slug]
    transaction.on_commit(lambda: forget_tiles(*slugs))
