"""`/ogc/collections` and `/ogc/collections/{id}`: what there is for this reader."""

from django.http import HttpResponse

from layers.ogcapi.answers import Asked, resource
from layers.ogcapi.collections import collection_for, collections_for
from layers.ogcapi.systems import systems


@resource()
def collections(asked: Asked) -> HttpResponse:
    asked.parameters(())
    document = {
        "links": asked.links(),
        "crs": list(systems()),
        "collections": [one.document(asked.request) for one in collections_for(asked.request.user)],
    }
    return asked.answer(document, "layers/ogc/collections.html")


@resource()
def collection(asked: Asked, name: str) -> HttpResponse:
    found = collection_for(asked.request.user, name)
    asked.parameters(())
    return asked.answer(found.document(asked.request), "layers/ogc/collection.html", collection=found)
