"""Features and findings as the editor reads them: GeoJSON in degrees."""

import json
from collections.abc import Collection, Iterable
from typing import Any

from django.contrib.gis.geos import Polygon
from shapely.geometry.base import BaseGeometry

from core.geo import CRS84, to_storage
from layers.editing.tags import Held, held_states
from layers.ogcapi.shapes import geojson_of
from layers.ogcapi.systems import crs84
from planning.editing.opened import Opened
from planning.editing.topology import Finding

MOST_FEATURES = 1_500


def features_in(opened: Opened, bounds: tuple[float, float, float, float]) -> dict[str, Any]:
    """The features that touch a box in degrees; `more` when there are more than are told."""
    box = Polygon.from_bbox(bounds)
    box.srid = CRS84
    rows = opened.source.rows.filter(geom__intersects=to_storage(box)).order_by("pk")
    keys = list(rows.values_list("key", flat=True)[: MOST_FEATURES + 1])
    more = len(keys) > MOST_FEATURES
    features = [] if more else told_features(held_states(opened.source, keys).values())
    return {"type": "FeatureCollection", "features": features, "more": more}


def features_named(opened: Opened, keys: Collection[str]) -> dict[str, Any]:
    """What holds now of these keys, by key; null for what is gone."""
    held = held_states(opened.source, keys)
    told = {feature["id"]: feature for feature in told_features(held.values())}
    return {key: told.get(key) for key in keys}


def told_features(states: Iterable[Held]) -> list[dict[str, Any]]:
    held = list(states)
    shapes = geojson_of([one.wkb for one in held], crs84())
    return [
        {
            "type": "Feature",
            "id": one.key,
            "etag": one.tag,
            "properties": dict(one.seen),
            "geometry": json.loads(shape) if shape else None,
        }
        for one, shape in zip(held, shapes, strict=True)
    ]


def told_shapes(shapes: Iterable[BaseGeometry]) -> list[Any]:
    return [json.loads(text or "null") for text in geojson_of([one.wkb for one in shapes], crs84())]


def told_findings(found: Iterable[Finding]) -> list[dict[str, Any]]:
    listed = list(found)
    return [
        {"kind": one.kind, "keys": list(one.keys), "area_m2": round(one.area_m2, 2), "geometry": shape}
        for one, shape in zip(listed, told_shapes(one.shape for one in listed), strict=True)
    ]
