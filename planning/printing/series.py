"""A series of sheets: one for each block or neighbourhood, or as many as cover it at one scale, and an index."""

import io
import math
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from django.conf import settings
from django.db.models import F
from django.http import QueryDict
from django.utils.text import capfirst, slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.geo import CRS84
from core.languages import entry_in_reader_language
from layers.drawing.frames import Bounds, Frame, moves
from layers.drawing.pictures import one_at_a_time
from layers.drawing.sketches import Sketch
from layers.ogcapi.sql import bounded
from layers.sources import FeatureSource, source_for
from planning.jobs.kinds import Progress, Result
from planning.maps.pages import titles_of
from planning.models import PlanJob
from planning.printing.asked import PrintAsked, asked_by, title_of
from planning.printing.chosen import Chosen, chosen_layers
from planning.printing.drawn import drawn_map, frame_of, round_scale
from planning.printing.errors import NoSheets, TooManySheets
from planning.printing.order import NO_GROUND
from planning.printing.sheet import SheetWords, author_of, sheet_of

MOST_SHEETS = 120
ROOM = 1.08  # A feature and a little around it.
OVERLAP = 0.06  # of a frame, between two sheets that lie beside each other
BY_SCALE, EVERYWHERE = "scale", "all"
INK = "#b60202"


@dataclass(frozen=True)
class Sheet:
    """`name` is what it shows; `frame` its ground."""

    name: str
    frame: Frame


def work(job: PlanJob, progress: Progress) -> Result:
    """The series as one PDF, with the rights that the owner has now."""
    words = {str(name): str(text) for name, text in job.order.get("words", {}).items()}
    asked = asked_by(job.owner, query_of(words), words)
    chosen = chosen_layers(job.owner, asked.content, with_base=asked.order.ground != NO_GROUND)
    sheets = sheets_for(job, asked, chosen)
    title = title_of(asked, [str(layer.source.title) for layer in chosen.vectors])
    file = Path(tempfile.mkdtemp()) / f"{slugify(title) or 'series'}.pdf"
    _write(file, _pages(job, asked, chosen, sheets, title, progress))
    summary = [[_("Sheets"), str(len(sheets))], [_("Paper"), asked.order.paper.name]]
    return Result({"summary": summary, "file_name": file.name}, file)


def query_of(words: Mapping[str, str]) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update(dict(words))
    return query


def sheets_for(job: PlanJob, asked: PrintAsked, chosen: Chosen) -> list[Sheet]:
    """Raises NoSheets, TooManySheets, NotFound."""
    source = source_for(job.owner, str(job.order.get("sheets", "")))
    here = None if job.order.get("where") == EVERYWHERE else frame_of(asked.content, asked.order)
    found = list(_sheets(_features(job, source, chosen, here), asked, str(job.order.get("fit", ""))))
    if not found:
        raise NoSheets(title=capfirst(str(source.title)))
    if len(found) > MOST_SHEETS:
        raise TooManySheets(sheets=len(found), most=MOST_SHEETS)
    return found


def _features(
    job: PlanJob, source: FeatureSource, chosen: Chosen, here: Frame | None
) -> Iterator[tuple[str, Bounds]]:
    """Name and extent of each feature, as the map filters and dates the layer."""
    shown = next((layer for layer in chosen.vectors if layer.source.slug == source.slug), None)
    rows = (shown.rows if shown else source.rows).order_by()
    field = titles_of(job.owner, [source.slug]).get(source.slug, "")
    box = here.outline(settings.STORAGE_SRID) if here else None
    if box is not None:
        rows = rows.filter(**{f"{source.geometry}__intersects": box})
    more = {"sheet_json": F(source.json_properties)} if source.json_properties else {}
    columns = {"sheet_key": F(source.key), "sheet_shape": F(source.geometry), **more}
    wanted = rows.filter(**{f"{source.geometry}__isnull": False}).annotate(**columns)
    with bounded():
        for row in wanted.order_by("sheet_key").values(*columns)[: 4 * MOST_SHEETS]:
            name = entry_in_reader_language(row.get("sheet_json") or {}, field) or str(row["sheet_key"])
            yield name, row["sheet_shape"].extent


def _sheets(features: Iterator[tuple[str, Bounds]], asked: PrintAsked, fit: str) -> Iterator[Sheet]:
    box = asked.order.paper.map
    for name, (west, south, east, north) in features:
        x, y = (west + east) / 2, (south + north) / 2
        least = max((east - west) / box.width, (north - south) / box.height) * 1000 * ROOM
        scale = asked.order.scale or round_scale(least)
        if fit == BY_SCALE:
            yield from _covering(name, (west, south, east, north), scale, box.width, box.height)
        else:
            shown = scale if scale >= least else round_scale(least)
            yield Sheet(name, Frame.around(x, y, scale=shown, width=box.width, height=box.height))


def _covering(name: str, bounds: Bounds, scale: float, width: float, height: float) -> Iterator[Sheet]:
    """As many sheets as cover it, from the north-west, row by row, each with a strip of its neighbours."""
    west, south, east, north = bounds
    across, up = width * scale / 1000, height * scale / 1000
    columns = _count(east - west, across)
    rows = _count(north - south, up)
    for row in range(rows):
        for column in range(columns):
            x = (west + east) / 2 + (column - (columns - 1) / 2) * across * (1 - OVERLAP)
            y = (south + north) / 2 - (row - (rows - 1) / 2) * up * (1 - OVERLAP)
            told = name if rows * columns == 1 else f"{name} {chr(65 + row % 26)}{column + 1}"
            yield Sheet(told, Frame.around(x, y, scale=scale, width=width, height=height))


def _count(length: float, frame: float) -> int:
    if length <= frame:
        return 1
    return min(1 + math.ceil((length - frame) / (frame * (1 - OVERLAP))), 1000)


def _pages(
    job: PlanJob, asked: PrintAsked, chosen: Chosen, sheets: list[Sheet], title: str, progress: Progress
) -> Iterator[bytes]:
    """The index, then every sheet."""
    language = get_language() or "el"
    words = SheetWords(title, author_of(job.owner), asked.saved_link, asked.content.moments)
    index = replace(
        chosen, sketches=[_outline(number, sheet) for number, sheet in enumerate(sheets, start=1)]
    )
    yield sheet_of(
        asked.order,
        index,
        drawn_map(index, _around(sheets, asked), asked.order, language),
        replace(words, number=_("Index of %(sheets)s sheets") % {"sheets": len(sheets)}),
    )
    for number, sheet in enumerate(sheets, start=1):
        told = _("Sheet %(number)s of %(sheets)s: %(name)s")
        facts = {"number": number, "sheets": len(sheets), "name": sheet.name}
        drawn = drawn_map(chosen, sheet.frame, asked.order, language)
        yield sheet_of(asked.order, chosen, drawn, replace(words, number=told % facts))
        progress(number / (len(sheets) + 1))


def _outline(number: int, sheet: Sheet) -> Sketch:
    """The frame of a sheet, with its number, in degrees."""
    west, south, east, north = sheet.frame.bounds
    there = moves(settings.STORAGE_SRID, CRS84)
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    ring = [list(there.transform(x, y)) for x, y in corners]
    return Sketch({"type": "Polygon", "coordinates": [ring]}, INK, str(number), is_filled=False)


def _around(sheets: list[Sheet], asked: PrintAsked) -> Frame:
    """All frames on one sheet, at a round scale."""
    wests, souths, easts, norths = zip(*(sheet.frame.bounds for sheet in sheets), strict=True)
    west, south, east, north = min(wests), min(souths), max(easts), max(norths)
    box = asked.order.paper.map
    least = max((east - west) / box.width, (north - south) / box.height) * 1000 * ROOM
    x, y = (west + east) / 2, (south + north) / 2
    return Frame.around(x, y, scale=round_scale(least), width=box.width, height=box.height)


def _write(file: Path, pages: Iterator[bytes]) -> None:
    """Sheet by sheet into one document."""
    with pdfium.PdfDocument.new() as whole:
        for page in pages:
            with one_at_a_time, pdfium.PdfDocument(io.BytesIO(page)) as sheet:
                whole.import_pages(sheet)
        with one_at_a_time:
            whole.save(str(file))


def order_of(words: Mapping[str, str], sheets: str, fit: str, where: str) -> dict[str, Any]:
    """What the job keeps."""
    return {"words": dict(words), "sheets": sheets, "fit": fit, "where": where}
