"""The frame of every address: method, face, parameters; then the answer or the refusal in the wanted form."""

import json
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt

from core.errors import MethodNotAllowed, PortalError
from core.http import error_response
from layers.ogcapi.errors import RepeatedParameter, UnknownParameter
from layers.ogcapi.links import Link, faces
from layers.ogcapi.media import FORMATS, HTML, JSON, PROBLEM, Face, face_wanted

READING = ("GET", "HEAD")
WRITER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)


@dataclass(frozen=True)
class Asked:
    """A request whose face is known. `own` is the JSON media type of the resource."""

    request: HttpRequest
    face: Face
    own: str

    def parameters(self, known: Collection[str]) -> dict[str, str]:
        """The values given once each and known here; raises UnknownParameter, RepeatedParameter."""
        allowed = ["f", *known]
        for name, values in self.request.GET.lists():
            if name not in allowed:
                raise UnknownParameter(given=name[:60], choices=", ".join(allowed))
            if len(values) > 1:
                raise RepeatedParameter(name=name)
        return {name: str(value) for name, value in self.request.GET.items() if name != "f"}

    def links(self) -> list[Link]:
        """This address in the face that is served, and in the other."""
        return faces(self.request, self.face, {"json": self.own, "html": HTML})

    def answer(self, document: Mapping[str, Any], template: str, **more: Any) -> HttpResponse:
        """The document, or the page that shows it."""
        if self.face.is_html:
            return render(
                self.request, template, {"document": document, "links": document.get("links"), **more}
            )
        return self.text(dumped(document))

    def text(self, content: str) -> HttpResponse:
        return HttpResponse(content, content_type=self.face.media_type)


View = Callable[..., HttpResponse]


def resource(own: str = JSON) -> Callable[[View], View]:
    """Make a view `(asked, **path parts)` of a resource whose JSON has the media type `own`."""

    def made(view: View) -> View:
        @csrf_exempt
        @wraps(view)
        def answered(request: HttpRequest, **parts: str) -> HttpResponse:
            try:
                if request.method not in READING:
                    raise MethodNotAllowed()
                response = view(Asked(request, face_wanted(request, own), own), **parts)
            except PortalError as refusal:
                response = refused(request, refusal)
            return finished(response)

        return answered

    return made


def refused(request: HttpRequest, refusal: PortalError) -> HttpResponse:
    """The refusal as the house's page for people, else as problem details (RFC 7807)."""
    if _wants_page(request):
        response = error_response(request, refusal)
    else:
        title = type(refusal).__name__
        told = {"title": title, "status": refusal.status, "detail": str(refusal), "code": refusal.code}
        response = HttpResponse(dumped(told), content_type=PROBLEM, status=refusal.status)
    if refusal.status == MethodNotAllowed.status:
        response.headers["Allow"] = ", ".join(READING)
    for name, value in getattr(refusal, "headers", {}).items():
        response.headers[name] = value
    return response


def dumped(document: Any) -> str:
    return WRITER.encode(document)


def _wants_page(request: HttpRequest) -> bool:
    asked = request.GET.get("f")
    if asked in FORMATS:
        return asked == "html"
    return request.get_preferred_type([PROBLEM, JSON, HTML]) == HTML


def finished(response: HttpResponse) -> HttpResponse:
    """What is shown depends on who asks, so nobody else may keep it. Other sites' scripts may read what everybody
    may: they send no cookies here."""
    patch_vary_headers(response, ("Accept", "Authorization", "Cookie"))
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = "Content-Crs, ETag, Link, Location"
    return response
