"""Sheets of paper: their sizes, and where on them the map and the words about it go. All in millimetres."""

from dataclasses import dataclass

#: Short and long side.
PAPERS = {
    "A4": (210.0, 297.0),
    "A3": (297.0, 420.0),
    "A2": (420.0, 594.0),
    "A1": (594.0, 841.0),
    "A0": (841.0, 1189.0),
}
LANDSCAPE, PORTRAIT = "landscape", "portrait"
ORIENTATIONS = (LANDSCAPE, PORTRAIT)
#: By paper: the margin to the edge, the width (or height) of the words, and how much larger than on A4 they are.
MEASURES = {
    "A4": (7.0, 58.0, 1.0),
    "A3": (9.0, 74.0, 1.15),
    "A2": (12.0, 92.0, 1.4),
    "A1": (15.0, 116.0, 1.75),
    "A0": (18.0, 146.0, 2.2),
}
NUMERALS = 5.5  # The strip around the map for the numbers of the grid, times the size of words.


@dataclass(frozen=True)
class Box:
    """Its upper left corner counted from the upper left of the sheet, its width and height."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Paper:
    name: str
    orientation: str

    @property
    def is_landscape(self) -> bool:
        return self.orientation == LANDSCAPE

    @property
    def width(self) -> float:
        return max(PAPERS[self.name]) if self.is_landscape else min(PAPERS[self.name])

    @property
    def height(self) -> float:
        return min(PAPERS[self.name]) if self.is_landscape else max(PAPERS[self.name])

    @property
    def enlarged(self) -> float:
        return MEASURES[self.name][2]

    @property
    def numerals(self) -> float:
        return NUMERALS * self.enlarged

    @property
    def words(self) -> Box:
        """Right of the map on a sheet that lies, below it on one that stands."""
        margin, share, _enlarged = MEASURES[self.name]
        if self.is_landscape:
            return Box(self.width - margin - share, margin, share, self.height - 2 * margin)
        height = share * 1.12
        return Box(margin, self.height - margin - height, self.width - 2 * margin, height)

    @property
    def map(self) -> Box:
        """The frame of the map, its neat line; the numerals lie outside of it."""
        margin, _share, enlarged = MEASURES[self.name]
        strip, gap, words = self.numerals, 2.0 * enlarged, self.words
        left = top = margin + strip
        if self.is_landscape:
            return Box(left, top, words.x - gap - strip - left, self.height - 2 * top)
        return Box(left, top, self.width - 2 * left, words.y - gap - strip - top)
