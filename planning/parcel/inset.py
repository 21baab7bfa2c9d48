"""The picture of a plot as SVG in millimetres, true to its scale: neighbours, zones, lines of the plan, side lengths,
grid of the storage CRS, north and a scale bar. Screen and paper show the same."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import Any

from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry
from django.utils.formats import number_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from planning.parcel.answer import Answer
from planning.parcel.marks import marks_of
from planning.parcel.overlaps import Piece
from planning.parcel.parts import Kind
from planning.parcel.shapes import polygons_of
from planning.parcel.surroundings import Frame, Thing, surroundings_of
from planning.parcel.svg import FONTS, along, drawn, element, number, path_of, upright, written

#: One colour for each zone on the plot, told apart by those who see few colours; the letter stands beside it.
COLORS = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00")
PLOT, INK, RESERVED, LINE = "#003375", "#4a3f35", "#7a1fa2", "#c2410c"
#: How the borders and lines of a part are drawn, in millimetres.
MARKS: dict[Kind, dict[str, Any]] = {
    Kind.ZONE: {"stroke": "#6f4e37", "stroke_width": 0.3, "stroke_dasharray": "2 0.8 0.4 0.8"},
    Kind.PROTECTION: {"stroke": "#2f86b5", "stroke_width": 0.35, "stroke_dasharray": "0.5 1"},
    Kind.RESERVATION: {"stroke": RESERVED, "stroke_width": 0.3},
    Kind.STREET_LINE: {"stroke": LINE, "stroke_width": 0.4},
    Kind.BUILDING_LINE: {"stroke": LINE, "stroke_width": 0.3, "stroke_dasharray": "1.6 0.9"},
}
NAME_SIZE, NAME_MM = 2.1, 1.2  # of a letter, and what it takes on the line
SIDE_SHOWN = 7.0  # millimetres
SIDES_SHOWN = 16


@dataclass(frozen=True)
class Picture:
    """`legend` names the layers whose marks are in the picture, each with a piece of it."""

    svg: SafeString
    legend: list[tuple[SafeString, str]]


def inset_of(answer: Answer, width: float, height: float) -> Picture:
    """`width` × `height` millimetres."""
    plot = answer.plot
    frame = Frame.around(plot.shape, width, height)
    around = surroundings_of(plot, frame, answer.parts, answer.moments)
    ground = [*_ground(around, plot.key, frame), *_zones(answer.zones, around, frame)]
    plan = [*_plan_lines(around, frame), drawn(plot.shape, frame, stroke="#fff", stroke_width=1.5)]
    outline = drawn(plot.shape, frame, stroke=PLOT, stroke_width=0.8)
    words = [*_names(around, plot.key, frame), *_sides(plot.shape, frame), *_letters(answer.zones, frame)]
    cut = element("clipPath", element("rect", width=number(width), height=number(height)), id="cut")
    body = element("g", "".join([*ground, *plan, outline, *words]), clip_path="url(#cut)")
    svg = element(
        "svg",
        element("title", _title(answer, frame))
        + element("defs", cut + _hatch())
        + body
        + "".join(marks_of(frame)),
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=f"{number(width)}mm",
        height=f"{number(height)}mm",
        role="img",
        font_family=FONTS,
        class_="plot-picture",
    )
    return Picture(mark_safe(svg), _legend(around))


def _legend(around: Sequence[Thing]) -> list[tuple[SafeString, str]]:
    """By layer, in the order of drawing."""
    shown = {thing.part.title: thing.kind for thing in around if thing.kind in MARKS}
    return [
        (_swatch(kind), title)
        for title, kind in sorted(shown.items(), key=lambda one: [*MARKS].index(one[1]))
    ]


def _swatch(kind: Kind) -> SafeString:
    mark = element("path", d="M0,2H8", fill="none", **MARKS[kind])
    if kind == Kind.RESERVATION:
        lines = element("path", d="M0,4L4,0M2.5,4L6.5,0M5,4L9,0M-2,4L2,0", stroke=RESERVED, stroke_width=0.5)
        mark = lines + element("rect", width=8, height=4, fill="none", **MARKS[kind])
    return mark_safe(
        element(
            "svg", mark, viewBox="0 0 8 4", width="8mm", height="4mm", aria_hidden="true", class_="swatch"
        )
    )


def _title(answer: Answer, frame: Frame) -> str:
    return _("Plot %(name)s with its neighbours, scale 1:%(scale)s, EPSG:%(srid)s") % {
        "name": answer.plot.name,
        "scale": number_format(frame.scale, force_grouping=True),
        "srid": settings.STORAGE_SRID,
    }


def letter(index: int) -> str:
    """A, B, C …: what the table of zones and the picture call a zone."""
    return chr(ord("A") + index % 26)


def color(index: int) -> str:
    return COLORS[index % len(COLORS)]


def _hatch() -> str:
    stroke = element("path", d="M0,0V2", stroke=RESERVED, stroke_width=0.5)
    turned = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    return element("pattern", stroke, id="reserved", width=1.6, height=2, **turned)


def _ground(around: Sequence[Thing], key: str, frame: Frame) -> Iterator[str]:
    """Blocks, neighbours, buildings: quiet, under what is asked about."""
    yield element("rect", width=number(frame.width), height=number(frame.height), fill="#fbfaf7")
    for thing in _of(around, Kind.BLOCK):
        yield drawn(thing.shape, frame, fill="#f1ebdf", stroke="#cbbfac", stroke_width=0.15)
    for thing in _of(around, Kind.BUILDING):
        yield drawn(thing.shape, frame, fill="#ddd6ca", stroke="#b9b0a2", stroke_width=0.12)
    for thing in _of(around, Kind.PLOT):
        if thing.key != key:
            yield drawn(thing.shape, frame, stroke="#9c8b78", stroke_width=0.18)


def _zones(zones: Sequence[Piece], around: Sequence[Thing], frame: Frame) -> Iterator[str]:
    for index, zone in enumerate(zones):
        if zone.shape is not None:
            yield drawn(zone.shape, frame, fill=color(index), fill_opacity=0.3, fill_rule="evenodd")
    for thing in _of(around, Kind.ZONE):
        yield drawn(thing.shape.boundary, frame, **MARKS[Kind.ZONE])


def _plan_lines(around: Sequence[Thing], frame: Frame) -> Iterator[str]:
    for thing in _of(around, Kind.RESERVATION):
        hatched = {"fill": "url(#reserved)", "fill_rule": "evenodd"}
        yield drawn(thing.shape, frame, **hatched, **MARKS[Kind.RESERVATION])
    for thing in _of(around, Kind.PROTECTION):
        yield drawn(thing.shape.boundary, frame, **MARKS[Kind.PROTECTION])
    for thing in _of(around, Kind.BUILDING_LINE, Kind.STREET_LINE):
        yield drawn(thing.shape, frame, **MARKS[thing.kind])


def _of(around: Sequence[Thing], *kinds: Kind) -> list[Thing]:
    return [thing for thing in around if thing.kind in kinds]


def _names(around: Sequence[Thing], key: str, frame: Frame) -> Iterator[str]:
    """Streets along their longest piece, each once; blocks in their middle."""
    named: set[str] = set()
    for thing in _of(around, Kind.NETWORK):
        name = thing.part.name_of("", thing.facts)
        place = along(thing.shape, frame, NAME_MM * len(name)) if name and name not in named else None
        if place is not None:
            named.add(name)
            yield written(name, place[0], NAME_SIZE, turn=place[1], fill=INK)


def _sides(shape: GEOSGeometry, frame: Frame) -> Iterator[str]:
    """The length of each side that has room for it, on the outside."""
    shown = 0
    for polygon in polygons_of(shape):
        ring = [frame.at(point[0], point[1]) for point in polygon.exterior_ring.coords]
        turning = sum(x0 * y1 - x1 * y0 for (x0, y0), (x1, y1) in pairwise(ring))
        for (x0, y0), (x1, y1) in pairwise(ring):
            length = hypot(x1 - x0, y1 - y0)
            if length < SIDE_SHOWN or shown >= SIDES_SHOWN:
                continue
            shown += 1
            out = 1.9 / length * (1 if turning > 0 else -1)
            place = ((x0 + x1) / 2 + (y1 - y0) * out, (y0 + y1) / 2 - (x1 - x0) * out)
            text = number_format(length * frame.scale / 1000, 2)
            yield written(text, place, 2.0, turn=upright(x1 - x0, y1 - y0), fill=PLOT, font_weight=600)


def _letters(zones: Sequence[Piece], frame: Frame) -> Iterator[str]:
    for index, zone in enumerate(zones):
        if zone.shape is None or zone.shape.empty or len(zones) < 2 or not path_of(zone.shape, frame):
            continue
        middle = zone.shape.point_on_surface
        if zone.area_m2 * 1e6 / frame.scale**2 > 12:  # mm² on paper
            yield written(letter(index), frame.at(middle.x, middle.y), 4.0, fill=PLOT, font_weight=700)
