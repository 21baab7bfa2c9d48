"""What the page of a print shows: the choices, links to the files, and ways to move the frame."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from core.geo import CRS84
from layers.drawing.frames import Frame, moves
from layers.sources import offered_sources
from municipality.roles import rights_of
from planning.printing.asked import PrintAsked
from planning.printing.order import SCALES
from planning.printing.paper import ORIENTATIONS, PAPERS

STEP = 0.4  # of the frame
DPIS = (96, 150, 200, 300)
#: Words of the order that a form sends again.
ORDER_WORDS = ("paper", "orientation", "scale", "title", "note", "ground", "grid", "legend", "dpi")


@dataclass(frozen=True)
class Way:
    """A link that moves the frame."""

    name: str
    icon: str
    label: str
    address: str


def context_of(request: HttpRequest, asked: PrintAsked, frame: Frame) -> dict[str, Any]:
    words = asked.words | {"map": place_word(frame, asked)}
    query = urlencode(words)
    return {
        "asked": asked,
        "order": asked.order,
        "papers": list(PAPERS),
        "orientations": list(zip(ORIENTATIONS, (_("lying"), _("standing")), strict=True)),
        "scales": sorted({*SCALES, round(frame.scale)}),
        "scale": round(frame.scale),
        "dpis": DPIS,
        "kept": [(name, text) for name, text in words.items() if name not in ORDER_WORDS],
        "preview": f"{reverse('planning:print-png')}?{query}&preview=1",
        "pdf": f"{reverse('planning:print-pdf')}?{query}",
        "png": f"{reverse('planning:print-png')}?{query}",
        "html": f"{reverse('planning:print-html')}?{query}",
        "ways": ways(words, frame, asked),
        "size": (frame.width * frame.scale / 1000, frame.height * frame.scale / 1000),
        "back": asked.permalink(request),
        "is_staff": rights_of(request.user).is_staff,
        "series": _series(request) if rights_of(request.user).is_staff else [],
    }


def place_word(frame: Frame, asked: PrintAsked, east: float = 0.0, north: float = 0.0) -> str:
    """The word `map` of a frame moved by so many frames."""
    west, south, right, top = frame.bounds
    x, y = (west + right) / 2 + east * (right - west), (south + top) / 2 + north * (top - south)
    lon, lat = moves(settings.STORAGE_SRID, CRS84).transform(x, y)
    return f"{asked.content.zoom:.2f}/{lat:.6f}/{lon:.6f}"


def ways(words: Mapping[str, str], frame: Frame, asked: PrintAsked) -> list[Way]:
    there = reverse("planning:print")
    sides = (
        ("west", "arrow-left", _("Move the frame west"), -STEP, 0.0),
        ("north", "arrow-up", _("Move the frame north"), 0.0, STEP),
        ("south", "arrow-down", _("Move the frame south"), 0.0, -STEP),
        ("east", "arrow-right", _("Move the frame east"), STEP, 0.0),
    )
    return [
        Way(
            name,
            icon,
            label,
            f"{there}?{urlencode({**words, 'map': place_word(frame, asked, east, north)})}#sheet",
        )
        for name, icon, label, east, north in sides
    ]


def _series(request: HttpRequest) -> list[tuple[str, str]]:
    """Layers of surfaces, one sheet for each of whose features could be made."""
    found = [
        source for source in offered_sources(request.user) if source.geometry_kind in ("polygon", "mixed")
    ]
    return [(source.slug, str(source.title)) for source in found]
