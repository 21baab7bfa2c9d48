"""Cleaned rows as the bytes that COPY sends."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

import shapely
from django.conf import settings

from importers.field_schema import FieldTypes
from importers.geometry import Cleaned, key_text
from importers.reading import Reading
from importers.report import Report
from importers.storable import json_bytes

LONGEST_KEY = 200
HASH_BYTES = 12


@dataclass(frozen=True)
class EncodedRows:
    """Keys, properties and geometries (EWKB) as the bytes that COPY sends."""

    keys: list[bytes]
    properties: list[bytes]
    shapes: list[bytes]


def encoded_rows(read: Reading, key: str, types: FieldTypes) -> Iterator[EncodedRows]:
    """Every batch of the file as bytes; `types` learns the fields on the way. Without a key rows get the hash of
    their content."""
    for cleaned in read.batches():
        if not cleaned.rows:
            continue
        types.learn(cleaned.records)
        properties = _properties(cleaned, read.report)
        shapes = _ewkb(cleaned)
        keys = _hashes(properties, shapes) if not key else _keys(cleaned, key, read.report)
        yield _with_keys(keys, properties, shapes)


def _properties(cleaned: Cleaned, report: Report) -> list[bytes]:
    encoded = []
    for row, record in zip(cleaned.rows, cleaned.records, strict=True):
        data, was_cut = json_bytes(record)
        if was_cut:
            report.repair("text_control", row)
        encoded.append(data)
    return encoded


def _ewkb(cleaned: Cleaned) -> list[bytes]:
    shapes = shapely.set_srid(cleaned.geometries, settings.STORAGE_SRID)
    encoded: list[bytes] = shapely.to_wkb(shapes, include_srid=True, byte_order=1).tolist()
    return encoded


def _keys(cleaned: Cleaned, field_name: str, report: Report) -> list[bytes]:
    """Keys in UTF-8; an empty one marks a row that was refused."""
    keys = [key_text(record.get(field_name)) for record in cleaned.records]
    for index, key in enumerate(keys):
        if not key:
            report.refuse("no_key", cleaned.rows[index])
        elif len(key) > LONGEST_KEY:
            report.refuse("long_key", cleaned.rows[index], key[:40], limit=LONGEST_KEY)
            keys[index] = ""
    return [key.replace("\0", "").encode("utf-8", "replace") for key in keys]


def _hashes(properties: list[bytes], shapes: list[bytes]) -> list[bytes]:
    return [
        blake2b(data + shape, digest_size=HASH_BYTES).hexdigest().encode()
        for data, shape in zip(properties, shapes, strict=True)
    ]


def _with_keys(keys: list[bytes], properties: list[bytes], shapes: list[bytes]) -> EncodedRows:
    if all(keys):
        return EncodedRows(keys, properties, shapes)
    kept = [index for index, key in enumerate(keys) if key]
    return EncodedRows(
        [keys[index] for index in kept],
        [properties[index] for index in kept],
        [shapes[index] for index in kept],
    )
