"""A printed map: the drawn frame, and around it all that a map on paper must say. One page of PDF a sheet."""

import atexit
import io
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

import pypdfium2 as pdfium
import segno
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from layers.drawing.documents import POINTS_PER_MM
from layers.drawing.fonts import BOLD, NORMAL, font_file
from layers.drawing.pictures import MOST_PIXELS, one_at_a_time, pixels_at
from layers.moments import AsOf
from municipality.models import Area
from municipality.roles import AnyUser
from planning.printing.chosen import Chosen, credits_of
from planning.printing.drawn import DrawnMap
from planning.printing.errors import PictureTooLarge
from planning.printing.grid import step_of
from planning.printing.legend import LegendPart, columns, fits, legend_parts, portrait_column
from planning.printing.order import PrintOrder
from planning.printing.paper import Paper
from planning.printing.scale_bar import scale_bar

_setting = threading.Lock()  # The fonts are shared, and what sets them has no threads.
QR_MOST = 900  # Letters; more become too fine to be read from paper.


@dataclass(frozen=True)
class SheetWords:
    """What is written beside the map. `permalink` leads back to it; `number` is that of a sheet in a series."""

    title: str
    author: str
    permalink: str
    moments: AsOf
    made_at: datetime = field(default_factory=timezone.now)
    number: str = ""


def author_of(user: AnyUser) -> str:
    return str(user.name or "") if isinstance(user, User) else ""


def pixels_of(paper: Paper, dpi: float) -> tuple[int, int]:
    """Of a picture of the sheet. Raises PictureTooLarge."""
    width, height = pixels_at(paper.width, paper.height, dpi)
    if width * height > MOST_PIXELS:
        most = int((MOST_PIXELS / (paper.width * paper.height)) ** 0.5 * 25.4)
        raise PictureTooLarge(paper=paper.name, dpi=round(dpi), most=most)
    return width, height


def sheet_of(order: PrintOrder, chosen: Chosen, drawn: DrawnMap, words: SheetWords) -> bytes:
    """The whole sheet as PDF; a legend that finds no room beside the map follows on a page of its own."""
    parts = legend_parts(chosen, drawn.report) if order.has_legend else []
    context = {
        "order": order,
        "paper": order.paper,
        "words": words,
        "author": words.author,
        "municipality": Area.objects.only("name", "name_en").home(),
        **_legend(parts, order, is_beside=fits(parts, order.paper)),
        "scale": round(drawn.frame.scale),
        "bar": scale_bar(drawn.frame.scale, _room_for_bar(order.paper), order.paper.enlarged),
        "step": step_of(drawn.frame, order.paper.enlarged) if order.has_grid else None,
        "credits": credits_of(chosen),
        "notes": chosen.notes,
        "code": code_of(words.permalink),
        "arms": _arms(),
    }
    html = render_to_string("planning/printing/sheet.html", context)
    box = order.paper.map
    measures = render_to_string("planning/printing/_measures.css", {"paper": order.paper})
    return joined(pdf_of(html, measures), [(drawn.content, box.x - drawn.strip, box.y - drawn.strip)])


def _room_for_bar(paper: Paper) -> float:
    """Beside the arrow of the north, in its column."""
    column = paper.words.width * (1.0 if paper.is_landscape else 0.27)
    return column - 9.0 * paper.enlarged


def _legend(parts: list[LegendPart], order: PrintOrder, *, is_beside: bool) -> dict[str, Any]:
    """In columns beside the map, or on a page of its own."""
    paper = order.paper
    if is_beside:
        count, width = (1, paper.words.width) if paper.is_landscape else (2, portrait_column(paper))
        return {"legend": columns(parts, count, width, paper.enlarged) if parts else []}
    width = (paper.width - 24 * paper.enlarged) / 3
    return {"legend_page": columns(parts, 3, width, paper.enlarged)}


def pdf_of(html: str, measures: str) -> bytes:
    """`measures` is the style of this paper, after that of all."""
    from weasyprint import CSS, HTML

    with _setting:
        look, fonts = _look()
        pdf: bytes = HTML(string=html, base_url=None, url_fetcher=_nothing).write_pdf(
            stylesheets=[*look, CSS(string=measures)], font_config=fonts
        )
    return pdf


def joined(sheet: bytes, maps: Sequence[tuple[bytes, float, float]]) -> bytes:
    """A document with a drawn map on each of its first pages, its upper left corner so many millimetres from that of
    the page. Vectors stay vectors."""
    with one_at_a_time, pdfium.PdfDocument(sheet) as document:
        for number, (content, x, y) in enumerate(maps):
            page = document[number]
            with pdfium.PdfDocument(content) as drawing:
                height = drawing[0].get_height()
                thing = drawing.page_as_xobject(0, document)
                shown = thing.as_pageobject()
                up = page.get_height() - y * POINTS_PER_MM - height
                shown.set_matrix(pdfium.PdfMatrix().translate(x * POINTS_PER_MM, up))
                page.insert_obj(shown)
                page.gen_content()
                thing.close()
        written = io.BytesIO()
        document.save(written)
    return written.getvalue()


def code_of(address: str) -> SafeString | None:
    """The address as a QR code, drawn as vectors; None where it is too long to be read."""
    if not address or len(address) > QR_MOST:
        return None
    code = segno.make(address, error="l" if len(address) > 300 else "m")
    return mark_safe(code.svg_inline(border=0, dark="#1f2328", omitsize=True))


def _nothing(url: str, *_more: Any, **_named: Any) -> Any:
    """Paper asks nobody for anything: all that it needs is in the text."""
    raise ValueError(f"{url[:60]} is not fetched")


@lru_cache(maxsize=1)
def _look() -> tuple[list[Any], Any]:
    """The look of the paper and its fonts, read once."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    faces = "".join(
        f'@font-face{{font-family:"Sheet";font-weight:{weight};src:url({font_file(weight).as_uri()})}}'
        for weight in (NORMAL, BOLD)
    )
    look = _static("planning/printing/sheet.css")
    return [CSS(string=faces + look, font_config=fonts)], fonts


# Its fonts end before the library that holds them does.
atexit.register(_look.cache_clear)


@lru_cache(maxsize=1)
def _arms() -> SafeString:
    """The arms of the municipality, as on every page; a file of ours."""
    return mark_safe(_static("img/arms.svg"))


def _static(name: str) -> str:
    from pathlib import Path

    from django.conf import settings

    found = finders.find(name)
    return (Path(str(found)) if found else Path(settings.STATIC_ROOT) / name).read_text("utf-8")
