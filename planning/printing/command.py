"""What `manage.py render_map` does: the same map that the pages give, for somebody who is named."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.errors import NotFound, PortalError
from layers.drawing.pictures import picture_of
from layers.drawing.reading import DrawnLayer
from municipality.roles import AnyUser
from planning.models import PlanningMap
from planning.printing.asked import PrintAsked, asked_by, title_of
from planning.printing.chosen import chosen_layers
from planning.printing.drawn import drawn_map, frame_of
from planning.printing.order import NO_GROUND
from planning.printing.series import query_of
from planning.printing.sheet import SheetWords, author_of, pixels_of, sheet_of

FORMATS = ("html", "pdf", "png")


class NoSuchMap(NotFound):
    code = "no_such_map"
    sentence = _(
        "There is no map called “%(name)s” that this reader may open. Use its token, or --as somebody else."
    )


class MapNotClear(PortalError):
    code = "map_not_clear"
    sentence = _("%(count)s maps are called “%(name)s”. Use the token of one: %(tokens)s.")


@dataclass(frozen=True)
class Rendering:
    """`name` is a title or token, blank where the words say the layers."""

    name: str
    format: str
    words: dict[str, str]
    user: AnyUser
    language: str


def render(rendering: Rendering, listen: Callable[[float], None] | None = None) -> bytes:
    """The file. Raises NoSuchMap, MapNotClear and what printing refuses."""
    words = dict(rendering.words)
    if rendering.name:
        words["saved"] = _found(rendering.user, rendering.name).token
    asked = asked_by(rendering.user, query_of(words), words)
    return _html(rendering, asked) if rendering.format == "html" else _sheet(rendering, asked, listen)


def _found(user: AnyUser, name: str) -> PlanningMap:
    maps = PlanningMap.objects.opened_by_link(user)
    by_token = maps.filter(token=name[:60]).first()
    if by_token is not None:
        return by_token
    titled = list(PlanningMap.objects.visible_to(user).filter(Q(title__iexact=name))[:6])
    if not titled:
        raise NoSuchMap(name=name)
    if len(titled) > 1:
        raise MapNotClear(count=len(titled), name=name, tokens=", ".join(one.token for one in titled))
    return titled[0]


def _sheet(rendering: Rendering, asked: PrintAsked, listen: Callable[[float], None] | None) -> bytes:
    pixels = pixels_of(asked.order.paper, asked.order.dpi) if rendering.format == "png" else None
    chosen = chosen_layers(rendering.user, asked.content, with_base=asked.order.ground != NO_GROUND)
    drawn = drawn_map(chosen, frame_of(asked.content, asked.order), asked.order, rendering.language, listen)
    content = sheet_of(asked.order, chosen, drawn, _words(rendering, asked, chosen.vectors))
    return picture_of(content, pixels, background="#ffffff") if pixels is not None else content


def _html(rendering: Rendering, asked: PrintAsked) -> bytes:
    from planning.printing.offline.build import offline_map

    chosen = chosen_layers(rendering.user, asked.content, with_base=asked.order.ground != NO_GROUND)
    words = _words(rendering, asked, chosen.vectors)
    frame = frame_of(asked.content, asked.order)
    return offline_map(rendering.user, chosen, frame, words, asked.order.note, rendering.language).encode()


def _words(rendering: Rendering, asked: PrintAsked, layers: list[DrawnLayer]) -> SheetWords:
    title = title_of(asked, [str(layer.source.title) for layer in layers])
    return SheetWords(title, author_of(rendering.user), asked.saved_link, asked.content.moments)
