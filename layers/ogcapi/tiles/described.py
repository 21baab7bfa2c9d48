"""The tiles in the description of the API."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from core.geo import Tile
from layers.ogcapi.collections import Collection
from layers.ogcapi.media import HTML, JSON
from layers.ogcapi.tiles.documents import MATRIX, MVT

Part = dict[str, Any]
TEXT: Part = {"type": "string"}
OBJECT: Part = {"type": "object"}


def paths(collections: Iterable[Collection]) -> dict[str, Part]:
    """Addresses with what they take and give."""
    matrix = _in_path("tileMatrixSetId", {**TEXT, "enum": [MATRIX]})
    page, listed = {HTML: {"schema": TEXT}}, {JSON: {"schema": OBJECT}}
    found = {
        "/tileMatrixSets": _path("matrix.sets", _("How tiles are cut"), listed | page, [_face()]),
        "/tileMatrixSets/{tileMatrixSetId}": _path(
            "matrix.set", _("How tiles are cut"), listed | page, [_face(), matrix]
        ),
    }
    for one in collections:
        here = f"/collections/{one.id}/tiles"
        found[here] = _path(f"tilesets.{one.id}", one.title, listed | page, [_face()])
        found[f"{here}/{{tileMatrixSetId}}"] = _path(
            f"tileset.{one.id}", one.title, listed | page, [_format("json", "html", "tilejson"), matrix]
        )
        place = [_in_path(name, _whole()) for name in ("tileMatrix", "tileRow", "tileCol")]
        found[f"{here}/{{tileMatrixSetId}}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}"] = _tile(
            one, [_format("mvt"), matrix, *place]
        )
    return found


def _tile(collection: Collection, parameters: list[Part]) -> Part:
    content = {MVT: {"schema": {**TEXT, "format": "binary"}}}
    path = _path(f"tile.{collection.id}", collection.title, content, parameters)
    path["get"]["responses"]["204"] = {"description": _("Nothing lies in this tile.")}
    return path


def _path(operation: str, title: str, content: Part, parameters: list[Part]) -> Part:
    statuses = ("400", "404", "406", "503")
    return {
        "get": {
            "operationId": operation,
            "summary": title,
            "tags": ["Tiles"],
            "parameters": parameters,
            "responses": {
                "200": {"description": title, "content": content},
                **{status: {"$ref": f"#/components/responses/{status}"} for status in statuses},
            },
        }
    }


def _face() -> Part:
    return {"$ref": "#/components/parameters/f"}


def _format(*names: str) -> Part:
    text = _("The format of the answer.")
    return {
        "name": "f",
        "in": "query",
        "required": False,
        "description": text,
        "schema": {**TEXT, "enum": [*names]},
    }


def _in_path(name: str, schema: Part) -> Part:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _whole() -> Part:
    return {"type": "integer", "minimum": 0, "maximum": 2**Tile.MAX_ZOOM - 1}
