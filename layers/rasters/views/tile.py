"""`/rasters/<slug>/<revision>/<look>/<z>/<x>/<y>.png`, `.webp` and `@2x.…`: a raster as map tiles."""

import hashlib

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from core.errors import NotFound
from core.geo import Tile
from layers.models import Raster
from layers.rasters.drawing import tile_image
from layers.rasters.files import image_path, keep_image, read_image
from layers.rasters.looks import Look
from layers.rasters.survey import survey_of
from layers.rasters.views.asked import look_of, raster_of

PIXELS = {"": 256, "@2x": 512}
TYPES = {"png": "image/png", "webp": "image/webp"}
YEAR = 31_536_000


@require_safe
def tile(
    request: HttpRequest,
    slug: str,
    revision: int,
    look: str,
    z: int,
    x: int,
    y: int,
    format: str,
    ratio: str = "",
) -> HttpResponseBase:
    wanted = Tile(z, x, y)
    if not wanted.exists or format not in TYPES:
        raise NotFound()
    raster, is_public = raster_of(request, slug)
    found = look_of(raster, look)
    if revision != raster.revision:
        return _sent_on(request, raster, revision)
    content = _content(raster, found, wanted, (ratio, format), is_public)
    response = _answer(request, content, TYPES[format])
    fresh = f"public, max-age={YEAR}, immutable" if is_public else "private, no-store"
    response.headers["Cache-Control"] = fresh
    return response


def _content(raster: Raster, look: Look, tile: Tile, name: tuple[str, str], is_public: bool) -> bytes:
    """From its file, or drawn. Beyond the zoom that the map asks for nothing is kept, so that the disk holds no more
    than the raster has."""
    ratio, format = name
    is_kept = is_public and tile.z <= survey_of(raster).native_zoom + look.finer
    path = image_path(raster.slug, raster.revision, look.name, tile, f"{ratio}.{format}")
    content = read_image(path) if is_kept else None
    if content is not None:
        return content
    made = tile_image(raster, look, tile, PIXELS[ratio], format)
    if is_kept and made:
        keep_image(path, made)
    return made


def _answer(request: HttpRequest, content: bytes, content_type: str) -> HttpResponseBase:
    if not content:
        return HttpResponse(status=204)
    etag = f'"{hashlib.blake2b(content, digest_size=12).hexdigest()}"'
    response = HttpResponse(content, content_type=content_type, headers={"ETag": etag})
    return get_conditional_response(request, etag=etag, response=response) or response


def _sent_on(request: HttpRequest, raster: Raster, revision: int) -> HttpResponse:
    """To the same tile of the revision that holds."""
    here = reverse("layers:raster", args=(raster.slug,))
    path = request.path.replace(f"{here}{revision}/", f"{here}{raster.revision}/", 1)
    return HttpResponseRedirect(path, headers={"Cache-Control": "no-store"})
