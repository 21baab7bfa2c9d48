"""The states that a reader sees now, each with a tag that changes when anything of what they see does.

A tag is made of what the reader sees, so it tells nothing of hidden fields, and of nothing else, so two writers who saw
the same tag saw the same.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from django.contrib.gis.db.models.functions import AsWKB
from django.db.models import F, TextField
from django.db.models.functions import Cast
from psycopg2.extras import DateTimeTZRange
from shapely.geometry.base import BaseGeometry

from layers.sources import FeatureSource


@dataclass(frozen=True)
class Held:
    """One state as it is: `properties` are all of them, `seen` those that the reader sees."""

    pk: int
    key: str
    properties: Mapping[str, Any]
    seen: Mapping[str, Any]
    wkb: bytes | None
    valid: DateTimeTZRange
    tag: str

    @property
    def shape(self) -> BaseGeometry | None:
        return None if self.wkb is None else shapely.from_wkb(self.wkb)


def tag_of(key: str, wkb: bytes | None, seen: Mapping[str, Any], key_name: str) -> str:
    """An entity tag without its quotes. `seen` are the properties, with or without the key."""
    told = {key_name: key, **seen} if key_name else dict(seen)
    text = json.dumps([key, wkb.hex() if wkb else None, told], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def held_states(source: FeatureSource, keys: Collection[str]) -> dict[str, Held]:
    """The states of these keys that hold now and that the reader of `source`, the source of a layer, may see."""
    key_name = source.download.key_name if source.download else ""
    json_name = (source.download and source.download.json_properties) or source.json_properties
    rows = source.rows.filter(key__in=list(keys)).annotate(
        held_seen=Cast(F(json_name), TextField()), held_shape=AsWKB("geom")
    )
    found = {}
    for pk, key, properties, text, shape, valid in rows.values_list(
        "pk", "key", "properties", "held_seen", "held_shape", "valid"
    ):
        wkb, seen = (None if shape is None else bytes(shape)), json.loads(text)
        found[key] = Held(pk, key, properties, seen, wkb, valid, tag_of(key, wkb, seen, key_name))
    return found
