"""Media types, and which of the two faces of a resource a caller wants: for programs or for people."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from layers.ogcapi.errors import NotAcceptable, bad_value

JSON = "application/json"
GEOJSON = "application/geo+json"
HTML = "text/html"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
SCHEMA = "application/schema+json"
PROBLEM = "application/problem+json"
FORMATS = ("json", "html")


@dataclass(frozen=True)
class Face:
    """`name` as in `f=`; `media_type` is what the answer says it is."""

    name: str
    media_type: str

    @property
    def is_html(self) -> bool:
        return self.name == "html"


def face_wanted(request: HttpRequest, own: str) -> Face:
    """`f` decides, else `Accept`; `own` is the JSON media type of the resource. Raises BadValue, NotAcceptable."""
    asked = request.GET.get("f")
    if asked is not None:
        if asked not in FORMATS:
            raise bad_value("f", asked, _("Choose json or html."))
        return Face(asked, HTML if asked == "html" else own)
    accept = request.headers.get("Accept", "").strip()
    if not accept:
        return Face("json", own)
    preferred = request.get_preferred_type([own, JSON, HTML])
    if preferred is None:
        raise NotAcceptable(given=accept[:80], choices=", ".join((own, HTML)))
    return Face("html", HTML) if preferred == HTML else Face("json", own)
