"""Links, each with `rel` and `type`, to addresses that say their format themselves."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from layers.ogcapi.media import FORMATS, Face

Link = dict[str, str]


def address(request: HttpRequest, name: str, *parts: str, **query: str) -> str:
    """The whole address of one of our resources."""
    path = request.build_absolute_uri(reverse(f"layers:ogc:{name}", args=parts))
    return with_query(path, query)


def with_query(path: str, query: Mapping[str, str]) -> str:
    return f"{path}?{urlencode(query)}" if query else path


def link(rel: str, href: str, media_type: str, title: str | Promise = "") -> Link:
    told = {"href": href, "rel": rel, "type": media_type}
    return {**told, "title": str(title)} if title else told


def faces(request: HttpRequest, face: Face, types: Mapping[str, str]) -> list[Link]:
    """`self` for the face that is served, `alternate` for the other; every parameter is kept."""
    path = request.build_absolute_uri(request.path)
    query: dict[str, Any] = request.GET.dict()
    ordered = sorted(FORMATS, key=lambda name: name != face.name)
    return [
        link(
            "self" if name == face.name else "alternate", with_query(path, {**query, "f": name}), types[name]
        )
        for name in ordered
    ]
