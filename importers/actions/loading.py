"""Encoded rows into the database: straight into an empty layer, or staged and compared with what is held."""

import re
from collections.abc import Iterator
from datetime import datetime

from django.conf import settings
from django.db import IntegrityError, connection

from core.statements import quoted, statement
from importers.binary_copy import bigint, copy_rows, row_start, rows, since
from importers.errors import RepeatedKeys
from importers.rows import EncodedRows
from layers.actions import WrittenCounts, apply_staged_features, partition_of
from layers.actions.layers import start_revision
from layers.models import Layer

STAGED = quoted("staged_features")


def load_empty_layer(
    layer: Layer,
    encoded: Iterator[EncodedRows],
    *,
    recorded_at: datetime,
    valid_from: datetime,
    numbered: bool,
) -> int:
    """Fill a layer that has no rows yet; indexes are built after the load. Gives the number of rows."""
    loading = quoted(f"{partition_of(layer)}_loading")
    names = {"loading": loading, "partition": quoted(partition_of(layer)), "layer_id": str(int(layer.pk))}
    head = row_start(6) + bigint(layer.pk)
    tail = since(valid_from) + since(recorded_at)
    loaded = _Counter()
    execute("new_partition", names)
    copy_rows(
        loading,
        "layer_id, key, properties, geom, valid, recorded",
        (rows(head, part.keys, part.properties, part.shapes, tail) for part in loaded.through(encoded)),
    )
    if numbered:
        execute("number_repeated", {"table": loading})
    _build_indexes(loading)
    execute("index_partition", names)
    start_revision(layer)
    execute("swap_partition", names)
    return loaded.rows


def _build_indexes(loading: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement("importers", "parent_indexes"))
        for kind, definition in cursor.fetchall():
            cursor.execute(f"CREATE {kind} ON {loading} {definition}")


def load_staged(
    layer: Layer,
    encoded: Iterator[EncodedRows],
    *,
    valid_from: datetime,
    numbered: bool,
    refused_keys: list[str],
) -> WrittenCounts:
    """Compare the rows with what the layer holds and write the difference."""
    with connection.cursor() as cursor:
        cursor.execute(statement("layers", "stage_features").format(srid=int(settings.STORAGE_SRID)))
        # The key is checked once all rows are there; until then an index would only slow the load.
        cursor.execute("ALTER TABLE staged_features DROP CONSTRAINT staged_features_pkey")
        head = row_start(3)
        copy_rows(
            STAGED,
            "key, properties, geom",
            (rows(head, part.keys, part.properties, part.shapes) for part in encoded),
        )
        if numbered:
            execute("number_repeated", {"table": STAGED})
        cursor.execute("ALTER TABLE staged_features ADD PRIMARY KEY (key)")
        if refused_keys:
            cursor.execute(statement("importers", "keep_refused"), {"layer": layer.pk, "keys": refused_keys})
    return apply_staged_features(layer=layer, complete=True, valid_from=valid_from)


def repeated_key(error: IntegrityError, field: str) -> Exception:
    """RepeatedKeys with the value that PostgreSQL names, when that is what the error is about."""
    detail = getattr(getattr(error.__cause__, "diag", None), "message_detail", "") or ""
    match = re.search(r"key\)=\((?:\d+, )?(.*)\) (?:is duplicated|already exists)", detail)
    return RepeatedKeys(field=field, examples=f"“{match[1]}”") if match else error


class _Counter:
    """Counts rows as they pass."""

    def __init__(self) -> None:
        self.rows = 0

    def through(self, encoded: Iterator[EncodedRows]) -> Iterator[EncodedRows]:
        for part in encoded:
            self.rows += len(part.keys)
            yield part


def execute(name: str, names: dict[str, str]) -> None:
    """Run `importers/sql/<name>.sql` with identifiers filled in."""
    with connection.cursor() as cursor:
        cursor.execute(statement("importers", name).format(**names))
