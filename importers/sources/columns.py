"""Rows held as columns: records are made only for those who ask, and JSON is written a column at a time."""

from collections.abc import Iterator, Sequence
from typing import Any, overload

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from importers.sources.base import Record
from importers.storable import json_text

# What JSON must not hold as it is; a quick question to a whole column.
_ESCAPED = r'["\\\x00-\x1f]'
KINDS = (
    (pa.types.is_string, "string"),
    (pa.types.is_boolean, "boolean"),
    (pa.types.is_integer, "integer"),
    (pa.types.is_floating, "number"),
    (pa.types.is_list, "array"),
)


class Columns(Sequence[Record]):
    """The properties of a batch. As a sequence it gives a record a row, with blanks (nulls, empty texts, numbers
    that are not finite) left out. Raises ValueError for text that is not UTF-8."""

    def __init__(self, names: list[str], columns: list[pa.Array], rows: int) -> None:
        self._names = names
        self._columns = [_storable(column) for column in columns]
        self._rows = rows
        self._lists: list[list[Any]] | None = None

    def __len__(self) -> int:
        return self._rows

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> list[Record]: ...
    def __getitem__(self, index: int | slice) -> Record | list[Record]:
        if isinstance(index, slice):
            return [self._record(row) for row in range(*index.indices(self._rows))]
        return self._record(range(self._rows)[index])

    def __iter__(self) -> Iterator[Record]:
        if not self._names:
            return iter([{} for _ in range(self._rows)])
        names = self._names
        rows = zip(*self._values(), strict=True)
        if not any(column.null_count for column in self._columns):
            return (dict(zip(names, row, strict=True)) for row in rows)
        return (
            {name: value for name, value in zip(names, row, strict=True) if value is not None} for row in rows
        )

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and list(self) == list(other)

    __hash__ = None  # type: ignore[assignment]

    def take(self, indexes: list[int]) -> "Columns":
        """Some of the rows, in this order."""
        chosen = pa.Array.from_buffers(
            pa.int64(), len(indexes), [None, pa.py_buffer(np.array(indexes, dtype=np.int64))]
        )
        return Columns(self._names, [column.take(chosen) for column in self._columns], len(indexes))

    def values(self, name: str) -> list[Any]:
        """One field of every row, None where it is blank."""
        if name not in self._names:
            return [None] * self._rows
        return list(self._columns[self._names.index(name)].to_pylist())

    def kinds(self) -> dict[str, str]:
        """The JSON type of every field that has a value, as JSON Schema names it."""
        filled = [
            (name, column.type)
            for name, column in zip(self._names, self._columns, strict=True)
            if column.null_count < len(column)
        ]
        return {name: next(kind for is_one, kind in KINDS if is_one(type_)) for name, type_ in filled}

    def json(self) -> list[bytes] | None:
        """What `storable.json_bytes` makes of every record; None when only a look at every
        value would tell."""
        if not self._rows or not self._names:
            return [b"{}"] * self._rows
        pieces = []
        for name, column in zip(self._names, self._columns, strict=True):
            if _is_hard(column):
                return None
            pieces.append(_members(json_text(name), column))
        opening, closing, nothing = texts(["{", "}", ""])
        members = pc.binary_join_element_wise(*pieces, nothing)
        # Every member ends with a comma, the last one too.
        objects = pc.binary_join_element_wise(
            opening, pc.utf8_slice_codeunits(members, 0, -1), closing, nothing
        )
        return list(objects.cast(pa.binary()).to_pylist())

    def _values(self) -> list[list[Any]]:
        if self._lists is None:
            self._lists = [column.to_pylist() for column in self._columns]
        return self._lists

    def _record(self, row: int) -> Record:
        values = [column[row].as_py() for column in self._columns]
        return {name: value for name, value in zip(self._names, values, strict=True) if value is not None}


def texts(values: Sequence[str | None]) -> pa.StringArray:
    """As pa.array, and an element of it as pa.scalar; either would load pandas to see whether it is given its
    objects."""
    data = [b"" if value is None else value.encode() for value in values]
    ends = np.zeros(len(data) + 1, dtype=np.int32)
    np.cumsum([len(text) for text in data], out=ends[1:])
    filled = np.packbits([value is not None for value in values], bitorder="little")
    return pa.StringArray.from_buffers(
        len(data), pa.py_buffer(ends), pa.py_buffer(b"".join(data)), pa.py_buffer(filled)
    )


def taken(records: Sequence[Record], indexes: list[int]) -> Sequence[Record]:
    """Some of the records, in this order; columns stay columns."""
    if indexes == list(range(len(records))):
        return records
    return records.take(indexes) if isinstance(records, Columns) else [records[index] for index in indexes]


def values_of(records: Sequence[Record], name: str) -> list[Any]:
    """One field of every record, None where it is blank."""
    return records.values(name) if isinstance(records, Columns) else [record.get(name) for record in records]


def _storable(column: pa.Array) -> pa.Array:
    """A column of JSON values, null where there is nothing to keep."""
    if isinstance(column, pa.ExtensionArray):
        column = column.storage
    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        column = column.cast(pa.string())
        column.validate(full=True)
        return _without(column, pc.equal(column, texts([""])[0]))
    if pa.types.is_floating(kind):
        return _without(column, pc.invert(pc.is_finite(column)))
    if pa.types.is_date(kind) or pa.types.is_time(kind):
        return column.cast(pa.string())
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind) or pa.types.is_list(kind):
        return column
    return pa.nulls(len(column))


def _without(column: pa.Array, blank: pa.Array) -> pa.Array:
    if not pc.any(blank).as_py():
        return column
    return pc.if_else(blank, pa.nulls(1, column.type)[0], column)


def _is_hard(column: pa.Array) -> bool:
    """Needs a look at every value: lists, and texts with a NUL."""
    if pa.types.is_string(column.type):
        return bool(pc.any(pc.match_substring(column, "\0")).as_py())
    return bool(pa.types.is_list(column.type))


def _members(name: str, column: pa.Array) -> pa.Array:
    """`"name":value,` of every row, nothing where it is blank."""
    if pa.types.is_null(column.type):
        return texts([""] * len(column))
    quote, written = '"', column
    if not pa.types.is_string(column.type):
        quote, written = "", _numbers(column)
    elif pc.any(pc.match_substring_regex(column, _ESCAPED)).as_py():
        quote = ""
        written = texts([None if text is None else json_text(text) for text in column.to_pylist()])
    before, after, nothing = texts([f"{name}:{quote}", f"{quote},", ""])
    members = pc.binary_join_element_wise(before, written, after, nothing)
    return pc.if_else(pc.is_null(members), nothing, members) if members.null_count else members


def _numbers(column: pa.Array) -> pa.Array:
    """Numbers as Python writes them, so that the same value is the same text from every kind of file."""
    if pa.types.is_floating(column.type):
        return texts([None if value is None else float.__repr__(value) for value in column.to_pylist()])
    return column.cast(pa.string())
