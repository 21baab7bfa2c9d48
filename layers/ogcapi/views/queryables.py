"""`/ogc/collections/{id}/queryables`: what a filter may name."""

from django.http import HttpResponse

from layers.ogcapi.answers import Asked, resource
from layers.ogcapi.collections import collection_for
from layers.ogcapi.links import address
from layers.ogcapi.media import SCHEMA
from layers.ogcapi.queryables import queryables as described


@resource(SCHEMA)
def queryables(asked: Asked, name: str) -> HttpResponse:
    found = collection_for(asked.request.user, name)
    asked.parameters(())
    document = described(found, address(asked.request, "queryables", found.id))
    return asked.answer(document, "layers/ogc/queryables.html", collection=found, links=asked.links())
