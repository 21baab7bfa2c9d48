"""`/ogc/` and `/ogc/conformance`: the way in, and what is spoken here."""

from django.http import HttpResponse
from django.utils.translation import gettext as _

from layers.ogcapi.answers import Asked, resource
from layers.ogcapi.conformance import CLASSES
from layers.ogcapi.links import Link, address, link
from layers.ogcapi.maps.described import dataset_facts, dataset_link
from layers.ogcapi.media import HTML, JSON, OPENAPI
from layers.ogcapi.styles.described import dataset_links
from layers.ogcapi.tiles.documents import schemes_link


@resource()
def landing(asked: Asked) -> HttpResponse:
    asked.parameters(())
    document = {
        "title": _("Maps and data of the portal"),
        "description": _(
            "Everything that the map of the portal shows, for other programs: OGC API Features."
        ),
        **dataset_facts(),
        "links": [*asked.links(), *_links(asked)],
    }
    return asked.answer(document, "layers/ogc/landing.html")


@resource()
def conformance(asked: Asked) -> HttpResponse:
    asked.parameters(())
    document = {"conformsTo": CLASSES, "links": asked.links()}
    return asked.answer(document, "layers/ogc/conformance.html")


def _links(asked: Asked) -> list[Link]:
    there = {name: address(asked.request, name) for name in ("api", "conformance", "collections")}
    return [
        link("service-desc", f"{there['api']}?f=json", OPENAPI, _("The API as OpenAPI 3.0")),
        link("service-doc", f"{there['api']}?f=html", HTML, _("The API explained")),
        link("conformance", f"{there['conformance']}?f=json", JSON, _("Conformance classes")),
        link("conformance", f"{there['conformance']}?f=html", HTML, _("Conformance classes")),
        link("data", f"{there['collections']}?f=json", JSON, _("The collections")),
        link("data", f"{there['collections']}?f=html", HTML, _("The collections")),
        dataset_link(asked.request),
        *dataset_links(asked.request),
        schemes_link(asked.request),
    ]
