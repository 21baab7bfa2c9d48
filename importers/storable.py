"""Properties as JSON text that PostgreSQL can keep: no NUL, no half surrogates, no infinities or endless numbers."""

import math
from json.encoder import c_make_encoder, encode_basestring  # type: ignore[attr-defined]
from typing import Any

from importers.sources.base import Record

LONGEST_NUMBER_BITS = 4096
# What json.dumps makes anew for every call; made once it takes less than half the time.
_pieces = c_make_encoder(None, str, encode_basestring, None, ":", ",", False, False, False)


def json_text(value: Any) -> str:
    """JSON as PostgreSQL takes it, without blanks. Raises ValueError for numbers that are not finite."""
    return "".join(_pieces(value, 0))


def json_bytes(record: Record) -> tuple[bytes, bool]:
    """UTF-8 JSON of a record, and whether something had to be left out of it."""
    try:
        text = json_text(record)
        data = text.encode("utf-8")
    except ValueError:
        return json_text(storable(record)).encode("utf-8"), True
    if b"\\u0000" in data:
        clean = json_text(storable(record)).encode("utf-8")
        return clean, clean != data
    return data, False


def storable(value: Any) -> Any:
    """The value without what JSONB refuses."""
    if isinstance(value, str):
        return value.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return {storable(str(name)): storable(item) for name, item in value.items()}
    if isinstance(value, list):
        return [storable(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, int) and value.bit_length() > LONGEST_NUMBER_BITS:
        return None
    return value
