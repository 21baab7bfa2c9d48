"""`/ogc/tileMatrixSets`, `/ogc/collections/{id}/tiles` and the tiles themselves."""

import gzip
import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.csrf import csrf_exempt

from core.errors import MethodNotAllowed, NotFound, PortalError
from core.geo import Tile
from layers.ogcapi.answers import READING, Asked, dumped, finished, refused, resource
from layers.ogcapi.collections import Collection, collection_for
from layers.ogcapi.errors import NotAcceptable, bad_value
from layers.ogcapi.media import JSON, Face
from layers.ogcapi.tiles.documents import (
    MATRIX,
    MVT,
    matrix_set,
    matrix_sets,
    tilejson,
    tileset,
    tileset_entry,
)
from layers.tile_sets import TileSet
from layers.tile_store import kept_or_drawn

TILE_TYPES = (MVT, "application/octet-stream")


class NoMatrixSet(NotFound):
    code = "no_matrix_set"
    sentence = _lazy(
        "Tiles are not cut as “%(given)s” here. The list at /ogc/tileMatrixSets has what there is."
    )


class OutsideMatrix(NotFound):
    code = "outside_matrix"
    sentence = _lazy(
        "There is no tile %(given)s: its zoom, row and column are whole numbers from 0, at most %(most)s for the "
        "zoom and below 2 to the power of the zoom for the others."
    )


@resource()
def tile_matrix_sets(asked: Asked) -> HttpResponse:
    asked.parameters(())
    document = {**matrix_sets(asked.request), "links": asked.links()}
    return asked.answer(document, "layers/ogc/matrix_sets.html")


@resource()
def tile_matrix_set(asked: Asked, matrix: str) -> HttpResponse:
    _known(matrix)
    asked.parameters(())
    document = {**matrix_set(), "links": asked.links()}
    return asked.answer(document, "layers/ogc/matrix_set.html")


@resource()
def tilesets(asked: Asked, name: str) -> HttpResponse:
    found = collection_for(asked.request.user, name)
    asked.parameters(())
    document = {"tilesets": [tileset_entry(asked.request, found)], "links": asked.links()}
    return asked.answer(document, "layers/ogc/tilesets.html", collection=found)


@csrf_exempt
def tileset_of(request: HttpRequest, name: str, matrix: str) -> HttpResponse:
    """The tileset; with `f=tilejson` as map libraries read it."""
    if request.GET.get("f") == "tilejson":
        return _framed(request, lambda: _tilejson(request, name, matrix))
    return _tileset(request, name=name, matrix=matrix)


@resource()
def _tileset(asked: Asked, name: str, matrix: str) -> HttpResponse:
    found = collection_for(asked.request.user, name)
    _known(matrix)
    asked.parameters(())
    told = tileset(asked.request, found)
    document = {**told, "links": [*asked.links(), *told["links"][1:]]}
    return asked.answer(document, "layers/ogc/tilesets.html", collection=found)


def _tilejson(request: HttpRequest, name: str, matrix: str) -> HttpResponse:
    found = collection_for(request.user, name)
    _known(matrix)
    Asked(request, Face("json", JSON), JSON).parameters(())
    return HttpResponse(dumped(tilejson(request, found)), content_type=JSON)


@csrf_exempt
def tile(request: HttpRequest, name: str, matrix: str, zoom: str, row: str, column: str) -> HttpResponse:
    """One tile: 204 where nothing lies in it. The addresses at /tiles/ are quicker, for they may be kept."""
    return _framed(request, lambda: _tile(request, name, matrix, (zoom, row, column)))


def _framed(request: HttpRequest, answer: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        if request.method not in READING:
            raise MethodNotAllowed()
        response = answer()
    except PortalError as refusal:
        response = refused(request, refusal)
    return finished(response)


def _tile(request: HttpRequest, name: str, matrix: str, place: tuple[str, str, str]) -> HttpResponse:
    found = collection_for(request.user, name)
    _known(matrix)
    wanted = _place(place)
    Asked(request, Face("mvt", MVT), MVT).parameters(())
    _only_mvt(request)
    drawn = kept_or_drawn(TileSet(found.id, (found.source,)), wanted)
    if not drawn.content:
        return HttpResponse(status=204)
    return _told(request, drawn.content, found)


def _told(request: HttpRequest, content: bytes, collection: Collection) -> HttpResponse:
    etag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    response = HttpResponse(content, content_type=MVT, headers={"ETag": etag})
    response.headers["Content-Disposition"] = f'inline; filename="{collection.id}.mvt"'
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.content = gzip.decompress(content)
    patch_vary_headers(response, ["Accept-Encoding"])
    conditional = get_conditional_response(request, etag=etag, response=response)
    return conditional if isinstance(conditional, HttpResponse) else response


def _only_mvt(request: HttpRequest) -> None:
    """Raises BadValue, NotAcceptable."""
    asked = request.GET.get("f")
    if asked is not None and asked != "mvt":
        raise bad_value("f", asked, _("Choose mvt."))
    accept = request.headers.get("Accept", "").strip()
    if asked is None and accept and request.get_preferred_type(TILE_TYPES) is None:
        raise NotAcceptable(given=accept[:80], choices=MVT)


def _known(matrix: str) -> None:
    if matrix != MATRIX:
        raise NoMatrixSet(given=matrix[:60])


def _place(place: tuple[str, str, str]) -> Tile:
    """Raises OutsideMatrix."""
    if all(part.isascii() and part.isdigit() and len(part) < 10 for part in place):
        zoom, row, column = map(int, place)
        found = Tile(zoom, column, row)
        if found.exists:
            return found
    raise OutsideMatrix(given="/".join(place)[:60], most=Tile.MAX_ZOOM)
