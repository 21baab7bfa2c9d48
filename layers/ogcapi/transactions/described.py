"""The writing half of the API in OpenAPI 3.0, for the collections that this reader may write to."""

from typing import Any

from django.utils.translation import gettext as _

from layers.ogcapi.collections import Collection
from layers.ogcapi.media import HTML, PROBLEM
from layers.ogcapi.queryables import schema_of
from layers.ogcapi.transactions.asking import PATCHES, WHOLE

Part = dict[str, Any]
ALWAYS = ("400", "401", "403", "404", "405", "406", "409", "413", "415", "429", "503")
SECURITY = {"basic": {"type": "http", "scheme": "basic"}}


def writing_items(collection: Collection) -> Part:
    """POST of `/collections/{id}/items`."""
    created = {
        "description": _("Created."),
        "headers": {"Location": {"schema": {"type": "string"}}, "ETag": {"schema": {"type": "string"}}},
    }
    told = _operation(f"create.{collection.id}", _("Create a feature."), {"201": created})
    return {
        "post": {**told, "parameters": [_reason(), _crs()], "requestBody": _body(collection, WHOLE, True)}
    }


def writing_item(collection: Collection) -> Part:
    """PUT, PATCH and DELETE of `/collections/{id}/items/{featureId}`."""
    tagged = {"description": _("Done."), "headers": {"ETag": {"schema": {"type": "string"}}}}
    refused = {"412": {"$ref": "#/components/responses/412"}}
    common = [{"$ref": "#/components/parameters/featureId"}, _reason(), _if_match()]
    acts = {
        "put": ("replace", _("Replace a feature."), _body(collection, WHOLE, True)),
        "patch": ("update", _("Change parts of a feature."), _body(collection, PATCHES, False)),
    }
    told: Part = {
        method: {
            **_operation(f"{name}.{collection.id}", title, {"204": tagged, **refused}),
            "parameters": [*common, _crs()],
            "requestBody": body,
        }
        for method, (name, title, body) in acts.items()
    }
    ended = _operation(
        f"end.{collection.id}", _("End a feature."), {"204": {"description": _("Done.")}, **refused}
    )
    return {**told, "delete": {**ended, "parameters": common}}


def refusals() -> dict[str, Part]:
    """The answers that only writing meets, for the components of the description."""
    texts = {
        "401": _("No name, or a wrong password."),
        "403": _("Your account may not do this."),
        "405": _("This cannot be changed here; Allow says what can be asked."),
        "409": _("The key is taken, or a later change is entered already."),
        "412": _("The feature is no longer the one that If-Match names."),
        "413": _("What was sent is too large."),
        "415": _("What was sent is of a type that is not taken."),
        "429": _("Too many requests."),
    }
    content = {
        PROBLEM: {"schema": {"$ref": "#/components/schemas/problem"}},
        HTML: {"schema": {"type": "string"}},
    }
    return {status: {"description": text, "content": content} for status, text in texts.items()}


def _operation(operation: str, title: str, answers: Part) -> Part:
    refused = {status: {"$ref": f"#/components/responses/{status}"} for status in ALWAYS}
    return {
        "operationId": operation,
        "summary": title,
        "tags": ["Data"],
        "security": [{"basic": []}],
        "responses": {**answers, **refused},
    }


def _body(collection: Collection, types: tuple[str, ...], is_whole: bool) -> Part:
    fields = {name: {**schema_of(field), "nullable": True} for name, field in collection.queried.items()}
    properties = {
        "type": {"type": "string", "enum": ["Feature"]},
        "geometry": {"type": "object", "nullable": True},
        "properties": {"type": "object", "nullable": True, "properties": fields},
    }
    schema: Part = {"type": "object", "properties": properties}
    if is_whole:
        schema["required"] = list(properties)
    return {"required": True, "content": {kind: {"schema": schema} for kind in types}}


def _reason() -> Part:
    text = _("Why, for the history; the program's name when left out.")
    return {
        "name": "reason",
        "in": "query",
        "description": text,
        "schema": {"type": "string", "maxLength": 300},
    }


def _if_match() -> Part:
    text = _("The ETag of the state that this change was made for; whatever is there when left out.")
    return {"name": "If-Match", "in": "header", "description": text, "schema": {"type": "string"}}


def _crs() -> Part:
    text = _(
        "The coordinate system of the geometry, its URI in < >; degrees with longitude first when left out."
    )
    return {"name": "Content-Crs", "in": "header", "description": text, "schema": {"type": "string"}}
