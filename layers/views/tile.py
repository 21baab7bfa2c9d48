"""`/tiles/<source>/<revision>/<z>/<x>/<y>.mvt`: one vector tile, as everybody is told it.

Those who are told more (layers/visibility.py) have it at `/tiles/<source>/<view>/<revision>/…`, so that no cache on the
way takes one for the other.

An immutable source answers under its current revision only, to be kept for a year; any other revision is sent
on to the current one (302, not stored), so an open map goes on without showing two states of one layer. A source
that also depends on the clock answers under any revision, fresh for a minute; so is, for a while, a tile from afar
whose overview is still being made. What not everybody may see is
never stored by anybody, and to others it does not exist.
"""

import gzip
import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

from core.errors import NotFound
from core.geo import Tile
from layers.tile_sets import TileSet, public_tile_set, tile_set_for
from layers.tile_store import kept_or_drawn
from layers.tiles import Drawn

CONTENT_TYPE = "application/vnd.mapbox-vector-tile"
YEAR = 31_536_000
SOON = 30


@require_safe
def tile(
    request: HttpRequest, slug: str, revision: int, z: int, x: int, y: int, view: str = ""
) -> HttpResponseBase:
    wanted = Tile(z, x, y)
    if not wanted.exists:
        raise NotFound()
    # Public tiles are looked for without touching the session, so that shared caches may keep them.
    tile_set = (None if view else public_tile_set(slug)) or tile_set_for(request.user, slug)
    if view not in ("", tile_set.view):
        raise NotFound()
    if tile_set.max_age is None and revision != tile_set.revision:
        return _sent_on(tile_set, wanted)
    drawn = kept_or_drawn(tile_set, wanted)
    response = _answer(request, drawn.content)
    response.headers["Cache-Control"] = _freshness(tile_set, drawn)
    return response


def _answer(request: HttpRequest, content: bytes) -> HttpResponse:
    if not content:
        return HttpResponse(status=204)
    etag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    response = HttpResponse(content, content_type=CONTENT_TYPE, headers={"ETag": etag})
    if "gzip" in request.headers.get("Accept-Encoding", ""):
        response.headers["Content-Encoding"] = "gzip"
    else:
        response.content = gzip.decompress(content)
    patch_vary_headers(response, ["Accept-Encoding"])
    return get_conditional_response(request, etag=etag, response=response) or response


def tile_path(slug: str, view: str, revision: int, z: int, x: int, y: int) -> str:
    """The address of a tile of a source, whose `view` and `revision` it has."""
    names = (slug, view) if view else (slug,)
    return reverse("layers:tile", args=(*names, revision, z, x, y))


def _sent_on(tile_set: TileSet, wanted: Tile) -> HttpResponse:
    place = (tile_set.revision, wanted.z, wanted.x, wanted.y)
    response = HttpResponseRedirect(tile_path(tile_set.slug, tile_set.view, *place))
    response.headers["Cache-Control"] = "no-store"
    return response


def _freshness(tile_set: TileSet, drawn: Drawn) -> str:
    if not tile_set.is_public:
        return "private, no-store"
    if tile_set.max_age is not None:
        return f"public, max-age={tile_set.max_age}"
    if not drawn.is_final:
        return f"public, max-age={SOON}"
    return f"public, max-age={YEAR}, immutable"
