"""`/ogc/api`: the API described for programs, and in words."""

from django.http import HttpResponse

from layers.ogcapi.answers import Asked, resource
from layers.ogcapi.collections import collections_for
from layers.ogcapi.links import address
from layers.ogcapi.media import OPENAPI
from layers.ogcapi.openapi import description
from layers.ogcapi.transactions.rights import writable


@resource(OPENAPI)
def api(asked: Asked) -> HttpResponse:
    asked.parameters(())
    collections = collections_for(asked.request.user)
    document = description(address(asked.request, "landing"), collections, writable(asked.request.user))
    return asked.answer(document, "layers/ogc/api.html", collections=collections)
