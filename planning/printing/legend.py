"""The legend of a printed map: what is drawn on it and nothing else, and whether that fits beside the map."""

import math
from dataclasses import dataclass

from django.utils.text import capfirst

from layers.drawing.fonts import letters
from layers.drawing.maps import Report
from layers.drawing.reading import DrawnLayer
from layers.drawing.swatches import Sign, signs
from planning.printing.chosen import Chosen
from planning.printing.paper import Paper

ROW_MM, HEAD_MM, SIGN_MM, WORDS_MM = 4.3, 5.2, 9.0, 2.55
#: What the other words take, on A4: title, scale, sources.
OTHERS_MM = 118.0
PIECE = 8


@dataclass(frozen=True)
class LegendPart:
    """A layer of the map. `is_alone`: its one sign is called as the layer itself."""

    title: str
    signs: list[Sign]

    @property
    def is_alone(self) -> bool:
        return not self.title or (len(self.signs) == 1 and self.signs[0].label == self.title)


def legend_parts(chosen: Chosen, report: Report) -> list[LegendPart]:
    """The uppermost layer first; layers of which nothing is in the frame are not told."""
    parts = [
        _part(layer, report) for layer in reversed(chosen.vectors) if report.features.get(layer.source.slug)
    ]
    return [part for part in parts if part.signs]


def _part(layer: DrawnLayer, report: Report) -> LegendPart:
    title = str(capfirst(str(layer.source.title)))
    looks = report.looks.get(layer.source.slug, [])
    told = signs(layer.legend, looks, layer.opacity) if looks else []
    if len(told) == 1:
        told = [Sign(title, told[0].svg)]
    return LegendPart(title, told)


def columns(parts: list[LegendPart], count: int, width: float, big: float = 1.0) -> list[list[LegendPart]]:
    """The parts in so many columns of about the same height, in their order; long ones are broken between signs."""
    pieces = [piece for part in parts for piece in _pieces(part)]
    heights = [_height(piece, width, big) for piece in pieces]
    each, filled = sum(heights) / count, 0.0
    found: list[list[LegendPart]] = [[]]
    for piece, height in zip(pieces, heights, strict=True):
        if found[-1] and filled + height / 2 > each and len(found) < count:
            found.append([])
            filled = 0.0
        found[-1].append(piece)
        filled += height
    return found


def _pieces(part: LegendPart) -> list[LegendPart]:
    """Eight signs together; the title with the first."""
    if len(part.signs) <= PIECE:
        return [part]
    starts = range(0, len(part.signs), PIECE)
    return [LegendPart("" if start else part.title, part.signs[start : start + PIECE]) for start in starts]


def fits(parts: list[LegendPart], paper: Paper) -> bool:
    """Whether the legend has room beside the map, reckoned from the widths of its words."""
    big, words = paper.enlarged, paper.words
    if not paper.is_landscape:
        count, room, width = 2, words.height - 14 * big, portrait_column(paper)
    else:
        count, room, width = 1, words.height - OTHERS_MM * big, words.width
    split = columns(parts, count, width, big)
    return all(sum(_height(part, width, big) for part in column) <= room for column in split)


def portrait_column(paper: Paper) -> float:
    """Two columns of signs in the middle of the words."""
    return paper.words.width * 0.4 / 2


def _height(part: LegendPart, width: float, big: float) -> float:
    rows = [_rows(sign.label, width - SIGN_MM * big, big) for sign in part.signs]
    head = 0 if part.is_alone else HEAD_MM * big * _rows(part.title, width, big)
    return head + sum(rows) * ROW_MM * big


def _rows(text: str, width: float, big: float) -> int:
    return max(math.ceil(letters().width(text) * WORDS_MM * big / width), 1)
