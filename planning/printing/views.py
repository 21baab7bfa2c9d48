"""`/plan/print/`: a map on paper, tried out on the screen and taken home as PDF, as a picture or as one file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.limits import check_rate
from layers.drawing.pictures import picture_of
from planning.printing.asked import PrintAsked, asked_from, title_of
from planning.printing.chosen import chosen_layers
from planning.printing.drawn import drawn_map, frame_of
from planning.printing.order import NO_GROUND
from planning.printing.page import context_of
from planning.printing.sheet import SheetWords, author_of, pixels_of, sheet_of

PRINTS_PER_HOUR = 120
PREVIEW_PIXELS = 1_100  # The longer side.


@require_safe
@never_cache
def print_page(request: HttpRequest) -> HttpResponse:
    """Paper, scale and title to choose, and how the sheet will look."""
    asked = asked_from(request)
    return render(
        request,
        "planning/printing/print.html",
        context_of(request, asked, frame_of(asked.content, asked.order)),
    )


@require_safe
@never_cache
def print_pdf(request: HttpRequest) -> HttpResponse:
    return _file(request, asked_from(request), "application/pdf", "pdf")


@require_safe
@never_cache
def print_png(request: HttpRequest) -> HttpResponse:
    """With `preview=1` as large as a screen shows it, else in `dpi` dots to an inch."""
    asked = asked_from(request)
    paper, dpi = asked.order.paper, asked.order.dpi
    if "preview" in request.GET:
        dpi = PREVIEW_PIXELS / max(paper.width, paper.height) * 25.4
    return _file(request, asked, "image/png", "png", pixels_of(paper, dpi))


def _file(
    request: HttpRequest,
    asked: PrintAsked,
    media_type: str,
    ending: str,
    pixels: tuple[int, int] | None = None,
) -> HttpResponse:
    if request.method == "HEAD":
        return HttpResponse(content_type=media_type)
    if not request.user.is_authenticated:
        check_rate(request, "print", PRINTS_PER_HOUR)
    content, title = sheet_for(request, asked)
    if pixels is not None:
        content = picture_of(content, pixels, background="#ffffff")
    how = "inline" if "preview" in request.GET else "attachment"
    name = f"{slugify(title, allow_unicode=False) or 'map'}.{ending}"
    headers: dict[str, Any] = {"Content-Disposition": f'{how}; filename="{name}"'}
    return HttpResponse(content, content_type=media_type, headers=headers)


def sheet_for(request: HttpRequest, asked: PrintAsked) -> tuple[bytes, str]:
    """The sheet as PDF with its title."""
    chosen = chosen_layers(request.user, asked.content, with_base=asked.order.ground != NO_GROUND)
    drawn = drawn_map(chosen, frame_of(asked.content, asked.order), asked.order, get_language() or "el")
    title = title_of(asked, [str(layer.source.title) for layer in chosen.vectors])
    words = SheetWords(title, author_of(request.user), asked.permalink(request), asked.content.moments)
    return sheet_of(asked.order, chosen, drawn, words), title
