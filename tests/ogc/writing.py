"""Writing to the API as a program does."""

import base64
import json
from typing import Any

from django.test import Client

from accounts.models import User
from core.geo import to_lonlat
from layers.models import Layer
from municipality.models import Role
from tests.factories import FeatureFactory, LayerFactory, MembershipFactory, Town, UserFactory, box
from tests.ogc.asking import COLLECTIONS

GEOJSON = "application/geo+json"
PATCH = "application/merge-patch+json"
PASSWORD = "a long password of Petra"
ITEMS = f"{COLLECTIONS}/plots/items"
SCHEMA = {
    "type": "object",
    "required": ["use"],
    "properties": {
        "kaek": {"type": "string", "title": "ΚΑΕΚ", "title_en": "parcel number", "pattern": r"^\d{12}$"},
        "use": {"type": "string", "title": "Χρήση", "title_en": "Use", "maxLength": 20},
        "floors": {"type": "integer", "title": "Όροφοι", "title_en": "Floors", "minimum": 0, "maximum": 9},
        "since": {"type": "string", "format": "date", "title": "Από", "title_en": "Since"},
        "notes": {"type": "object"},
        "owner": {"type": "string", "title": "Ιδιοκτήτης", "visibility": "departments"},
    },
}
FIRST, SECOND = "061870000001", "061870000002"


def plots(**fields: Any) -> Layer:
    """Two squares of 100 m side by side, known by their ΚΑΕΚ, open for editing."""
    told = {"slug": "plots", "field_schema": SCHEMA, "key_field": "kaek", "is_editable": True, **fields}
    layer: Layer = LayerFactory.create(**told)
    for number, key in enumerate((FIRST, SECOND)):
        west = 5000 + 100 * number
        properties = {"kaek": key, "use": "housing", "floors": number + 1}
        FeatureFactory.create(
            layer=layer, key=key, properties=properties, geom=box(west, 5000, west + 100, 5100)
        )
    return layer


def ring(west: float, south: float, east: float, north: float) -> Any:
    """A rectangle as `box` has it, in degrees, as GeoJSON."""
    return json.loads(to_lonlat(box(west, south, east, north)).geojson)


def feature(geometry: Any = None, **properties: Any) -> dict[str, Any]:
    shape = geometry or ring(5300, 5000, 5400, 5100)
    return {"type": "Feature", "geometry": shape, "properties": {"use": "shops", **properties}}


def new(**properties: Any) -> dict[str, Any]:
    return feature(kaek="061870000003", **properties)


def planner_of(town: Town) -> User:
    user: User = UserFactory.create(email="petra@example.gr", name="Petra", password=PASSWORD)
    MembershipFactory.create(user=user, department=town.planning, role=Role.PLANNER)
    return user


def basic(name: str = "petra@example.gr", password: str = PASSWORD) -> str:
    return "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()


class Program:
    """A program that gives its password with everything it asks."""

    def __init__(self, authorization: str = "", **headers: str) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.headers = {"Accept": "application/json", "User-Agent": "QGIS/33800", **headers}
        if authorization:
            self.headers["Authorization"] = authorization

    def ask(self, method: str, path: str, body: Any = None, kind: str = GEOJSON, **headers: str) -> Any:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return self.client.generic(
            method, path, b"" if body is None else content, kind, headers={**self.headers, **headers}
        )

    def get(self, path: str) -> Any:
        return self.ask("GET", path)

    def post(self, body: Any, kind: str = GEOJSON, **headers: str) -> Any:
        return self.ask("POST", ITEMS, body, kind, **headers)

    def put(self, key: str, body: Any, **headers: str) -> Any:
        return self.ask("PUT", f"{ITEMS}/{key}", body, **headers)

    def patch(self, key: str, body: Any, **headers: str) -> Any:
        return self.ask("PATCH", f"{ITEMS}/{key}", body, PATCH, **headers)

    def delete(self, key: str, **headers: str) -> Any:
        return self.ask("DELETE", f"{ITEMS}/{key}", **headers)

    def tag(self, key: str) -> str:
        return str(self.get(f"{ITEMS}/{key}").headers["ETag"])


def code(response: Any, status: int) -> str:
    """The code of a refusal with that status."""
    assert response.status_code == status, response.content[:500]
    assert response.headers["Content-Type"] == "application/problem+json"
    return str(response.json()["code"])
