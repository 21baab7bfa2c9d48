"""`/ogc/collections/{id}/map` and `/ogc/map`: a picture of one collection, or of the map with some of them."""

from collections.abc import Callable, Sequence
from functools import wraps
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from core.errors import MethodNotAllowed, PortalError
from layers.drawing.canvas import Canvas
from layers.drawing.documents import page_of
from layers.drawing.maps import LAND, Order, draw_map
from layers.drawing.pictures import picture_of
from layers.drawing.reading import DrawnLayer
from layers.map_layers import base_sources
from layers.ogcapi.answers import READING, Asked, finished, refused
from layers.ogcapi.collections import Collection, collection_for, collections_for
from layers.ogcapi.errors import NotAcceptable, bad_value
from layers.ogcapi.maps.asked import PARAMETERS, MapAsked, map_asked
from layers.ogcapi.maps.described import dataset_facts
from layers.ogcapi.maps.places import Bounds
from layers.ogcapi.media import Face
from layers.ogcapi.question import Question
from layers.ogcapi.times import Instant
from layers.sources import FeatureSource

PNG = "image/png"
MOST_FEATURES, MOST_COLLECTIONS = 60_000, 20
GREECE: Bounds = (19.3, 34.7, 29.7, 41.8)


def picture(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Make a view `(asked, **path parts)` of a resource that is a picture."""

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, **parts: str) -> HttpResponse:
        try:
            if request.method not in READING:
                raise MethodNotAllowed()
            response = view(Asked(request, _face(request), PNG), **parts)
        except PortalError as refusal:
            response = refused(request, refusal)
        finished(response)
        response.headers["Access-Control-Expose-Headers"] = (
            "Content-Crs, Content-Bbox, Content-Datetime, Link"
        )
        return response

    return answered


@picture
def collection_map(asked: Asked, name: str) -> HttpResponse:
    found = collection_for(asked.request.user, name)
    wanted = map_asked(asked.parameters(PARAMETERS), _extent([found]))
    return _answer(wanted, [found], ())


@picture
def dataset_map(asked: Asked) -> HttpResponse:
    """What the map of the portal shows at first, or the collections that are asked for."""
    given = asked.parameters((*PARAMETERS, "collections"))
    if "collections" in given:
        chosen = _chosen(asked, given["collections"])
        return _answer(map_asked(given, _extent(chosen)), chosen, ())
    base = base_sources()
    known = {source.slug for source in base}
    offered = collections_for(asked.request.user)
    shown = [one for one in offered if one.source.shown_at_first and one.id not in known]
    wanted = map_asked(given, _home() or _extent([*map(Collection, base), *shown]), LAND)
    return _answer(wanted, shown, base)


def _face(request: HttpRequest) -> Face:
    form = request.GET.get("f")
    if form not in (None, "png"):
        raise bad_value("f", str(form), _("A map is to be had as png."))
    accept = request.headers.get("Accept", "").strip()
    if form is None and accept and not request.accepts(PNG):
        raise NotAcceptable(given=accept[:80], choices=PNG)
    return Face("png", PNG)


def _chosen(asked: Asked, text: str) -> list[Collection]:
    """By their names or whole addresses, the first undermost."""
    names = [_name(part.strip()) for part in text.split(",") if part.strip()]
    if not 1 <= len(names) <= MOST_COLLECTIONS:
        hint = _("Name between 1 and %(most)s collections.") % {"most": MOST_COLLECTIONS}
        raise bad_value("collections", text, hint)
    return [collection_for(asked.request.user, name) for name in names]


def _name(text: str) -> str:
    here = reverse("layers:ogc:collections")
    path = urlsplit(text).path
    return path.rpartition(f"{here}/")[2].strip("/") if "://" in text else text


def _home() -> Bounds | None:
    """Around the municipality, as the landing page tells."""
    box = dataset_facts().get("extent", {}).get("spatial", {}).get("bbox")
    return tuple(box[0]) if box else None


def _extent(collections: Sequence[Collection]) -> Bounds:
    """Around all of them in degrees; Greece where there is nothing."""
    found = [box for box in (one.bounds() for one in collections) if box is not None]
    if not found:
        return GREECE
    wests, souths, easts, norths = zip(*found, strict=True)
    least = 1e-4  # A single point still has ground around it.
    return min(wests) - least, min(souths) - least, max(easts) + least, max(norths) + least


def _answer(
    wanted: MapAsked, collections: Sequence[Collection], base: Sequence[FeatureSource]
) -> HttpResponse:
    layers = [_layer(one, wanted) for one in collections]
    language = get_language() or "el"
    order = Order(wanted.frame, layers, base, language, wanted.background, most=MOST_FEATURES)
    canvas = Canvas(wanted.frame.width, wanted.frame.height)
    draw_map(canvas, order)
    content = picture_of(page_of(canvas, is_kept=False), wanted.pixels, background=wanted.background)
    headers = {"Content-Crs": f"<{wanted.crs.uri}>", "Content-Bbox": wanted.box_told}
    if isinstance(wanted.time, Instant):
        headers["Content-Datetime"] = wanted.time.at.isoformat()
    return HttpResponse(content, content_type=PNG, headers=headers)


def _layer(collection: Collection, wanted: MapAsked) -> DrawnLayer:
    question = Question(collection, wanted.crs, time=wanted.time, known=wanted.known)
    source = collection.source
    return DrawnLayer(source, question.rows(), source.style, legend=source.legend)
