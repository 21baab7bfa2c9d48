"""Names on the map: each is written where none lies yet, the most important first."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
import shapely

from layers.drawing.canvas import Canvas, Point
from layers.drawing.fonts import letters
from layers.drawing.frames import MM_PER_PIXEL
from layers.drawing.marks import places_of
from layers.drawing.paths import turned
from layers.exports.systems import Shapes
from layers.styles.looks import Look

WIDEST = 10.0  # A line of text, in sizes, before it breaks.
LINE_HEIGHT = 1.15
MIDDLE = 0.35  # How far the base line lies below the middle of letters, in sizes.
GAP_MM = 0.5
REPEATED_MM = 90.0  # The same name again along the same line.
STRAIGHT = 0.985  # The chord of a stretch of line to its length.
MOST_LABELS = 6_000
FEW = 60  # of one text: so many surfaces get the roomiest place, more a quicker one.
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Written:
    """One line of text from its base line's beginning."""

    text: str
    place: Point
    turn: float = 0.0


@dataclass
class Places:
    """What is taken on the paper, by squares of 8 mm."""

    width: float
    height: float
    side: float = 8.0
    taken: dict[tuple[int, int], list[Box]] = field(default_factory=dict)

    def take(self, boxes: list[Box]) -> bool:
        """Whether all of them lie on the paper and were free; then they are no more."""
        if not all(self._is_inside(box) and self._is_free(box) for box in boxes):
            return False
        self.block(boxes)
        return True

    def block(self, boxes: list[Box]) -> None:
        """Taken whatever lies there: signs that names must not cover."""
        for box in boxes:
            for square in self._squares(box):
                self.taken.setdefault(square, []).append(box)

    def _is_inside(self, box: Box) -> bool:
        return box[0] >= 0.5 and box[1] >= 0.5 and box[2] <= self.width - 0.5 and box[3] <= self.height - 0.5

    def _is_free(self, box: Box) -> bool:
        return not any(
            _meet(box, other) for square in self._squares(box) for other in self.taken.get(square, ())
        )

    def _squares(self, box: Box) -> Iterator[tuple[int, int]]:
        for column in range(int(box[0] // self.side), int(box[2] // self.side) + 1):
            for row in range(int(box[1] // self.side), int(box[3] // self.side) + 1):
                yield column, row


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def write_labels(canvas: Canvas, wanted: Iterable[tuple[Look, Shapes, float]], places: Places) -> int:
    """`wanted` are texts with the shapes that bear them and an opacity, the most important first. How many found a
    place."""
    written = 0
    for look, shapes, opacity in wanted:
        for lines, boxes in _tries(look, shapes, places):
            if written >= MOST_LABELS:
                return written
            if places.take(boxes):
                written += 1
                for line in lines:
                    _write(canvas, look, line, opacity)
    return written


def _write(canvas: Canvas, look: Look, line: Written, opacity: float) -> None:
    size = look.size * MM_PER_PIXEL
    canvas.write(
        line.text,
        line.place,
        size,
        color=look.color,
        halo=look.halo,
        halo_width=look.halo_width * MM_PER_PIXEL,
        turn=line.turn,
        opacity=look.opacity * opacity,
    )


def _tries(look: Look, shapes: Shapes, paper: Places) -> Iterator[tuple[list[Written], list[Box]]]:
    if look.along:
        yield from _along(look, shapes)
        return
    for place in _inside(shapes, paper) if len(shapes) <= FEW else places_of(shapes):
        yield _at(look, place)


def _inside(shapes: Shapes, paper: Places) -> Iterator[Point]:
    """The roomiest point of what the paper shows of each surface; where points are, and the middles of lines."""
    is_area = shapely.get_dimensions(shapes) == 2
    yield from places_of(shapes[~is_area])
    for shape in shapes[is_area]:
        part = _largest(_cut(shape, paper))
        if part is not None:
            tolerance = max(float(shapely.length(part)) / 200, 0.2)
            circle = shapely.maximum_inscribed_circle(np.array([part]), tolerance=tolerance)
            x, y = shapely.get_coordinates(circle)[0].tolist()
            yield x, y


def _cut(shape: shapely.Geometry, paper: Places) -> shapely.Geometry:
    try:
        return shapely.clip_by_rect(shape, 0, 0, paper.width, paper.height)
    except shapely.errors.GEOSException:
        return shape


def _largest(shape: shapely.Geometry) -> shapely.Geometry | None:
    parts = [part for part in shapely.get_parts(shape).tolist() if shapely.area(part) > 0]
    return max(parts, key=lambda part: float(shapely.area(part)), default=None)


def _at(look: Look, place: Point) -> tuple[list[Written], list[Box]]:
    """Level text about a point, broken into lines."""
    size = look.size * MM_PER_PIXEL
    lines = broken(look.text)
    widths = [letters().width(line) * size for line in lines]
    height = size * (1 + LINE_HEIGHT * (len(lines) - 1))
    x, y = place[0] + look.offset[0] * MM_PER_PIXEL, place[1] - look.offset[1] * MM_PER_PIXEL
    left, right = _sides(look.anchor, "left", "right")
    top, bottom = _sides(look.anchor, "top", "bottom")
    x += (left - right) * max(widths) / 2
    y += (bottom - top) * height / 2
    written = [
        Written(line, (x - width / 2, y + height / 2 - size / 2 - MIDDLE * size - at * LINE_HEIGHT * size))
        for at, (line, width) in enumerate(zip(lines, widths, strict=True))
    ]
    wide, high = max(widths) / 2 + GAP_MM, height / 2 + GAP_MM / 2
    return written, [(x - wide, y - high, x + wide, y + high)]


def _sides(anchor: str, low: str, high: str) -> tuple[bool, bool]:
    return low in anchor, high in anchor


def broken(text: str) -> list[str]:
    """Lines of a text: at its own breaks, and at spaces where one would be too wide."""
    lines: list[str] = []
    for part in text.splitlines():
        line = ""
        for word in part.split():
            longer = f"{line} {word}".strip()
            if line and letters().width(longer) > WIDEST:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return [line for line in lines if line][:6] or [""]


def _along(look: Look, shapes: Shapes) -> Iterator[tuple[list[Written], list[Box]]]:
    """Straight text on stretches of line that are nearly straight; the same name not too often."""
    size = look.size * MM_PER_PIXEL
    text = " ".join(look.text.split())
    width = letters().width(text) * size
    used: list[Point] = []
    for line in _joined(shapes):
        for middle in _middles(line.length, width):
            found = _stretch(line, middle, width)
            if found is None or any(math.dist(found[0], other) < REPEATED_MM for other in used):
                continue
            (x, y), turn = found
            right, down = turned(-width / 2, -MIDDLE * size, turn)
            used.append((x, y))
            yield [Written(text, (x + right, y + down), turn)], list(_beads(x, y, turn, width, size))


def name_places(look: Look, shapes: Shapes) -> Iterator[tuple[float, float, float]]:
    """Where a name may stand, and how far it is turned, in the units of the shapes: for drawings that find out later
    whether there is room."""
    if look.along:
        for line in _joined(shapes):
            ends = shapely.line_interpolate_point(line, [0.45, 0.55], normalized=True)
            (ax, ay), (bx, by) = shapely.get_coordinates(ends).tolist()
            yield (ax + bx) / 2, (ay + by) / 2, _upright(math.degrees(math.atan2(by - ay, bx - ax)))
        return
    for x, y in places_of(shapes):
        yield x, y, 0.0


def _upright(turn: float) -> float:
    return turn - 180 if turn > 90 else turn + 180 if turn <= -90 else turn


def _joined(shapes: Shapes) -> list[shapely.LineString]:
    lines = shapely.get_parts(shapely.line_merge(shapely.multilinestrings(_lines(shapes))))
    return sorted(lines.tolist(), key=lambda line: -line.length)


def _lines(shapes: Shapes) -> Shapes:
    parts = shapely.get_parts(shapes)
    is_area = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    parts = np.concatenate([parts[~is_area], shapely.get_rings(parts[is_area])])
    kinds = shapely.get_type_id(parts)
    return np.asarray(parts[(kinds == 1) | (kinds == 2)], dtype=object)


def _middles(length: float, width: float) -> Iterator[float]:
    """Where along a line to try: its middle, then ever nearer to its ends."""
    if length < width:
        return
    yield length / 2
    step = max(width / 2, 10.0)
    for number in range(1, min(int((length - width) / 2 / step), 40) + 1):
        yield length / 2 + number * step
        yield length / 2 - number * step


def _stretch(line: shapely.LineString, middle: float, width: float) -> tuple[Point, float] | None:
    """The middle and the direction of a stretch that is straight enough, read from the left."""
    ends = shapely.line_interpolate_point(line, [middle - width / 2, middle + width / 2])
    (ax, ay), (bx, by) = shapely.get_coordinates(ends).tolist()
    if math.dist((ax, ay), (bx, by)) < STRAIGHT * width:
        return None
    return ((ax + bx) / 2, (ay + by) / 2), _upright(math.degrees(math.atan2(by - ay, bx - ax)))


def _beads(x: float, y: float, turn: float, width: float, size: float) -> Iterator[Box]:
    """Squares along a turned text, as a box about all of it would take too much."""
    count = max(math.ceil(width / size), 1)
    half = size / 2 + GAP_MM / 2
    for number in range(count):
        right, up = turned(-width / 2 + (number + 0.5) * width / count, 0, turn)
        yield x + right - half, y + up - half, x + right + half, y + up + half
