"""What a draft changes, in words and figures for people."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from planning.overlay.numbers import amount
from planning.overlay.order import Measure
from planning.versions.comparison import RATIO, USE, Change, Comparison, Piece, Plot

WORDS = {
    Change.USE: _lazy("another land use"),
    Change.RATIO_UP: _lazy("higher floor-area ratio"),
    Change.RATIO_DOWN: _lazy("lower floor-area ratio"),
    Change.OTHER: _lazy("other rules"),
    Change.ADDED: _lazy("ground without a plan until now"),
    Change.ENDED: _lazy("ground that the draft leaves without rules"),
}
#: The same on the map, on paper and in the legend; told apart by eyes that see red and green alike.
COLORS = {
    Change.USE: "#8a3ffc",
    Change.RATIO_UP: "#d4541c",
    Change.RATIO_DOWN: "#1d70d1",
    Change.OTHER: "#8a6d00",
    Change.ADDED: "#00813f",
    Change.ENDED: "#5b6675",
}


@dataclass(frozen=True)
class PieceRow:
    """A change of the same kind with the same words, of one zone: its ground, its plots."""

    zone: str
    color: str
    word: str
    facts: list[tuple[str, str, str]]
    area: str
    plots: str


@dataclass(frozen=True)
class LineRow:
    key: str
    color: str
    word: str
    metres: str


@dataclass(frozen=True)
class PlotRow:
    key: str
    area: str
    changed: str
    share: str
    use: str
    ratio: str
    built_before: str
    built_after: str
    difference: str


def m2(value: float) -> str:
    return amount(value, Measure.AREA)


def signed(value: float) -> str:
    """A difference, with its sign."""
    rounded = round(value)
    if rounded == 0:
        return "0"
    return f"{'+' if rounded > 0 else '−'}{number_format(abs(rounded), 0, force_grouping=True)}"


def said(value: Any) -> str:
    if value is None or value == "":
        return "—"
    return (
        number_format(value) if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
    )


def summary(found: Comparison) -> list[tuple[str, str]]:
    """The figures over all, as label and value."""
    if found.of_lines:
        return _summary_of_lines(found)
    told = [(_("changed ground"), f"{m2(found.area_m2)} {_('m²')}")]
    if found.plots_title:
        told += [
            (_("plots on it"), amount(len(found.plots), Measure.COUNT)),
            (_("of these with another land use"), amount(len(found.plots_with(USE)), Measure.COUNT)),
            (_("with another floor-area ratio"), amount(len(found.plots_with(RATIO)), Measure.COUNT)),
            (_("buildable before"), f"{m2(found.built_before_m2)} {_('m²')}"),
            (_("buildable after"), f"{m2(found.built_after_m2)} {_('m²')}"),
            (_("difference"), f"{signed(found.built_after_m2 - found.built_before_m2)} {_('m²')}"),
        ]
    return told


def _summary_of_lines(found: Comparison) -> list[tuple[str, str]]:
    told = [
        (_("lines that go"), f"{m2(found.line_metres(new=False))} {_('m')}"),
        (_("lines that come"), f"{m2(found.line_metres(new=True))} {_('m')}"),
    ]
    if found.plots_title:
        told.append((_("plots on which the line changes"), amount(len(found.line_plots), Measure.COUNT)))
    return told


def line_rows(found: Comparison) -> list[LineRow]:
    """The lines that go and come, the longest first."""
    ordered = sorted(found.lines, key=lambda line: -line.metres)
    return [
        LineRow(line.key, line_color(new=line.is_new), line_word(new=line.is_new), m2(line.metres))
        for line in ordered
    ]


def line_color(*, new: bool) -> str:
    return COLORS[Change.RATIO_UP] if new else COLORS[Change.ENDED]


def line_word(*, new: bool) -> str:
    return _("line that comes") if new else _("line that goes")


def piece_rows(found: Comparison) -> list[PieceRow]:
    """The ground, zone by zone, the largest first."""
    plots: dict[int, int] = defaultdict(int)
    for plot in found.plots:
        for part in plot.parts:
            plots[part.piece.number] += 1
    ordered = sorted(found.pieces, key=lambda piece: -piece.area_m2)
    return [_piece_row(found, piece, plots[piece.number]) for piece in ordered]


def _piece_row(found: Comparison, piece: Piece, plots: int) -> PieceRow:
    before, after = piece.before or {}, piece.after or {}
    facts = [
        (title, said(before.get(name)), said(after.get(name)))
        for name, title in found.titles.items()
        if before.get(name) != after.get(name)
    ]
    zone = " → ".join(dict.fromkeys(key for key in (piece.old_key, piece.new_key) if key))
    return PieceRow(
        zone,
        COLORS[piece.change],
        str(WORDS[piece.change]),
        facts,
        m2(piece.area_m2),
        amount(plots, Measure.COUNT),
    )


def plot_rows(plots: Iterable[Plot]) -> list[PlotRow]:
    return [_plot_row(plot) for plot in plots]


def _plot_row(plot: Plot) -> PlotRow:
    difference = plot.built_after_m2 - plot.built_before_m2
    return PlotRow(
        key=plot.key,
        area=m2(plot.area_m2),
        changed=m2(plot.changed_m2),
        share=f"{number_format(round(100 * plot.changed_m2 / plot.area_m2), 0)} %" if plot.area_m2 else "",
        use=_from_to(plot, USE),
        ratio=_from_to(plot, RATIO),
        built_before=m2(plot.built_before_m2),
        built_after=m2(plot.built_after_m2),
        difference=signed(difference),
    )


def _from_to(plot: Plot, name: str) -> str:
    """“1,8 → 2,2”; one word where nothing changes."""
    before, after = plot.told(name, after=False), plot.told(name, after=True)
    old, new = " / ".join(map(_localized, before)) or "—", " / ".join(map(_localized, after)) or "—"
    return old if old == new else f"{old} → {new}"


def _localized(text: str) -> str:
    try:
        return number_format(float(text)) if text.replace(".", "", 1).isdigit() else text
    except ValueError:
        return text


def largest_plots(found: Comparison) -> list[Plot]:
    """Those first where most more or less may be built, then by changed ground."""
    return sorted(
        found.plots,
        key=lambda plot: (-abs(plot.built_after_m2 - plot.built_before_m2), -plot.changed_m2, plot.key),
    )


def legend(found: Comparison) -> list[tuple[str, str]]:
    """Colour and word of the changes that occur."""
    if found.of_lines:
        kinds = sorted({line.is_new for line in found.lines})
        return [(line_color(new=new), line_word(new=new)) for new in kinds]
    there = {piece.change for piece in found.pieces}
    return [(COLORS[change], str(word)) for change, word in WORDS.items() if change in there]
