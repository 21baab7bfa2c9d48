"""The answer for a plot on A4, as PDF: WeasyPrint over the templates of the page, with the fonts of the portal."""

import atexit
import logging
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any

import segno
from django.conf import settings
from django.contrib.staticfiles import finders
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from layers.drawing.fonts import BOLD, NORMAL, font_file
from planning.parcel.answer import Answer
from planning.parcel.inset import inset_of
from planning.parcel.page import context_of

PICTURE = (92.0, 92.0)
FAMILY = "Noto Sans Paper"
#: Fonts are looked up in one map that threads must not share: one paper at a time in each process.
TURN = Lock()
logging.getLogger("weasyprint").setLevel(logging.WARNING)  # It tells each of its steps.


def sheet_of(answer: Answer, request: HttpRequest) -> bytes:
    from weasyprint import HTML

    context = {**context_of(answer), "picture": inset_of(answer, *PICTURE)}
    context["code"] = _code(context["permalink"])
    html = render_to_string("planning/parcel/sheet.html", context, request)
    styles, fonts = _styles()
    with TURN:
        paper = HTML(string=html, base_url=None, url_fetcher=_nothing)
        pdf: bytes = paper.write_pdf(stylesheets=styles, font_config=fonts)
    return pdf


def _nothing(url: str, *_more: Any, **_named: Any) -> Any:
    """Paper asks nobody for anything: all it needs is in the text."""
    raise ValueError(f"{url[:60]} is not fetched")


@lru_cache(maxsize=1)
def _styles() -> tuple[list[Any], Any]:
    """The look of the paper and its fonts, read once."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    atexit.register(_styles.cache_clear)  # It lets its fonts go with the help of modules that end before it.
    look = _found("planning/parcel/sheet.css")
    faces = "".join(_face(weight) for weight in (NORMAL, BOLD))
    return [CSS(string=faces + look.read_text("utf-8"), font_config=fonts)], fonts


def _face(weight: int) -> str:
    address = font_file(weight).as_uri()
    return f'@font-face{{font-family:"{FAMILY}";font-weight:{weight};src:url({address})}}'


def _found(name: str) -> Path:
    """A static file on disk."""
    found = finders.find(name)
    return Path(str(found)) if found else Path(settings.STATIC_ROOT) / name


def _code(address: str) -> SafeString:
    """The permalink as a QR code, drawn as vectors."""
    return mark_safe(segno.make(address, error="m").svg_inline(border=0, dark="#003375"))
