"""An overlay as a page shows it: a table of figures, and bars of the same figures."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from planning.overlay.choices import no_value
from planning.overlay.numbers import amount, share, with_unit
from planning.overlay.order import Measure
from planning.overlay.results import Cell, Overlay

COLUMNS, ROWS, BARS = 8, 300, 30
#: Told apart by eyes that see red and green alike; the last is for all others together.
PALETTE = ("#1d70d1", "#f2a900", "#00813f", "#a8327e", "#54b5c9", "#d4541c", "#6a4fb0", "#93a32b")
REST = "#8a949d"
WIDTH = 1000


@dataclass(frozen=True)
class Bit:
    """A part of a bar: where it begins and how long it is, of WIDTH."""

    x: float
    width: float
    color: str
    title: str


@dataclass(frozen=True)
class Line:
    """One class of the surfaces. `figures` by column; `share` of the area of its surfaces, where areas are measured."""

    name: str
    rows: str
    figures: list[str]
    total: str
    share: str
    bits: list[Bit] = field(default_factory=list)


@dataclass(frozen=True)
class Column:
    name: str
    color: str
    classes: tuple[str | None, ...]


def name_of(value: str | None) -> str:
    return no_value() if value in (None, "") else str(value)


def columns_of(found: Overlay, colors: Mapping[str, str] | None = None) -> list[Column]:
    """The largest classes, and all others as one; none where rows are not told apart."""
    if not found.what_field:
        return []
    known = colors or {}
    palette = iter(PALETTE)
    classes = found.what_classes
    first = classes if len(classes) <= COLUMNS else classes[: COLUMNS - 1]
    columns = [Column(name_of(one), known.get(one or "") or next(palette, REST), (one,)) for one in first]
    rest = tuple(classes[len(first) :])
    return [*columns, Column(_("%(count)s others") % {"count": len(rest)}, REST, rest)] if rest else columns


def lines_of(found: Overlay, columns: list[Column]) -> list[Line]:
    """One for each class of the surfaces, by name, at most ROWS."""
    return [_line(found, by, columns) for by in found.by_classes[:ROWS]]


def bars_of(found: Overlay, columns: list[Column]) -> list[Line]:
    """The classes with the most, the longest bar filling the width; at most BARS."""
    filled = sorted(found.by_classes, key=lambda by: -found.row(by).amount)
    filled = [by for by in filled if found.row(by).amount > 0][:BARS]
    longest = found.row(filled[0]).amount if filled else 1.0
    shown = columns or [Column("", PALETTE[0], tuple(found.totals))]
    return [_line(found, by, shown, longest) for by in filled]


def _line(found: Overlay, by: str | None, columns: list[Column], longest: float = 0.0) -> Line:
    whole, surface = found.row(by), found.surfaces[by]
    cells = [sum((found.cell(by, one) for one in column.classes), Cell()) for column in columns]
    return Line(
        name=name_of(by),
        rows=amount(whole.rows, Measure.COUNT),
        figures=[amount(cell.amount, found.measure) if cell.rows else "" for cell in cells],
        total=amount(whole.amount, found.measure),
        share=share(whole.amount, surface.amount) if found.measure == Measure.AREA else "",
        bits=list(_bits(found, columns, cells, longest)) if longest else [],
    )


def _bits(found: Overlay, columns: list[Column], cells: list[Cell], longest: float) -> Iterator[Bit]:
    x = 0.0
    for column, cell in zip(columns, cells, strict=True):
        width = WIDTH * cell.amount / longest
        if width > 0:
            title = f"{column.name}: {with_unit(cell.amount, found.measure)}" if column.name else ""
            yield Bit(round(x, 2), round(width, 2), column.color, title)
        x += width


def totals_of(found: Overlay, columns: list[Column]) -> list[str]:
    """Below each column, what all surfaces hold of it."""
    return [
        amount(
            sum(found.cell(by, one).amount for by in found.surfaces for one in column.classes), found.measure
        )
        for column in columns
    ]


def summary(found: Overlay) -> list[tuple[str, str]]:
    """The figures over all, as label and value."""
    told = [(_("all together"), _cell(found.all, found.measure))]
    if found.measure != Measure.COUNT:
        inside = f"{with_unit(found.covered, found.measure)} ({share(found.covered, found.all.amount)})"
        told.append((_("inside the surfaces"), inside))
    outside = with_unit(found.outside, found.measure)
    rows = amount(found.rows_outside, Measure.COUNT)
    told.append((_("outside"), rows if found.measure == Measure.COUNT else outside))
    return told


def _cell(cell: Cell, measure: Measure) -> str:
    rows = amount(cell.rows, Measure.COUNT)
    return rows if measure == Measure.COUNT else f"{with_unit(cell.amount, measure)} · n = {rows}"


def warnings(found: Overlay) -> list[str]:
    """What a reader must know before using the figures."""
    told = []
    if found.outside > 0 or found.rows_outside:
        values = {"amount": with_unit(found.outside, found.measure), "rows": found.rows_outside}
        told.append(_("%(amount)s lie in no surface; %(rows)s rows lie wholly outside.") % values)
    if found.doubled > 0:
        values = {"amount": with_unit(found.doubled, found.measure), "rows": found.rows_in_several}
        told.append(
            _(
                "Surfaces lie on one another: %(amount)s are counted more than once, so the rows of the table sum up "
                "to more than there is."
            )
            % values
        )
    if found.mended:
        told.append(
            _("%(count)s shapes are wrong in themselves and were mended for this reckoning.")
            % {"count": found.mended}
        )
    return told
