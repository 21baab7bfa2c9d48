"""What the answers look like, as JSON Schemas of OpenAPI 3.0; nothing refers to a document elsewhere."""

from typing import Any

Schema = dict[str, Any]
TEXT: Schema = {"type": "string"}
NUMBERS: Schema = {"type": "array", "items": {"type": "number"}}


def _object(required: list[str], **properties: Schema) -> Schema:
    told = {"type": "object", "properties": properties}
    return {**told, "required": required} if required else told


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


FEATURE_PARTS: dict[str, Schema] = {
    "type": {"type": "string", "enum": ["Feature"]},
    "id": TEXT,
    "geometry": {"type": "object", "nullable": True},
    "properties": {"type": "object", "nullable": True},
    "links": _list(_ref("link")),
}
SCHEMAS: dict[str, Schema] = {
    "link": _object(["href", "rel"], href=TEXT, rel=TEXT, type=TEXT, title=TEXT),
    "landing": _object(["links"], title=TEXT, description=TEXT, links=_list(_ref("link"))),
    "conformance": _object(["conformsTo"], conformsTo=_list(TEXT)),
    "extent": _object([], spatial=_object(["bbox"], bbox=_list(NUMBERS), crs=TEXT)),
    "collection": _object(
        ["id", "links"],
        id=TEXT,
        title=TEXT,
        description=TEXT,
        attribution=TEXT,
        links=_list(_ref("link")),
        extent=_ref("extent"),
        itemType=TEXT,
        crs=_list(TEXT),
        storageCrs=TEXT,
    ),
    "collections": _object(
        ["links", "collections"],
        links=_list(_ref("link")),
        crs=_list(TEXT),
        collections=_list(_ref("collection")),
    ),
    "feature": _object(["type", "geometry", "properties"], **FEATURE_PARTS),
    "features": _object(
        ["type", "features"],
        type={"type": "string", "enum": ["FeatureCollection"]},
        features=_list(_ref("feature")),
        links=_list(_ref("link")),
        timeStamp={"type": "string", "format": "date-time"},
        numberMatched={"type": "integer", "minimum": 0},
        numberReturned={"type": "integer", "minimum": 0},
    ),
    "problem": _object(
        ["title", "status", "detail"], title=TEXT, status={"type": "integer"}, detail=TEXT, code=TEXT
    ),
}
