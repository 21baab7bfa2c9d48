"""Import a file into a layer: rows are recognised by key, compared with what is held, and written in time."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError
from django.utils import timezone

from importers.actions.digests import keep_digests, known_rows
from importers.actions.loading import Loading, load_staged, queue_for_layer, repeated_key, reserved_layer_id
from importers.actions.runs import carry_out
from importers.errors import OtherKey, refuse_bad_slug
from importers.evidence.changes import changes_told
from importers.field_schema import FieldTypes
from importers.models import ImportRun, Target
from importers.moments import refuse_unreal
from importers.order import Order
from importers.reading import Reading, reading
from importers.report import Report
from importers.rows import EncodedRows, KeyRule, encoded_rows
from layers.actions import Cause, change_layer, create_layer, record_revision
from layers.models import Feature, GeometryKind, Layer, Theme


@dataclass(frozen=True)
class LayerOrder(Order):
    """What goes where. `key` names the field by which rows are recognised, as the file or the layer calls it; blank
    means the one the layer has, or the content of the row. Title and theme are for a layer that is made by this
    import. Unless `allow_removals`, a file that would end more than settings.IMPORT_REMOVED_SHARE of the layer is
    refused."""

    slug: str = ""
    key: str = ""
    title: str = ""
    theme: str = Theme.LAND_USE
    valid_from: datetime | None = None
    allow_removals: bool = False

    def fills(self, kind: str, slug: str) -> bool:
        return (kind, slug) == ("layer", self.slug)


def import_layer(order: LayerOrder) -> Report:
    """Bring the layer to what the file says; what is not in it any more ends, nothing is deleted.

    Raises ImportRefused (or another PortalError) with the database untouched.
    """
    facts = {
        "key": order.key,
        "title": order.title,
        "theme": order.theme,
        "valid_from": order.valid_from.isoformat() if order.valid_from else None,
        "allow_removals": order.allow_removals,
    }
    return carry_out(
        order, Target.LAYER, order.slug, facts, lambda report, run: _import(order, report, _cause(order, run))
    )


def _cause(order: LayerOrder, run: ImportRun) -> Cause:
    return Cause(run.user, order.file_name)


def _import(order: LayerOrder, report: Report, cause: Cause) -> None:
    refuse_unreal(order.valid_from)
    queue_for_layer(order.slug)
    layer = Layer.objects.select_for_update(no_key=True).filter(slug=order.slug).first()
    if layer is None:
        refuse_bad_slug(order.slug)
    else:
        order = replace(order, options=replace(order.options, types=_held_types(layer)))
    key = _key_field(order, layer)
    expected = layer.geometry_kind if layer is not None else GeometryKind.MIXED
    with reading(order, report, expected=expected, key_field=key) as read:
        read.require(key)
        if not key:
            report.tell("hash_key")
        types = FieldTypes(read.fields)
        is_empty = layer is None or not Feature.objects.of_layer(layer.pk).exists()
        moment = order.valid_from or timezone.now()
        read.known = known_rows(order, None if is_empty else layer, read, key, moment)
        rows = encoded_rows(read, KeyRule(key), types, with_copies=is_empty)
        try:
            _write(order, layer, key, rows, read, types, cause)
        except IntegrityError as error:
            raise repeated_key(error, key) from error
        keep_digests(order, order.slug, read, key, order.valid_from or timezone.now())


def _held_types(layer: Layer) -> dict[str, str]:
    """The JSON types of the layer's fields, by which a file without types is read."""
    fields = layer.field_schema.get("properties", {})
    return {name: field["type"] for name, field in fields.items() if isinstance(field.get("type"), str)}


def _write(
    order: LayerOrder,
    layer: Layer | None,
    key: str,
    rows: Iterator[EncodedRows],
    read: Reading,
    types: FieldTypes,
    cause: Cause,
) -> None:
    if layer is not None and Feature.objects.of_layer(layer.pk).exists():
        written = load_staged(
            layer,
            rows,
            valid_from=order.valid_from,
            numbered=not key,
            refused_keys=read.cleaner.refused_keys,
            cause=cause,
            complete=not order.is_partial,
            largest_removed_share=None
            if order.allow_removals or order.dry_run
            else settings.IMPORT_REMOVED_SHARE,
            judged=_judged(layer, read) if order.dry_run else None,
        )
        read.report.counts.update(asdict(written.counts))
        read.report.revision = written.revision
        return
    now = timezone.now()
    loading = Loading(layer or Layer(pk=reserved_layer_id(), slug=order.slug))
    read.report.counts["added"] += loading.fill(
        rows, recorded_at=now, valid_from=order.valid_from or now, numbered=not key
    )
    if order.dry_run:
        return
    if layer is None:
        _new_layer(order, key, loading, types, read.cleaner.kinds)
    else:
        loading.take_over()
        _describe(layer, key, types)
    read.report.revision = record_revision(
        layer=Layer.objects.get(slug=order.slug),
        recorded_at=now,
        counts={"added": read.report.counts["added"]},
        cause=cause,
    )


def _judged(layer: Layer, read: Reading) -> Callable[[Any], None]:
    return changes_told(layer, read.report, read.evidence.sample if read.evidence is not None else None)


def _key_field(order: LayerOrder, layer: Layer | None) -> str:
    """The key of this import. A layer that was filled by one key cannot go on with another."""
    asked = order.rules.named(order.key)
    if layer is None:
        return asked
    filled = Feature.objects.of_layer(layer.pk).exists()
    if filled and asked and asked != layer.key_field:
        raise OtherKey(layer=layer.slug, held=layer.key_field or "—")
    return asked or layer.key_field


def _new_layer(order: LayerOrder, key: str, loading: Loading, types: FieldTypes, kinds: set[str]) -> None:
    create_layer(
        id=loading.layer.pk,
        filled_table=loading.table,
        slug=order.slug,
        title=order.title[:200] or order.slug,
        theme=order.theme,
        geometry_kind=next(iter(kinds)) if len(kinds) == 1 else GeometryKind.MIXED,
        key_field=key,
        field_schema=types.schema(),
        source=order.file_name[:300],
    )
    loading.adopted()


def _describe(layer: Layer, key: str, types: FieldTypes) -> None:
    """What the catalogue did not know yet of a layer that was empty: the key, the fields."""
    changes: dict[str, Any] = {}
    if layer.key_field != key:
        changes["key_field"] = key
    if not layer.field_schema:
        changes["field_schema"] = types.schema()
    if changes:
        change_layer(layer=layer, **changes)
