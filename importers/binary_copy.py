"""Rows in the binary format of PostgreSQL's COPY, streamed while the next batch is being prepared."""

import struct
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import chain, repeat

from django.db import connection

from importers.ahead import ahead
from importers.rows import EncodedRows

_HEADER = b"PGCOPY\n\xff\r\n\0" + struct.pack(">ii", 0, 0)
_TRAILER = struct.pack(">h", -1)
_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_LOWER_INCLUSIVE, _UPPER_INFINITE = 0x02, 0x10
# Each piece waits for its turn beside the thread that makes the next ones, so there should be few.
_SEND_BYTES = 2 << 20
_length = struct.Struct(">i").pack


class _Lengths(dict[int, bytes]):
    """Lengths as COPY wants them; short ones are made once."""

    def __missing__(self, length: int) -> bytes:
        data = _length(length)
        if length < _SHORT:
            self[length] = data
        return data


_SHORT = 1 << 14
_LENGTHS = _Lengths()


def row_start(columns: int) -> bytes:
    return struct.pack(">h", columns)


def bigint(value: int) -> bytes:
    return struct.pack(">iq", 8, value)


def since(moment: datetime) -> bytes:
    """The range [moment, ∞) as a tstzrange."""
    gap = moment - _EPOCH
    microseconds = (gap.days * 86_400 + gap.seconds) * 1_000_000 + gap.microseconds
    flags = _LOWER_INCLUSIVE | _UPPER_INFINITE
    return struct.pack(">ibiq", 13, flags, 8, microseconds)


def rows(head: bytes, part: EncodedRows, tail: bytes = b"") -> bytes:
    """`head`, key (text), properties (jsonb), geometry (WKB), the web copy where there is one, and `tail` of every
    row; head and tail are whole encoded fields, the head begins with `row_start`."""
    fields = [
        _lengths(part.keys),
        part.keys,
        # The version of the format comes before a jsonb.
        [_length(len(data) + 1) + b"\1" for data in part.properties],
        part.properties,
        _lengths(part.shapes),
        part.shapes,
    ]
    if part.copies is not None:
        fields += [_lengths(part.copies), part.copies]
    return b"".join(chain.from_iterable(zip(repeat(head), *fields, repeat(tail))))


def same_rows(head: bytes, keys: list[bytes]) -> bytes:
    """Rows of a key and two nulls."""
    nothing = struct.pack(">ii", -1, -1)
    return b"".join(chain.from_iterable(zip(repeat(head), _lengths(keys), keys, repeat(nothing))))


def _lengths(values: list[bytes]) -> list[bytes]:
    return list(map(_LENGTHS.__getitem__, map(len, values)))


def copy_rows(table: str, columns: str, pieces: Iterator[bytes], *, is_new: bool = False) -> None:
    """COPY encoded rows into a table (a quoted name) in this transaction; an error of `pieces`, which are made in
    another thread, comes through. `is_new`: the table was made in this very (sub)transaction, so that its rows can be
    written as if they had always been there, and no VACUUM has to touch them later."""
    freeze = ", FREEZE" if is_new else ""
    prepared = ahead(pieces)
    stream = _Stream(prepared)
    try:
        with connection.wrap_database_errors, connection.cursor() as cursor:
            cursor.copy_expert(
                f"COPY {table} ({columns}) FROM STDIN (FORMAT binary{freeze})", stream, _SEND_BYTES
            )
    except Exception:
        if stream.failure is not None:
            raise stream.failure from None
        raise
    finally:
        prepared.close()


class _Stream:
    """A file as psycopg2 reads it. It would swallow an error raised while reading, so that is kept here."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self.failure: BaseException | None = None
        self._pieces = self._framed(pieces)
        self._buffer = memoryview(b"")

    def read(self, size: int = -1) -> bytes:
        while not self._buffer:
            try:
                piece = next(self._pieces, None)
            except BaseException as error:
                self.failure = error
                raise
            if piece is None:
                return b""
            self._buffer = memoryview(piece)
        size = len(self._buffer) if size < 0 else size
        data, self._buffer = bytes(self._buffer[:size]), self._buffer[size:]
        return data

    @staticmethod
    def _framed(pieces: Iterator[bytes]) -> Iterator[bytes]:
        yield _HEADER
        yield from pieces
        yield _TRAILER
