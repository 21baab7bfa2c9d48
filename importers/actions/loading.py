"""Encoded rows into the database: straight into an empty layer, or staged and compared with what is held."""

import re
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, OperationalError, connection, transaction

from core.statements import quoted, statement
from importers.binary_copy import bigint, copy_rows, row_start, rows, same_rows, since
from importers.errors import RepeatedKeys
from importers.rows import EncodedRows
from layers.actions import Cause, Written, apply_staged_features, partition_of
from layers.models import Layer

STAGED = quoted("staged_features")
PATIENCE = "3s"


class Loading:
    """A table like layers_feature, filled and indexed apart from it, so that nobody waits meanwhile."""

    def __init__(self, layer: Layer) -> None:
        self.layer = layer
        self.table = f"{partition_of(layer)}_loading"
        self._names = {
            "loading": quoted(self.table),
            "partition": quoted(partition_of(layer)),
            "layer_id": str(int(layer.pk)),
            "web_srid": str(int(settings.WEB_SRID)),
        }

    def fill(
        self, encoded: Iterator[EncodedRows], *, recorded_at: datetime, valid_from: datetime, numbered: bool
    ) -> int:
        """COPY the rows with their web copies, then build what a partition has; `numbered` tells equal keys apart.
        Gives the number of rows. Raises IntegrityError when a key comes twice."""
        head = row_start(7) + bigint(self.layer.pk)
        tail = since(valid_from) + since(recorded_at)
        counter = _Counter()
        execute("new_partition", self._names)
        copy_rows(
            self._names["loading"],
            "layer_id, key, properties, geom, geom_web, valid, recorded",
            (rows(head, part, tail) for part in counter.through(encoded)),
            is_new=True,
        )
        self._check_web_copies()
        if numbered:
            execute("number_repeated", {"table": self._names["loading"]})
        _build_indexes(self._names["loading"])
        execute("index_partition", self._names)
        return counter.rows

    def _check_web_copies(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement("importers", "check_web_copy").format(**self._names))
            (agrees,) = cursor.fetchone()
        if not agrees:
            execute("make_web_copy", self._names)

    def adopted(self) -> None:
        """To be called once the table is the partition of a new layer."""
        execute("drop_check", self._names)

    def take_over(self) -> None:
        """Put the table in the place of the layer's empty partition. That needs all readers to pause for a moment;
        if they do not in `PATIENCE`, the partition is filled instead."""
        if _all_pause():
            execute("swap_partition", self._names)
            execute("drop_check", self._names)
        else:
            execute("fill_partition", self._names)

    def refill(self, statement_name: str, values: dict[str, Any]) -> bool:
        """Write a layer that has rows anew, by `importers/sql/<statement_name>.sql`, and put that in its place. False,
        and nothing done, when readers do not pause for it."""
        execute("new_partition", self._names)
        with connection.cursor() as cursor:
            cursor.execute(statement("importers", statement_name).format(**self._names), values)
        _build_indexes(self._names["loading"])
        execute("index_partition", self._names)
        if not _all_pause():
            execute("drop_loading", self._names)
            return False
        execute("swap_partition", self._names)
        execute("drop_check", self._names)
        return True


def _all_pause() -> bool:
    """Lock the features of all layers until the commit, if that is possible soon."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
            cursor.execute("LOCK TABLE ONLY layers_feature IN ACCESS EXCLUSIVE MODE")
            cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
    except OperationalError:
        return False
    return True


def queue_for_layer(slug: str) -> None:
    """Wait until no other import of this layer is under way."""
    with connection.cursor() as cursor:
        cursor.execute(statement("importers", "queue_for_layer"), {"slug": slug})


def reserved_layer_id() -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement("importers", "reserve_layer"))
        (number,) = cursor.fetchone()
    return int(number)


def _build_indexes(loading: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement("importers", "parent_indexes"))
        for kind, definition in cursor.fetchall():
            cursor.execute(f"CREATE {kind} ON {loading} {definition}")


def load_staged(
    layer: Layer,
    encoded: Iterator[EncodedRows],
    *,
    valid_from: datetime | None,
    numbered: bool,
    refused_keys: list[str],
    cause: Cause,
    largest_removed_share: float | None,
    complete: bool = True,
    judged: Callable[[Any], None] | None = None,
) -> Written:
    """Compare the rows with what the layer holds and write the difference."""
    with connection.cursor() as cursor:
        cursor.execute(statement("layers", "stage_features").format(srid=int(settings.STORAGE_SRID)))
        # The key is checked once all rows are there; until then an index would only slow the load.
        cursor.execute("ALTER TABLE staged_features DROP CONSTRAINT staged_features_pkey")
        # A row that is known to be as it was comes as its key alone.
        cursor.execute("ALTER TABLE staged_features ALTER properties DROP NOT NULL")
        head = row_start(3)
        copy_rows(
            STAGED,
            "key, properties, geom",
            (rows(head, part) + same_rows(head, part.same) for part in encoded),
        )
        if numbered:
            execute("number_repeated", {"table": STAGED})
        cursor.execute("ALTER TABLE staged_features ADD PRIMARY KEY (key)")
        if refused_keys:
            cursor.execute(statement("importers", "keep_refused"), {"layer": layer.pk, "keys": refused_keys})
    return apply_staged_features(
        layer=layer,
        complete=complete,
        valid_from=valid_from,
        cause=cause,
        largest_removed_share=largest_removed_share,
        judged=judged,
    )


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
