"""The styles in the description of the API and in the links of the landing page."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from layers.ogcapi.collections import STYLES, Collection
from layers.ogcapi.links import Link, address, link
from layers.ogcapi.media import HTML, JSON
from layers.ogcapi.styles.documents import STYLESHEETS

Part = dict[str, Any]
TEXT: Part = {"type": "string"}
LINKS: Part = {"type": "array", "items": {"$ref": "#/components/schemas/link"}}


def dataset_links(request: HttpRequest) -> list[Link]:
    there = address(request, "styles")
    return [
        link(STYLES, f"{there}?f=json", JSON, _("The styles")),
        link(STYLES, f"{there}?f=html", HTML, _("The styles")),
    ]


def paths(collections: Iterable[Collection]) -> dict[str, Part]:
    """Addresses with what they give."""
    listed = {JSON: {"schema": {"$ref": "#/components/schemas/styles"}}}
    about = {JSON: {"schema": {"type": "object", "required": ["id", "stylesheets"]}}}
    sheets = {media: {"schema": _sheet(name)} for name, (media, *_rest) in STYLESHEETS.items()}
    of_collections = {
        f"/collections/{one.id}/styles": _path(f"collection.styles.{one.id}", one.title, listed)
        for one in collections
    }
    return {
        "/styles": _path("styles", _("The styles"), listed),
        "/styles/{styleId}": _path("style", _("A style"), sheets, [_format(), _style_id()]),
        "/styles/{styleId}/metadata": _path(
            "style.metadata", _("About a style"), about, [_json(), _style_id()]
        ),
        **of_collections,
    }


def schemas() -> dict[str, Part]:
    entry = {
        "type": "object",
        "required": ["id", "links"],
        "properties": {"id": TEXT, "title": TEXT, "links": LINKS},
    }
    listed = {"type": "array", "items": entry}
    return {
        "styles": {
            "type": "object",
            "required": ["styles", "links"],
            "properties": {"default": TEXT, "styles": listed, "links": LINKS},
        }
    }


def _sheet(name: str) -> Part:
    return TEXT if name == "sld10" else {"type": "object", "required": ["version", "sources", "layers"]}


def _path(operation: str, title: str, content: Part, parameters: list[Part] | None = None) -> Part:
    refusals = {
        status: {"$ref": f"#/components/responses/{status}"} for status in ("400", "404", "406", "503")
    }
    page = {HTML: {"schema": TEXT}}
    return {
        "get": {
            "operationId": operation,
            "summary": title,
            "tags": ["Styles"],
            "parameters": parameters or [_json()],
            "responses": {"200": {"description": title, "content": content | page}, **refusals},
        }
    }


def _json() -> Part:
    return {"$ref": "#/components/parameters/f"}


def _format() -> Part:
    text, names = _("The format of the answer."), [*STYLESHEETS, "html"]
    return {
        "name": "f",
        "in": "query",
        "required": False,
        "description": text,
        "schema": {**TEXT, "enum": names},
    }


def _style_id() -> Part:
    return {"name": "styleId", "in": "path", "required": True, "schema": TEXT}
