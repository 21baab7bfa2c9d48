"""Import a file into a layer: rows are recognised by key, compared with what is held, and written in time."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import IntegrityError
from django.utils import timezone

from accounts.models import User
from importers.actions.loading import Loading, load_staged, queue_for_layer, repeated_key, reserved_layer_id
from importers.actions.runs import Assignment, carry_out
from importers.errors import OtherKey, refuse_bad_slug
from importers.field_schema import FieldTypes
from importers.reading import Reading, reading
from importers.report import Report
from importers.rows import EncodedRows, KeyRule, encoded_rows
from importers.sources import ReadOptions
from layers.actions import change_layer, create_layer
from layers.models import Feature, GeometryKind, Layer, Theme


@dataclass(frozen=True)
class LayerOrder:
    """What goes where. `key` names the field by which rows are recognised; blank means the one the layer has,
    or the content of the row. Title and theme are for a layer that is made by this import."""

    path: Path
    slug: str
    key: str = ""
    title: str = ""
    theme: str = Theme.LAND_USE
    options: ReadOptions = field(default_factory=ReadOptions)
    swap_axes: bool = False
    valid_from: datetime | None = None
    dry_run: bool = False
    user: User | None = None


def import_layer(order: LayerOrder) -> Report:
    """Bring the layer to what the file says; what is not in it any more ends, nothing is deleted.

    Raises ImportRefused (or another PortalError) with the database untouched.
    """
    mapping = {"key": order.key, "source_layer": order.options.source_layer}
    task = Assignment(order.path, "layer", order.slug, mapping, order.dry_run, order.user)
    return carry_out(task, lambda report: _import(order, report))


def _import(order: LayerOrder, report: Report) -> None:
    queue_for_layer(order.slug)
    layer = Layer.objects.select_for_update(no_key=True).filter(slug=order.slug).first()
    if layer is None:
        refuse_bad_slug(order.slug)
    key = _key_field(order, layer)
    expected = layer.geometry_kind if layer is not None else GeometryKind.MIXED
    with reading(
        order.path, order.options, report, expected=expected, key_field=key, swap_axes=order.swap_axes
    ) as read:
        read.require(key)
        if not key:
            report.tell("hash_key")
        types = FieldTypes(read.source.fields)
        rows = encoded_rows(read, KeyRule(key), types)
        try:
            _write(order, layer, key, rows, read, types)
        except IntegrityError as error:
            raise repeated_key(error, key) from error


def _write(
    order: LayerOrder,
    layer: Layer | None,
    key: str,
    rows: Iterator[EncodedRows],
    read: Reading,
    types: FieldTypes,
) -> None:
    now = timezone.now()
    if layer is not None and Feature.objects.of_layer(layer.pk).exists():
        written = load_staged(
            layer,
            rows,
            valid_from=order.valid_from or now,
            numbered=not key,
            refused_keys=read.cleaner.refused_keys,
        )
        read.report.counts.update(asdict(written))
        return
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


def _key_field(order: LayerOrder, layer: Layer | None) -> str:
    """The key of this import. A layer that was filled by one key cannot go on with another."""
    if layer is None:
        return order.key
    filled = Feature.objects.of_layer(layer.pk).exists()
    if filled and order.key and order.key != layer.key_field:
        raise OtherKey(layer=layer.slug, held=layer.key_field or "—")
    return order.key or layer.key_field


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
        source=order.path.name[:300],
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
