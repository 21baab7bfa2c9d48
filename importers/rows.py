"""Cleaned rows as the bytes that COPY sends."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import blake2b

import shapely

from importers.field_schema import FieldTypes
from importers.geometry import Cleaned, key_bytes
from importers.reading import Reading
from importers.report import Report
from importers.sources.base import Problem
from importers.sources.columns import Columns, values_of
from importers.storable import json_bytes
from importers.web_copy import WebCopies

LONGEST_KEY = 200
HASH_BYTES = 12


@dataclass(frozen=True)
class EncodedRows:
    """Keys, properties, geometries and, if asked for, their web copies (both WKB) as the bytes that COPY sends."""

    keys: list[bytes]
    properties: list[bytes]
    shapes: list[bytes]
    copies: list[bytes] | None = None
    #: Keys of rows that are as they were.
    same: list[bytes] = field(default_factory=list)


@dataclass(frozen=True)
class KeyRule:
    """Which field is the key (blank: the hash of the content), how long it may be, and the form it must have."""

    field: str = ""
    longest: int = LONGEST_KEY
    form: str = ""

    def problem(self, key: str) -> Problem | None:
        if not key:
            return Problem("no_key")
        if len(key) > self.longest:
            return Problem("long_key", {"limit": self.longest})
        if self.form and not re.fullmatch(self.form, key):
            return Problem("key_form", {"form": self.form})
        return None


def encoded_rows(
    read: Reading, rule: KeyRule, types: FieldTypes, *, with_copies: bool = False
) -> Iterator[EncodedRows]:
    """Every batch of the file as bytes; `types` learns the fields on the way."""
    web = WebCopies(read.cleaner.placement) if with_copies else None
    for cleaned in read.batches():
        if cleaned.same:
            yield EncodedRows([], [], [], [] if with_copies else None, cleaned.same)
        if not cleaned.rows:
            continue
        types.learn(cleaned.records)
        properties = _properties(cleaned, read.report)
        shapes = _wkb(cleaned)
        keys = _keys(cleaned, rule, read.report) if rule.field else _hashes(properties, shapes)
        copies = None if web is None else web.wkb(cleaned, shapes)
        yield _with_keys(keys, properties, shapes, copies)


def _properties(cleaned: Cleaned, report: Report) -> list[bytes]:
    written = cleaned.records.json() if isinstance(cleaned.records, Columns) else None
    if written is not None:
        return written
    encoded = []
    for row, record in zip(cleaned.rows, cleaned.records, strict=True):
        data, was_cut = json_bytes(record)
        if was_cut:
            report.repair("text_control", row)
        encoded.append(data)
    return encoded


def _wkb(cleaned: Cleaned) -> list[bytes]:
    """Without the SRID, which the column adds; putting it on every geometry here would copy them all."""
    encoded: list[bytes] = shapely.to_wkb(cleaned.geometries, byte_order=1).tolist()
    return encoded


def _keys(cleaned: Cleaned, rule: KeyRule, report: Report) -> list[bytes]:
    """Keys in UTF-8; an empty one marks a row that was refused."""
    keys = key_bytes(values_of(cleaned.records, rule.field))
    for index, data in enumerate(keys):
        if data and len(data) <= rule.longest and not rule.form:
            continue
        key = data.decode("utf-8")
        problem = rule.problem(key)
        if problem is not None:
            report.refuse(problem.code, cleaned.rows[index], key[:40], **problem.facts)
            keys[index] = b""
    return keys


def _hashes(properties: list[bytes], shapes: list[bytes]) -> list[bytes]:
    """Of the content, whatever the order of the fields, which formats and PostgreSQL do not keep."""
    return [
        blake2b(_in_order(data) + shape, digest_size=HASH_BYTES).hexdigest().encode()
        for data, shape in zip(properties, shapes, strict=True)
    ]


def _in_order(data: bytes) -> bytes:
    return json.dumps(json.loads(data, parse_float=_whole_or_not), sort_keys=True).encode()


def _whole_or_not(text: str) -> float:
    """5.0 is 5, as PostgreSQL compares them."""
    value = float(text)
    return int(value) if value.is_integer() else value


def _with_keys(
    keys: list[bytes], properties: list[bytes], shapes: list[bytes], copies: list[bytes] | None
) -> EncodedRows:
    if all(keys):
        return EncodedRows(keys, properties, shapes, copies)
    kept = [index for index, key in enumerate(keys) if key]
    return EncodedRows(
        [keys[index] for index in kept],
        [properties[index] for index in kept],
        [shapes[index] for index in kept],
        None if copies is None else [copies[index] for index in kept],
    )
