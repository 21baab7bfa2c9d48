"""One download while it is made: the surveyed order, its rows in batches, and what is worth telling about it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from django.contrib.gis.db.models.functions import AsWKB
from django.db import OperationalError, connection, transaction
from django.utils.functional import Promise
from psycopg2.errors import QueryCanceled

from layers.exports.errors import ExportTooSlow
from layers.exports.order import ExportOrder
from layers.exports.survey import KEY, Survey, columns_of, facts_of, rows_of, survey
from layers.exports.systems import Mover, Shapes

ROWS_PER_FETCH = 2_000
ROWS_PER_BATCH = 10_000
BYTES_PER_BATCH = 8 << 20
TIMEOUT = "60s"
SHAPE = "export_shape"
Listen = Callable[[int, int], None]


@dataclass(frozen=True)
class Batch:
    """Consecutive rows. `wkb` and `shapes` are the geometries in the CRS of the order, None where there is none;
    `columns` has a list of values for every field of the survey, JSON values as they are kept, None for blanks."""

    keys: list[str]
    wkb: list[bytes | None]
    columns: list[list[Any]]
    _shapes: Shapes | None = None

    @property
    def shapes(self) -> Shapes:
        if self._shapes is not None:
            return self._shapes
        return np.asarray(shapely.from_wkb(np.array(self.wkb, dtype=object)), dtype=object)

    def __len__(self) -> int:
        return len(self.keys)


@dataclass
class Export:
    """`notes` are told in the archive: sentences with the facts that fill them. `listen` hears how many of how many
    rows are read."""

    order: ExportOrder
    survey: Survey
    notes: list[tuple[str | Promise, dict[str, Any]]] = field(default_factory=list)
    listen: Listen | None = None

    def tell(self, sentence: str | Promise, **facts: Any) -> None:
        self.notes.append((sentence, facts))

    def batches(self) -> Iterator[Batch]:
        """Every row once, in memory for a batch at a time."""
        mover = Mover(self.order.system)
        read = 0
        for rows in self._chunks():
            yield self._batch(rows, mover)
            read += len(rows)
            if self.listen is not None:
                self.listen(read, self.survey.rows)

    def _chunks(self) -> Iterator[list[tuple[Any, ...]]]:
        rows: list[tuple[Any, ...]] = []
        size = 0
        for row in self._rows():
            rows.append(row)
            size += len(row[1]) if row[1] is not None else 0
            if len(rows) >= ROWS_PER_BATCH or size >= BYTES_PER_BATCH:
                yield rows
                rows, size = [], 0
        if rows:
            yield rows

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        """Key, WKB, JSON properties if there are any, then the columns; by a cursor that the database keeps."""
        source = self.order.source
        columns = columns_of(source)
        shape = {SHAPE: AsWKB(source.geometry)}
        found = rows_of(self.order).annotate(**columns, **shape)
        json = facts_of(source).json_properties
        wanted = [KEY, SHAPE, *([json] if json else []), *(name for name in columns if name != KEY)]
        with slowness_told():
            yield from found.values_list(*wanted).iterator(chunk_size=ROWS_PER_FETCH)

    def _batch(self, rows: list[tuple[Any, ...]], mover: Mover) -> Batch:
        keys, wkb, *rest = map(list, zip(*rows, strict=True))
        packed = [bytes(one) if one is not None else None for one in wkb]
        json = facts_of(self.order.source).json_properties
        records = rest.pop(0) if json else []
        columns = [self._values(number, keys, records, rest) for number in range(len(self.survey.fields))]
        if not mover.is_needed:
            return Batch(keys, packed, columns)
        shapes = mover.moved(np.asarray(shapely.from_wkb(np.array(packed, dtype=object)), dtype=object))
        return Batch(keys, list(shapely.to_wkb(shapes, byte_order=1)), columns, shapes)

    def _values(
        self, number: int, keys: list[str], records: list[dict[str, Any]], rest: list[list[Any]]
    ) -> list[Any]:
        wanted = self.survey.fields[number]
        if wanted.column == KEY:
            return keys
        if wanted.column:
            return rest[int(wanted.column.rpartition("_")[2])]
        name = wanted.name
        values = [record.get(name) for record in records]
        if number == self.survey.key:
            return [key if value is None else value for key, value in zip(keys, values, strict=True)]
        return values


@contextmanager
def surveyed(order: ExportOrder, listen: Listen | None = None) -> Iterator[Export]:
    """The export, its survey and its rows seen at one moment, each statement bounded in time."""
    with transaction.atomic(), slowness_told():
        _one_moment()
        yield Export(order, survey(order), listen=listen)


@contextmanager
def slowness_told() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise ExportTooSlow() from error
        raise


def _one_moment() -> None:
    """Later statements see what the first one sees. Inside another transaction only the time is bounded."""
    with connection.cursor() as cursor:
        if len(connection.savepoint_ids) == 0:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(f"SET LOCAL statement_timeout = '{TIMEOUT}'")
