"""The report of a draft plan as PDF, with the fonts of the portal; it asks nobody for anything."""

import atexit
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import timezone

from layers.drawing.fonts import BOLD, NORMAL, font_file
from planning.models import PlanVersion
from planning.parcel.sheet import TURN
from planning.versions import words
from planning.versions.comparison import Comparison
from planning.versions.picture import picture_of

#: More plots than that are in the CSV; paper is for reading.
PLOTS = 150
LOOK = "planning/versions/paper.css"


def paper_of(version: PlanVersion, found: Comparison) -> bytes:
    from weasyprint import HTML

    first = words.largest_plots(found)[:PLOTS]
    context = {
        "version": version,
        "found": found,
        "picture": picture_of(found),
        "summary": words.summary(found),
        "legend": words.legend(found),
        "piece_rows": words.piece_rows(found),
        "line_rows": words.line_rows(found),
        "plot_rows": words.plot_rows(first),
        "more_plots": len(found.plots) - len(first),
        "made_at": timezone.now(),
        "srid": settings.STORAGE_SRID,
    }
    html = render_to_string("planning/versions/paper.html", context)
    styles, fonts = _styles()
    with TURN:
        paper = HTML(string=html, base_url=None, url_fetcher=_nothing)
        pdf: bytes = paper.write_pdf(stylesheets=styles, font_config=fonts)
    return pdf


def _nothing(url: str, *_more: Any, **_named: Any) -> Any:
    raise ValueError(f"{url[:60]} is not fetched")


@lru_cache(maxsize=1)
def _styles() -> tuple[list[Any], Any]:
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    atexit.register(_styles.cache_clear)  # It lets its fonts go with the help of modules that end before it.
    found = finders.find(LOOK)
    look = Path(str(found)) if found else Path(settings.STATIC_ROOT) / LOOK
    faces = "".join(
        f'@font-face{{font-family:"Paper";font-weight:{weight};src:url({font_file(weight).as_uri()})}}'
        for weight in (NORMAL, BOLD)
    )
    return [CSS(string=faces + look.read_text("utf-8"), font_config=fonts)], fonts
