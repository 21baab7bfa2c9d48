"""`/plan/print/map.html`: the map as one file that opens without a connection."""

from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.limits import check_rate
from planning.printing.asked import asked_from, title_of
from planning.printing.chosen import chosen_layers
from planning.printing.drawn import frame_of
from planning.printing.order import NO_GROUND
from planning.printing.sheet import SheetWords, author_of

FILES_PER_HOUR = 40


@require_safe
@never_cache
def print_html(request: HttpRequest) -> HttpResponse:
    """The ground of the sheet that the same words print."""
    from planning.printing.offline.build import offline_map  # brings folium and pandas, which no page needs

    asked = asked_from(request)
    if request.method == "HEAD":
        return HttpResponse(content_type="text/html")
    if not request.user.is_authenticated:
        check_rate(request, "offline", FILES_PER_HOUR)
    chosen = chosen_layers(request.user, asked.content, with_base=asked.order.ground != NO_GROUND)
    title = title_of(asked, [str(layer.source.title) for layer in chosen.vectors])
    words = SheetWords(title, author_of(request.user), asked.permalink(request), asked.content.moments)
    frame = frame_of(asked.content, asked.order)
    text = offline_map(request.user, chosen, frame, words, asked.order.note, get_language() or "el")
    name = f"{slugify(title) or 'map'}.html"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="text/html; charset=utf-8", headers=headers)
