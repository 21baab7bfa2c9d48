"""Icons for the map, one address each: the set has thousands, so it is not copied among the static files."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from core.errors import NotFound
from gisportal.icons import outline_svg


@require_safe
def icon(request: HttpRequest, name: str) -> HttpResponse:
    svg = outline_svg(name)
    if svg is None:
        raise NotFound()
    return HttpResponse(
        svg, content_type="image/svg+xml", headers={"Cache-Control": "public, max-age=2592000"}
    )
