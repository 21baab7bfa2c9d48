"""Asking the editor's doors as its page does."""

import json
from typing import Any

from django.test import Client

from core.geo import to_lonlat
from tests.factories import box
from tests.factories.places import SOUTH, WEST

ROOT = "/plan/layers/plots/edit/"


def ring(west: float, south: float, east: float, north: float) -> Any:
    return json.loads(to_lonlat(box(west, south, east, north)).geojson)


def line(*corners: tuple[float, float]) -> Any:
    from django.contrib.gis.geos import LineString

    shape = LineString(*((WEST + x, SOUTH + y) for x, y in corners), srid=2100)
    return json.loads(to_lonlat(shape).geojson)


def features(client: Client) -> dict[str, Any]:
    """What the page is told of the layer, by key."""
    shape = ring(4900, 4900, 5500, 5500)["coordinates"][0]
    west, south = shape[0]
    east, north = shape[2]
    answer = client.get(f"{ROOT}features", {"bbox": f"{west},{south},{east},{north}"})
    assert answer.status_code == 200, answer.content
    return {one["id"]: one for one in answer.json()["features"]}


def post(client: Client, door: str, body: Any, status: int = 200) -> Any:
    answer = client.post(f"{ROOT}{door}", body, "application/json", headers={"Accept": "application/json"})
    assert answer.status_code == status, answer.content[:600]
    return answer.json()


def update(feature: Any, **changes: Any) -> dict[str, Any]:
    key = feature["id"]
    return {"name": key, "act": "update", "key": key, "etag": feature["etag"], **changes}


def delete(feature: Any) -> dict[str, Any]:
    return {**update(feature), "act": "delete"}


def insert(geometry: Any, name: str = "+1", **properties: Any) -> dict[str, Any]:
    return {"name": name, "act": "insert", "geometry": geometry, "properties": {"use": "shops", **properties}}
