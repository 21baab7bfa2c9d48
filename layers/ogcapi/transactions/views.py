"""The writing half of `/ogc/collections/{id}/items` and of one item; reading is in layers/ogcapi/views/items.py."""

from collections.abc import Callable
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from core.errors import PortalError
from layers.actions import Edited, create_feature, end_feature, replace_feature, update_feature
from layers.editing.drafts import read_feature, read_patch
from layers.ogcapi import views
from layers.ogcapi.answers import READING, finished, refused
from layers.ogcapi.links import address
from layers.ogcapi.transactions.asking import PATCHES, WHOLE, body_of, crs_of, reason_of, tags_of
from layers.ogcapi.transactions.errors import NotWrittenHere
from layers.ogcapi.transactions.rights import methods_for, writer_of

ITEMS, ITEM = ("POST",), ("PUT", "PATCH", "DELETE")


@csrf_exempt
def items(request: HttpRequest, name: str) -> HttpResponse:
    """GET reads, POST creates one feature, OPTIONS tells what this user may."""
    if request.method in READING:
        return views.items(request, name=name)
    acts = {"POST": lambda: _create(request, name), "OPTIONS": lambda: _options(request, name, ITEMS)}
    return _answered(request, name, acts, ITEMS)


@csrf_exempt
def item(request: HttpRequest, name: str, key: str) -> HttpResponse:
    """GET reads, PUT replaces, PATCH updates, DELETE ends, OPTIONS tells what this user may."""
    if request.method in READING:
        return views.item(request, name=name, key=key)
    acts = {
        "PUT": lambda: _replace(request, name, key),
        "PATCH": lambda: _update(request, name, key),
        "DELETE": lambda: _end(request, name, key),
        "OPTIONS": lambda: _options(request, name, ITEM),
    }
    return _answered(request, name, acts, ITEM)


def _answered(
    request: HttpRequest, name: str, acts: dict[str, Callable[[], HttpResponse]], writing: tuple[str, ...]
) -> HttpResponse:
    try:
        act = acts.get(request.method or "")
        if act is None:
            raise NotWrittenHere(methods_for(request.user, name, writing))
        response = act()
    except PortalError as refusal:
        response = refused(request, refusal)
    return finished(response)


def _options(request: HttpRequest, name: str, writing: tuple[str, ...]) -> HttpResponse:
    methods = methods_for(request.user, name, writing)
    response = HttpResponse(content_type="text/plain", headers={"Allow": methods})
    if "POST" in methods:
        response.headers["Accept-Post"] = ", ".join(WHOLE)
    if "PATCH" in methods:
        response.headers["Accept-Patch"] = ", ".join(PATCHES)
    return response


def _create(request: HttpRequest, name: str) -> HttpResponse:
    user = writer_of(request, name)
    draft = read_feature(body_of(request, WHOLE), crs_of(request))
    edited = create_feature(user=user, slug=name, draft=draft, reason=reason_of(request))
    (key,) = edited.keys
    response = _done(edited, status=201)
    # A slash within a key is no step in the address: programs take the key from its end.
    response.headers["Location"] = f"{address(request, 'items', name)}/{quote(key, safe='')}"
    return response


def _replace(request: HttpRequest, name: str, key: str) -> HttpResponse:
    user = writer_of(request, name)
    draft = read_feature(body_of(request, WHOLE), crs_of(request))
    edited = replace_feature(
        user=user, slug=name, key=key, draft=draft, tags=tags_of(request), reason=reason_of(request)
    )
    return _done(edited)


def _update(request: HttpRequest, name: str, key: str) -> HttpResponse:
    user = writer_of(request, name)
    draft = read_patch(body_of(request, PATCHES), crs_of(request))
    edited = update_feature(
        user=user, slug=name, key=key, draft=draft, tags=tags_of(request), reason=reason_of(request)
    )
    return _done(edited)


def _end(request: HttpRequest, name: str, key: str) -> HttpResponse:
    user = writer_of(request, name)
    edited = end_feature(user=user, slug=name, key=key, tags=tags_of(request), reason=reason_of(request))
    return _done(edited)


def _done(edited: Edited, status: int = 204) -> HttpResponse:
    """Nothing to read but the tag of the state that now holds, where there is one."""
    response = HttpResponse(status=status, content_type="application/json" if status == 201 else None)
    tag = edited.tags.get(edited.keys[0])
    if tag is not None:
        response.headers["ETag"] = f'"{tag}"'
    return response
