"""Asking the API as a program does."""

from typing import Any

from django.test import Client

from tests.factories import FeatureFactory, LayerFactory, box

COLLECTIONS = "/ogc/collections"


def get(path: str, client: Client | None = None, status: int = 200, **query: Any) -> Any:
    """The JSON of an answer, which has the status."""
    response = (client or Client()).get(path, query, headers={"Accept": "application/json"})
    assert response.status_code == status, response.content[:500]
    return response.json()


def items(name: str, client: Client | None = None, /, **query: Any) -> Any:
    return get(f"{COLLECTIONS}/{name}/items", client, **query)


def ids(name: str, client: Client | None = None, /, **query: Any) -> list[str]:
    return [feature["id"] for feature in items(name, client, **query)["features"]]


def refusal(path: str, client: Client | None = None, status: int = 400, **query: Any) -> str:
    """The code of a refusal, which is problem details with that status."""
    response = (client or Client()).get(path, query, headers={"Accept": "application/json"})
    assert response.status_code == status, response.content[:500]
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["status"] == status
    return str(response.json()["code"])


def link(document: Any, rel: str, media_type: str = "") -> str:
    """The address of the one link of this relation, and type when that is said."""
    found = [
        one["href"] for one in document["links"] if one["rel"] == rel and media_type in ("", one["type"])
    ]
    assert len(found) == 1, (rel, found)
    return str(found[0])


SCHEMA = {
    "type": "object",
    "properties": {
        "kaek": {"type": "string", "title": "ΚΑΕΚ", "title_en": "parcel number"},
        "name": {"type": "string"},
        "floors": {"type": "integer"},
        "built": {"type": "boolean"},
        "since": {"type": "string", "format": "date"},
        "tags": {"type": "array"},
    },
}


def parcels(count: int = 3) -> Any:
    """A layer of squares of 100 m, 1 km apart from west to east, with keys P1, P2, …"""
    layer = LayerFactory.create(slug="parcels", field_schema=SCHEMA, key_field="kaek")
    for number in range(1, count + 1):
        west = 4000 + 1000 * number
        properties = {"name": f"Parcel {number}", "floors": number, "built": number % 2 == 1}
        shape = box(west, 5000, west + 100, 5100)
        FeatureFactory.create(layer=layer, key=f"P{number}", properties=properties, geom=shape)
    return layer
