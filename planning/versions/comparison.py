"""What a draft plan changes: on which ground, for which plots, and what stands there."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any, Self

USE, RATIO = "land_use", "floor_area_ratio"
Facts = Mapping[str, Any]


class Change(StrEnum):
    """What is most told of a piece of ground, the first that holds."""

    ADDED = "added"
    ENDED = "ended"
    USE = "use"
    RATIO_UP = "ratio-up"
    RATIO_DOWN = "ratio-down"
    OTHER = "other"


@dataclass(frozen=True)
class Piece:
    """Ground on which the draft says something else. `before` is None where no plan said anything, `after` where the
    draft takes ground out of a zone and says nothing."""

    number: int
    old_key: str | None
    new_key: str | None
    before: Facts | None
    after: Facts | None
    area_m2: float
    geojson: str = ""

    @property
    def changed(self) -> list[str]:
        """Names of what is said differently."""
        before, after = self.before or {}, self.after or {}
        return [name for name in {**before, **after} if before.get(name) != after.get(name)]

    @property
    def change(self) -> Change:
        if self.before is None:
            return Change.ADDED
        if self.after is None:
            return Change.ENDED
        if USE in self.changed:
            return Change.USE
        if RATIO in self.changed:
            return Change.RATIO_UP if self.ratio_after > self.ratio_before else Change.RATIO_DOWN
        return Change.OTHER

    @property
    def ratio_before(self) -> float:
        return _number((self.before or {}).get(RATIO))

    @property
    def ratio_after(self) -> float:
        return _number((self.after or {}).get(RATIO))


@dataclass(frozen=True)
class PlotPart:
    """So much of a plot lies in the piece of that number."""

    piece: Piece
    area_m2: float


@dataclass(frozen=True)
class Plot:
    """A plot on changed ground. What may be built is reckoned for the changed part alone: the rest stays as it is."""

    key: str
    area_m2: float
    parts: tuple[PlotPart, ...]

    @property
    def changed_m2(self) -> float:
        return sum(part.area_m2 for part in self.parts)

    @property
    def built_before_m2(self) -> float:
        return sum(part.area_m2 * part.piece.ratio_before for part in self.parts)

    @property
    def built_after_m2(self) -> float:
        return sum(part.area_m2 * part.piece.ratio_after for part in self.parts)

    def says_otherwise(self, name: str) -> bool:
        return any(name in part.piece.changed for part in self.parts)

    def told(self, name: str, *, after: bool) -> list[str]:
        """What is said of the changed parts, the largest part first."""
        ordered = sorted(self.parts, key=lambda part: -part.area_m2)
        facts = ((part.piece.after if after else part.piece.before) or {} for part in ordered)
        return list(dict.fromkeys(str(one[name]) for one in facts if one.get(name) is not None))


@dataclass(frozen=True)
class Redrawn:
    """A zone of both whose border moved; `moved_m2` lie in only one of them."""

    key: str
    before_m2: float
    after_m2: float
    moved_m2: float


@dataclass(frozen=True)
class LinePiece:
    """A part of a line that only one version has: `is_new` in the draft, else in the plan in force."""

    number: int
    is_new: bool
    key: str
    metres: float
    geojson: str = ""


@dataclass(frozen=True)
class LinePlot:
    """A plot on which lines go or come, and how many metres of them."""

    key: str
    area_m2: float
    gone_metres: float
    new_metres: float


@dataclass(frozen=True)
class Inside:
    """Things of one source that stand on changed ground: how many, and the keys of the first ones."""

    slug: str
    title: str
    kind: str
    count: int
    keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """`titles` says how people call each of the compared facts; `plots_title` names the layer of the plots, blank where
    there is none. Plans of surfaces have `pieces`, `redrawn`, `plots` and `inside`; plans `of_lines` have `lines` and
    `line_plots`."""

    titles: Mapping[str, str]
    pieces: tuple[Piece, ...] = ()
    redrawn: tuple[Redrawn, ...] = ()
    plots: tuple[Plot, ...] = ()
    plots_title: str = ""
    inside: tuple[Inside, ...] = field(default_factory=tuple)
    lines: tuple[LinePiece, ...] = ()
    line_plots: tuple[LinePlot, ...] = ()
    of_lines: bool = False

    @property
    def area_m2(self) -> float:
        return sum(piece.area_m2 for piece in self.pieces)

    @property
    def plots_m2(self) -> float:
        return sum(plot.changed_m2 for plot in self.plots)

    @property
    def built_before_m2(self) -> float:
        return sum(plot.built_before_m2 for plot in self.plots)

    @property
    def built_after_m2(self) -> float:
        return sum(plot.built_after_m2 for plot in self.plots)

    def line_metres(self, *, new: bool) -> float:
        return sum(line.metres for line in self.lines if line.is_new == new)

    def plots_with(self, name: str) -> list[Plot]:
        return [plot for plot in self.plots if plot.says_otherwise(name)]

    def as_json(self) -> dict[str, Any]:
        return {
            "titles": dict(self.titles),
            "pieces": [asdict(piece) for piece in self.pieces],
            "redrawn": [asdict(one) for one in self.redrawn],
            "plots": [
                [plot.key, plot.area_m2, [[part.piece.number, part.area_m2] for part in plot.parts]]
                for plot in self.plots
            ],
            "plots_title": self.plots_title,
            "inside": [asdict(one) for one in self.inside],
            "lines": [asdict(one) for one in self.lines],
            "line_plots": [asdict(one) for one in self.line_plots],
            "of_lines": self.of_lines,
        }

    @classmethod
    def from_json(cls, given: Mapping[str, Any]) -> Self:
        pieces = {one["number"]: Piece(**one) for one in given["pieces"]}
        return cls(
            titles=given["titles"],
            pieces=tuple(pieces.values()),
            redrawn=tuple(Redrawn(**one) for one in given["redrawn"]),
            plots=tuple(_plots(given["plots"], pieces)),
            plots_title=given["plots_title"],
            inside=tuple(Inside(**{**one, "keys": tuple(one["keys"])}) for one in given["inside"]),
            lines=tuple(LinePiece(**one) for one in given["lines"]),
            line_plots=tuple(LinePlot(**one) for one in given["line_plots"]),
            of_lines=given["of_lines"],
        )


def _plots(given: Iterable[Any], pieces: Mapping[int, Piece]) -> Iterable[Plot]:
    for key, area_m2, parts in given:
        yield Plot(key, area_m2, tuple(PlotPart(pieces[number], part) for number, part in parts))


def _number(value: Any) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
