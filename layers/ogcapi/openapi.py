"""The API described in OpenAPI 3.0, with an address for every collection that this reader may see."""

from collections.abc import Iterable, Set
from typing import Any

from django.utils.translation import gettext as _

from layers.ogcapi.collections import Collection
from layers.ogcapi.filters import LANGUAGES
from layers.ogcapi.maps import described as maps
from layers.ogcapi.media import GEOJSON, HTML, JSON, OPENAPI, PROBLEM, SCHEMA
from layers.ogcapi.queryables import schema_of
from layers.ogcapi.question import LIMIT, MOST, equality_fields, item_parameters_of, parameters_of
from layers.ogcapi.schemas import SCHEMAS
from layers.ogcapi.styles import described as styles
from layers.ogcapi.systems import systems
from layers.ogcapi.tiles import described as tiles
from layers.ogcapi.transactions.described import SECURITY, refusals, writing_item, writing_items

VERSION = "1.0.0"
Part = dict[str, Any]


def description(address: str, collections: Iterable[Collection], writable: Set[str] = frozenset()) -> Part:
    """`address` is where the API begins; `writable` are the collections that the reader may write to."""
    told = list(collections)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": _("Maps and data of the portal"),
            "version": VERSION,
            **maps.LIMITS,
            "description": _("OGC API Features with the collections that you may see."),
        },
        "servers": [{"url": address.rstrip("/")}],
        "tags": [
            {"name": "Capabilities"},
            {"name": "Data"},
            {"name": "Maps"},
            {"name": "Styles"},
            {"name": "Tiles"},
        ],
        "paths": {
            "/": _get("landing", _("The way in"), JSON, "landing"),
            "/api": _get("api", _("This description"), OPENAPI, None),
            "/conformance": _get("conformance", _("Conformance classes"), JSON, "conformance"),
            "/collections": _get("collections", _("The collections"), JSON, "collections"),
            **maps.paths(told),
            **styles.paths(told),
            **tiles.paths(told),
            **{
                path: part
                for collection in told
                for path, part in _paths(collection, collection.id in writable)
            },
        },
        "components": {
            "schemas": SCHEMAS | styles.schemas(),
            "parameters": _parameters() | maps.parameters(),
            "responses": _refusals() | (refusals() if writable else {}),
            **({"securitySchemes": SECURITY} if writable else {}),
        },
    }


def _paths(collection: Collection, is_writable: bool) -> Iterable[tuple[str, Part]]:
    here, name, title = f"/collections/{collection.id}", collection.id, collection.title
    yield here, _get(f"collection.{name}", title, JSON, "collection", tag="Data")
    items = _get(f"items.{name}", title, GEOJSON, "features", parameters_of(collection), collection)
    yield f"{here}/queryables", _get(f"queryables.{name}", title, SCHEMA, None, tag="Data")
    yield f"{here}/items", items | (writing_items(collection) if is_writable else {})
    item = _get(f"item.{name}", title, GEOJSON, "feature", item_parameters_of(collection), collection)
    item["get"]["parameters"].insert(0, {"$ref": "#/components/parameters/featureId"})
    yield f"{here}/items/{{featureId}}", item | (writing_item(collection) if is_writable else {})


def _get(
    operation: str,
    title: str,
    media_type: str,
    schema: str | None,
    parameters: list[str] | None = None,
    collection: Collection | None = None,
    tag: str = "",
) -> Part:
    content = {"schema": {"$ref": f"#/components/schemas/{schema}"} if schema else {"type": "object"}}
    refusals = ["400", "406", "503", *(["404"] if collection or tag else [])]
    return {
        "get": {
            "operationId": operation,
            "summary": title,
            "tags": [tag or ("Data" if collection else "Capabilities")],
            "parameters": [_parameter(name, collection) for name in ["f", *(parameters or [])]],
            "responses": {
                "200": {
                    "description": title,
                    "content": {media_type: content, HTML: {"schema": {"type": "string"}}},
                },
                **{status: {"$ref": f"#/components/responses/{status}"} for status in refusals},
            },
        }
    }


def _parameter(name: str, collection: Collection | None) -> Part:
    if name in _parameters():
        return {"$ref": f"#/components/parameters/{name}"}
    fields = equality_fields(collection) if collection else []
    field = next(one for one in fields if one.name == name)
    return _query(name, _("Only items whose “%(title)s” is this.") % {"title": field.title}, schema_of(field))


def _parameters() -> dict[str, Part]:
    """Those that are ours, by name."""
    listed = {"type": "string", "enum": list(systems())}
    box = {
        "type": "array",
        "minItems": 4,
        "maxItems": 6,
        "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
    }
    known = [
        _query("f", _("The format of the answer."), {"type": "string", "enum": ["json", "html"]}),
        _query(
            "limit",
            _("How many items at most; more than the most is the most."),
            {"type": "integer", "minimum": 1, "maximum": MOST, "default": LIMIT},
        ),
        _query(
            "bbox",
            _("Only items that touch this box. A west beyond the east crosses the antimeridian."),
            {**box, "items": {"type": "number"}},
        ),
        _query(
            "datetime", _("What held at this moment, or at some time of this interval."), {"type": "string"}
        ),
        _query(
            "known",
            _("As the portal knew it at this moment or on this day; now when left out."),
            {"type": "string"},
        ),
        _query("crs", _("The coordinate system of the answer."), listed),
        _query("bbox-crs", _("The coordinate system of bbox."), listed),
        _query("filter", _("A filter in CQL2; see the queryables of the collection."), {"type": "string"}),
        _query("filter-lang", _("The language of the filter."), {"type": "string", "enum": list(LANGUAGES)}),
        _query("filter-crs", _("The coordinate system of geometries in the filter."), listed),
        _query(
            "after",
            _("Where the page before ended; follow its link “next”."),
            {"type": "integer", "minimum": 0},
        ),
        {"name": "featureId", "in": "path", "required": True, "schema": {"type": "string"}},
    ]
    return {one["name"]: one for one in known}


def _query(name: str, text: str, schema: Part) -> Part:
    style = {"style": "form", "explode": False}
    return {"name": name, "in": "query", "required": False, "description": text, **style, "schema": schema}


def _refusals() -> dict[str, Part]:
    texts = {
        "400": _("A parameter is not known, or its value cannot be used."),
        "404": _("There is nothing here, or nothing for you."),
        "406": _("This format is not to be had."),
        "503": _("The question takes too long to answer."),
    }
    content = {
        PROBLEM: {"schema": {"$ref": "#/components/schemas/problem"}},
        HTML: {"schema": {"type": "string"}},
    }
    return {status: {"description": text, "content": content} for status, text in texts.items()}
