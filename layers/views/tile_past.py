"""`/tiles/<source>/asked/<z>/<x>/<y>.mvt?valid=&known=&filter=`: one vector tile of another day, or of some rows.

Nobody but the reader's browser keeps it, and that for a minute: permissions and corrections reach it soon.
"""

from django.http import HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from core.errors import NotFound
from core.geo import Tile
from layers.errors import BeforeHistory, NothingRecorded
from layers.moments import AsOf
from layers.sources import source_for
from layers.tiles import Drawn
from layers.tiles_past import asked_tile
from layers.views.tile import _answer as answer

FRESH = "private, max-age=60"


@require_safe
def asked(request: HttpRequest, slug: str, z: int, x: int, y: int) -> HttpResponseBase:
    """Empty where nothing was known yet: a map of that day has nothing to draw."""
    wanted = Tile(z, x, y)
    if not wanted.exists:
        raise NotFound()
    source = source_for(request.user, slug)
    moments = AsOf.parse(request.GET.get("valid", ""), request.GET.get("known", ""))
    try:
        drawn = asked_tile(source, moments, request.GET.get("filter", "").strip(), wanted)
    except (BeforeHistory, NothingRecorded):
        drawn = Drawn(b"")
    response = answer(request, drawn.content)
    response.headers["Cache-Control"] = FRESH if source.is_public and not source.view else "private, no-store"
    return response
