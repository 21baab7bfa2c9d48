"""A print as an address asks for it: which map, whose, and how it is to look on paper."""

import json
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from core.errors import NotFound
from layers.sources import offered_sources
from municipality.roles import AnyUser
from planning.maps.content import MapContent, parse
from planning.maps.drawings import read_drawings
from planning.maps.reading import Part
from planning.maps.words import FILTER, content_from
from planning.models import PlanningMap
from planning.printing.errors import BadDrawing
from planning.printing.order import PrintOrder, order_from

#: The words of an address that say what is on the map; see planning/static/planning/maps/permalink.js.
MAP_WORDS = ("map", "layers", "valid", "known", "draw")
KEPT = "kept"
LONGEST_DRAWINGS = 100_000


@dataclass(frozen=True)
class PrintAsked:
    """`words` are those of the address that a link to the same print repeats; `saved` is the map that it began with."""

    content: MapContent
    order: PrintOrder
    saved: PlanningMap | None
    words: dict[str, str]

    @property
    def title(self) -> str:
        return self.order.title or (self.saved.title if self.saved else "")

    @property
    def saved_link(self) -> str:
        """The whole address of the map on the screen, by the name under which the portal is known."""
        return f"{settings.SITE_URL}{self.path}"

    def permalink(self, request: HttpRequest) -> str:
        """The same by the name under which it was asked for."""
        path, hash, words = self.path.partition("#")
        return request.build_absolute_uri(path) + hash + words

    @property
    def path(self) -> str:
        """Back to the map on the screen, with its words."""
        path = (
            reverse("planning:saved-map", args=(self.saved.token,)) if self.saved else reverse("planning:map")
        )
        words = {name: text for name, text in self.words.items() if _is_of_map(name)}
        if self.saved and set(words) <= {"map"}:
            words = {}
        hash = f"#{urlencode(words, safe='/,~:')}" if words else ""
        return path + hash


def asked_from(request: HttpRequest) -> PrintAsked:
    """Of `saved` (a token), the words of a map, and those of planning/printing/order.py. Raises NotFound, BadMap and
    the refusals of the order."""
    return asked_by(request.user, request.GET, {name: str(value) for name, value in request.GET.items()})


def asked_by(user: AnyUser, query: QueryDict, words: dict[str, str]) -> PrintAsked:
    """The same for somebody who is not at the other end of a request."""
    saved = saved_map(user, str(query["saved"])) if query.get("saved") else None
    content = _without_hidden(user, content_of(query, saved))
    return PrintAsked(content, order_from(words), saved, words)


def saved_map(user: AnyUser, token: str) -> PlanningMap:
    """Raises NotFound for one that is not there, or not for this reader."""
    found = PlanningMap.objects.opened_by_link(user).filter(token=token[:60]).first()
    if found is None:
        raise NotFound()
    return found


def content_of(query: QueryDict, saved: PlanningMap | None) -> MapContent:
    """What the words say; what they leave open as it was saved."""
    kept = parse(saved.content) if saved else MapContent()
    if not any(_is_of_map(name) for name in query):
        return kept
    said = content_from(query)
    return replace(
        said,
        layers=said.layers if "layers" in query else kept.layers,
        center=said.center or kept.center,
        zoom=said.zoom if query.get("map") else kept.zoom,
        valid=said.valid or kept.valid,
        known=said.known or kept.known,
        drawings=_drawings(str(query.get("draw", "")), kept, query),
    )


def title_of(asked: PrintAsked, titles: list[str]) -> str:
    """What somebody wrote, else what the map is called, else what is on it."""
    return asked.title or " · ".join(map(str, map(capfirst, titles[-2:]))) or _("Map")


def _is_of_map(name: str) -> bool:
    return name in MAP_WORDS or name.startswith(FILTER)


def _without_hidden(user: AnyUser, content: MapContent) -> MapContent:
    """Nothing of layers that this reader may not see. Rasters have readers of their own, asked when they are drawn."""
    from layers.rasters.offered import offered_rasters

    named = content.slugs()
    visible = {source.slug for source in offered_sources(user)} if named else set()
    if named - visible:
        visible |= {layer.slug for layer in offered_rasters(user)}
    return content.without(named - visible)


def _drawings(text: str, kept: MapContent, query: QueryDict) -> Any:
    """Rows of type, coordinates, colour, words; those of the saved map where the address says so, or nothing."""
    if text == KEPT or (not text and "draw" not in query and kept.drawings and "saved" in query):
        return kept.drawings
    if not text:
        return ()
    try:
        rows = json.loads(text[:LONGEST_DRAWINGS])
        features = [
            {"geometry": {"type": kind, "coordinates": places}, "properties": _told(color, words)}
            for kind, places, color, words in rows
        ]
    except (ValueError, TypeError, RecursionError) as error:
        raise BadDrawing() from error
    return read_drawings(Part({"type": "FeatureCollection", "features": features}, "draw"))


def _told(color: Any, words: Any) -> dict[str, Any]:
    return {**({"color": color} if color else {}), **({"text": words} if words else {})}
