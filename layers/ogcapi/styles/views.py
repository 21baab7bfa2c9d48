"""`/ogc/styles`, `/ogc/styles/{id}` and its metadata, `/ogc/collections/{id}/styles`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.csrf import csrf_exempt

from core.errors import MethodNotAllowed, NotFound, PortalError
from layers.ogcapi.answers import READING, Asked, dumped, finished, refused, resource
from layers.ogcapi.collections import Collection, collection_for, collections_for
from layers.ogcapi.errors import NotAcceptable, bad_value
from layers.ogcapi.links import faces
from layers.ogcapi.media import HTML, JSON, Face
from layers.ogcapi.styles.documents import (
    STYLESHEETS,
    entry_of,
    maplibre_style,
    metadata_of,
    sld_document,
    stylesheets_of,
)
from layers.styles.named import NamedStyle, all_styles, style_named, styles_of


class NoStyle(NotFound):
    code = "no_style"
    sentence = _lazy("There is no style “%(given)s”. The list at /ogc/styles has those that there are.")


def stylesheet(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view `(request, style)` that chooses among stylesheets and a page itself."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, style: str) -> HttpResponse:
        try:
            if request.method not in READING:
                raise MethodNotAllowed()
            response = view(request, style)
        except PortalError as refusal:
            response = refused(request, refusal)
        return finished(response)

    return answered


@resource()
def styles(asked: Asked) -> HttpResponse:
    asked.parameters(())
    sources = [one.source for one in collections_for(asked.request.user)]
    found = all_styles(asked.request.user, sources)
    document = {"links": asked.links(), "styles": [entry_of(asked.request, style) for style in found]}
    titles = {source.slug: str(source.title) for source in sources}
    listed = [(style, titles[style.layer]) for style in found]
    return asked.answer(document, "layers/ogc/styles.html", listed=listed)


@resource()
def collection_styles(asked: Asked, name: str) -> HttpResponse:
    collection = collection_for(asked.request.user, name)
    asked.parameters(())
    found = styles_of(asked.request.user, collection.source)
    document = {
        "links": asked.links(),
        "default": found[0].id,
        "styles": [entry_of(asked.request, style) for style in found],
    }
    listed = [(style, collection.title) for style in found]
    return asked.answer(document, "layers/ogc/styles.html", listed=listed, collection=collection)


@resource()
def style_metadata(asked: Asked, style: str) -> HttpResponse:
    found, collection = _found(asked.request, style)
    asked.parameters(())
    document = {**metadata_of(asked.request, found, collection), "links": asked.links()}
    return asked.answer(document, "layers/ogc/style.html", style=found, collection=collection)


@stylesheet
def style(request: HttpRequest, style: str) -> HttpResponse:
    found, collection = _found(request, style)
    name = _language(request, found)
    Asked(request, Face(name, JSON), JSON).parameters(())
    if name == "html":
        face = Face("html", HTML)
        document: dict[str, Any] = metadata_of(request, found, collection)
        document["links"] = faces(request, face, {"json": JSON, "html": HTML})[:1]
        asked = Asked(request, face, JSON)
        return asked.answer(document, "layers/ogc/style.html", style=found, collection=collection)
    media_type = STYLESHEETS[name][0]
    if name == "sld10":
        return HttpResponse(sld_document(found, collection), content_type=media_type)
    return HttpResponse(dumped(maplibre_style(request, found, collection)), content_type=media_type)


def _language(request: HttpRequest, style: NamedStyle) -> str:
    """`f` decides, else `Accept`: a name of STYLESHEETS, or html. Raises BadValue, NotAcceptable."""
    there = stylesheets_of(style)
    asked = request.GET.get("f")
    if asked is not None:
        if asked not in (*there, "html"):
            choices = ", ".join((*there, "html"))
            raise bad_value("f", asked, _("Choose one of: %(choices)s.") % {"choices": choices})
        return asked
    accept = request.headers.get("Accept", "").strip()
    types = {STYLESHEETS[name][0]: name for name in there} | {JSON: "mbstyle", HTML: "html"}
    preferred = request.get_preferred_type(list(types)) if accept else JSON
    if preferred is None:
        raise NotAcceptable(given=accept[:80], choices=", ".join(types))
    return types[preferred]


def _found(request: HttpRequest, style: str) -> tuple[NamedStyle, Collection]:
    """Raises NoStyle for one that is not there, or not for this reader."""
    slug, _dot, name = style.partition(".")
    try:
        collection = collection_for(request.user, slug)
        return style_named(request.user, collection.source, name), collection
    except NotFound as error:
        raise NoStyle(given=style[:60]) from error
