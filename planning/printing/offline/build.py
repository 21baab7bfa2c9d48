"""From a planning map to the file that opens offline, for one reader."""

import math

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.geo import CRS84
from layers.drawing.errors import TooMuchToDraw
from layers.drawing.frames import Frame, moved_box
from layers.drawing.pictured import DrawnRaster
from layers.drawing.reading import DrawnLayer
from layers.drawing.swatches import signs
from municipality.models import Area
from municipality.roles import AnyUser
from planning.printing.chosen import Chosen, credits_of
from planning.printing.errors import TooMuchForOneFile
from planning.printing.legend import LegendPart
from planning.printing.offline.document import Page, document_of
from planning.printing.offline.facts import Telling
from planning.printing.offline.features import Offline, Zooms, offline_layer, total
from planning.printing.sheet import SheetWords

#: So many features may be in the file: they make some ten megabytes, which telephones still open.
MOST_FEATURES, MOST_OF_BASE = 12_000, 14_000
CLOSER, FARTHER, CLOSEST = 5, 2, 21
SCREEN_PIXELS = 1_000


def offline_map(
    user: AnyUser, chosen: Chosen, frame: Frame, words: SheetWords, note: str, language: str
) -> str:
    """The whole file. Raises TooMuchForOneFile, TooCostly."""
    bounds = moved_box(frame.bounds, settings.STORAGE_SRID, CRS84) or (-180.0, -85.0, 180.0, 85.0)
    zooms = zooms_of(frame)
    telling = Telling.to(user, [layer.source.slug for layer in chosen.vectors])
    made: list[tuple[DrawnLayer | DrawnRaster, Offline | None]] = [
        (layer, _vector(layer, frame, zooms, language, telling)) for layer in chosen.layers
    ]
    if total([part for _layer, part in made if part is not None]) > MOST_FEATURES:
        raise TooMuchForOneFile(most=MOST_FEATURES)
    listed = [
        (_name(layer), part.document() if part else layer)
        for layer, part in made
        if part or _is_raster(layer)
    ]
    base = _base(chosen, frame, zooms, language)
    sketches = {"sketches": [[one.geometry, one.color, one.text] for one in chosen.sketches]}
    layers = [*base, *listed, *([(_("Drawings"), sketches)] if chosen.sketches else [])]
    context = {
        "words": words,
        "note": note,
        "legend": _legend(made),
        "notes": chosen.notes,
        "credits": credits_of(chosen),
        "municipality": Area.objects.only("name", "name_en").home(),
    }
    return document_of(Page(words.title, bounds, zooms, layers, context, language))  # type: ignore[arg-type]


def zooms_of(frame: Frame) -> Zooms:
    """From a little farther than what shows the frame on a screen, to much closer."""
    across = (frame.bounds[2] - frame.bounds[0]) / (frame.width / 25.4 * 96)
    shown = frame.zoom + math.log2(across * SCREEN_PIXELS / (frame.bounds[2] - frame.bounds[0]))
    middle = round(shown) + 1
    return Zooms(max(middle - FARTHER, 2), max(min(middle + CLOSER, CLOSEST), 3))


def _vector(
    layer: DrawnLayer | DrawnRaster, frame: Frame, zooms: Zooms, language: str, telling: Telling
) -> Offline | None:
    if isinstance(layer, DrawnRaster):
        return None
    try:
        return offline_layer(layer, frame, zooms, language, MOST_FEATURES, telling)
    except TooMuchToDraw as error:
        raise TooMuchForOneFile(most=MOST_FEATURES) from error


def _base(chosen: Chosen, frame: Frame, zooms: Zooms, language: str) -> list[tuple[str, dict[str, object]]]:
    """The base map as one layer; what is only near and too much for the file is left out of it."""
    found: list[dict[str, object]] = []
    left = MOST_OF_BASE
    for source in chosen.base:
        try:
            part = offline_layer(DrawnLayer.of(source), frame, zooms, language, left, None)
        except TooMuchToDraw:
            continue
        left -= len(part.shapes)
        found.append(part.document())
    return [(_("Base map"), {"layers": found, "isBase": True})] if found else []


def _legend(made: list[tuple[DrawnLayer | DrawnRaster, Offline | None]]) -> list[LegendPart]:
    parts = []
    for layer, part in reversed(made):
        if isinstance(layer, DrawnLayer) and part is not None and part.shapes:
            told = signs(layer.legend, part.looks, layer.opacity)
            parts.append(LegendPart(_name(layer), told))
    return parts


def _is_raster(layer: DrawnLayer | DrawnRaster) -> bool:
    return isinstance(layer, DrawnRaster)


def _name(layer: DrawnLayer | DrawnRaster) -> str:
    source = layer.layer if isinstance(layer, DrawnRaster) else layer.source
    return str(capfirst(str(source.title)))
