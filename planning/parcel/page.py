"""The answer for a plot as the page and the paper tell it: rows with labels, figures and words."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from core.languages import entry_in_reader_language
from issues.models import Category
from issues.states import State
from layers.facts import told_of
from planning.parcel.answer import Answer
from planning.parcel.inset import color, letter
from planning.parcel.nearest import Near
from planning.parcel.overlaps import Piece
from planning.parcel.parts import Kind, Part, apart_metres
from planning.parcel.plots import Plot

#: What the table of a zone says, in this order; its names are those of the layer's own fields.
RULES = (
    *("land_use", "building_system", "floor_area_ratio", "coverage", "max_height_m", "least_plot_m2"),
    *("least_front_m", "front_yard_m", "side_yard_m", "plan", "decree", "gazette", "in_force"),
)
BESIDE = (Kind.BUILDING, Kind.PROPERTY, Kind.BLOCK)
#: Lines of the plan farther than this are those of other plots.
LINE_METRES = 50.0
#: More things of a kind than this are counted, not listed.
MOST = 12
#: Of the areas around a plot so many are told, the smallest.
FINEST = 2
LINES = (Kind.STREET_LINE, Kind.BUILDING_LINE)


#: What is told of zones at other times.
PAST_RULES = ("land_use", "floor_area_ratio", "coverage", "max_height_m", "least_plot_m2", "plan", "gazette")


@dataclass(frozen=True)
class Row:
    """A piece of a layer on the plot with what is told of it. `percent` and `uncertain_percent` are of the plot;
    `letter` and `color` are those of the picture, blank where it has none."""

    piece: Piece
    percent: float
    uncertain_percent: float
    facts: list[tuple[str, str]]
    letter: str = ""
    color: str = ""
    url: str = ""

    @property
    def name(self) -> str:
        return self.piece.name

    @property
    def layer(self) -> str:
        return self.piece.part.title


def context_of(answer: Answer) -> dict[str, Any]:
    """What the templates of the page and of the paper read."""
    plot, assets = answer.plot, rows_of(answer, Kind.ASSET)
    return {
        "answer": answer,
        "plot": plot,
        "moments": answer.moments,
        "zones": [row_of(piece, plot, index) for index, piece in enumerate(answer.zones)],
        "before": [row_of(piece, plot) for piece in answer.zones_before][:MOST],
        "limits": rows_of(answer, Kind.RESERVATION, Kind.PROTECTION),
        "lines": rows_of(answer, Kind.STREET_LINE, Kind.BUILDING_LINE),
        "standing": rows_of(answer, Kind.BUILDING, Kind.PROPERTY)[:MOST],
        "assets": assets if len(assets) <= MOST else [],
        "counted": _counted(assets) if len(assets) > MOST else [],
        "issues": rows_of(answer, Kind.ISSUE)[:MOST],
        "more_issues": max(0, len(answer.of(Kind.ISSUE)) - MOST),
        "categories": _categories(answer),
        "near": sorted((n for n in answer.near if _is_near(n)), key=_metres),
        "far": [n for n in answer.near if n.metres is None and n.part.kind not in LINES],
        "areas": " · ".join([*dict.fromkeys(_area_name(piece) for piece in answer.of(Kind.AREA))][-FINEST:]),
        "blocks": ", ".join(
            dict.fromkeys(
                str(p.told("number") or p.name) for p in answer.of(Kind.BLOCK) if not p.may_be_artefact
            )
        ),
        "difference": difference_of(plot),
        "silent": [part.title for part in answer.overlaps.silent],
        "exactness": exactness_of(answer),
        "permalink": permalink_of(answer),
        "srid": settings.STORAGE_SRID,
    }


def rows_of(answer: Answer, *kinds: Kind) -> list[Row]:
    """Walls of the neighbour that lie on the plot only by the way they were drawn stand beside it."""
    pieces = answer.overlaps.of(*kinds)
    there = [p for p in pieces if not (p.may_be_artefact and p.part.kind in BESIDE)]
    return [row_of(piece, answer.plot) for piece in there]


def row_of(piece: Piece, plot: Plot, index: int | None = None) -> Row:
    schema, roles = piece.part.schema, piece.part.roles
    told = RULES if piece.holds else PAST_RULES
    named = [roles[role] for role in told if role in roles]
    facts = [(_label(schema, name), _value(piece, name)) for name in named or _plain(piece)]
    return Row(
        piece=piece,
        percent=100 * piece.share_of(plot),
        uncertain_percent=100 * piece.uncertain_m2 / plot.area_m2,
        facts=[(label, value) for label, value in facts if value],
        letter=letter(index) if index is not None else "",
        color=color(index) if index is not None else "",
        url=address_of(piece.part, piece.pk, piece.key),
    )


def _plain(piece: Piece) -> list[str]:
    """Fields of a layer that declares no roles: the first few that are no name."""
    own = {piece.part.title_field, f"{piece.part.title_field}_en", piece.part.facts.key_name}
    if piece.part.kind == Kind.ISSUE:
        return ["state"]
    names = piece.part.schema.get("properties", {})
    return [name for name in names if name not in own and not name.endswith("_en")][:4]


def _label(schema: Any, name: str) -> str:
    return entry_in_reader_language(schema.get("properties", {}).get(name, {}), "title") or name


def _value(piece: Piece, name: str) -> str:
    if piece.part.kind == Kind.ISSUE and name == "state":
        return str(State(str(piece.facts[name])).label)
    if name == piece.part.roles.get("coverage"):
        share = piece.number("coverage")
        return f"{share * 100 if share <= 1 else share:.0f} %" if share is not None else ""
    return told_of(piece.facts, name, piece.part.schema)


def address_of(part: Part, pk: str, key: str) -> str:
    """The page of a row, where it has one."""
    names = {
        Kind.ISSUE: ("issues:issue", [key]),
        Kind.ASSET: ("assets:asset", _asset(part, key)),
        Kind.AREA: ("", []),
    }
    name, parameters = names.get(part.kind, ("layers:feature", [part.source.slug, pk]))
    try:
        return reverse(name, args=parameters) if name else ""
    except NoReverseMatch:
        return ""


def _asset(part: Part, key: str) -> list[str]:
    return [part.source.slug.removeprefix("assets-"), key]


def _counted(rows: list[Row]) -> list[tuple[str, int]]:
    """How many there are of each layer, the most first."""
    return Counter(row.layer for row in rows).most_common()


def _categories(answer: Answer) -> dict[str, str]:
    """What the issues on the plot are about, by their number, in the reader's language."""
    named = {piece.key: str(piece.facts.get("category")) for piece in answer.of(Kind.ISSUE)}
    public = (
        Category.objects.visible_to(AnonymousUser()).filter(slug__in=set(named.values())) if named else []
    )
    titles = {category.slug: str(category) for category in public}
    return {number: titles.get(slug, "") for number, slug in named.items()}


def _area_name(piece: Piece) -> str:
    return entry_in_reader_language(piece.facts, "name") or piece.key


def _is_near(near: Near) -> bool:
    """A line on the plot is told among the lines."""
    if near.metres is None:
        return False
    return near.part.kind not in LINES or 0 < near.metres <= LINE_METRES


def _metres(near: Near) -> float:
    return near.metres or 0.0


def difference_of(plot: Plot) -> tuple[float, float] | None:
    """What is measured less what is declared: m², and percent of what is declared."""
    if not plot.declared_m2:
        return None
    metres = plot.area_m2 - plot.declared_m2
    return metres, 100 * metres / plot.declared_m2


def exactness_of(answer: Answer) -> list[tuple[str, float | None, float]]:
    """Layer, its own accuracy in metres (None where nobody stated it), and how far its lines may be off the plot."""
    plot = answer.plot.part
    parts: Iterable[Part] = (
        p.part for p in answer.overlaps.pieces if p.area_m2 and p.part.kind != Kind.BUILDING
    )
    unique = {part.source.slug: part for part in parts}
    return [(part.title, part.accuracy_metres, apart_metres(plot, part)) for part in unique.values()]


def permalink_of(answer: Answer) -> str:
    """The page as it is now, also when it is opened later: both clocks are in the address."""
    today = localdate(answer.made_at).isoformat()
    asked = {
        "valid": answer.moments.asked.get("valid", today),
        "known": answer.moments.asked.get("known", today),
    }
    plot = answer.plot
    path = reverse("planning:parcel", args=[plot.part.source.slug, plot.key])
    return f"{settings.SITE_URL}{path}?{urlencode(asked)}"


def plot_title(plot: Plot) -> str:
    return _("Plot %(name)s") % {"name": plot.name}
