"""A large drawing as several small ones: the same header, layers and blocks, and a part of the entities each, since
a drawing in memory takes more than twenty times its size."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

PIECE_BYTES = 3 << 20
LONGEST_LINE = 1 << 16
END = b"  0\nENDSEC\n  0\nEOF\n"
# What belongs to the entity before it.
FOLLOWERS = {b"VERTEX", b"ATTRIB", b"SEQEND"}


@dataclass(frozen=True)
class Frame:
    """Byte offsets of the entities of a drawing; what is before and after them belongs to every piece."""

    start: int
    end: int


def pieces(path: Path) -> Iterator[tuple[bytes, float]]:
    """Each piece as a whole drawing of its own, and the share of the file that is read with it. A small drawing, or
    one in which no entities are found, is one piece."""
    size = path.stat().st_size
    frame = _frame(path) if size > 2 * PIECE_BYTES else None
    if frame is None:
        yield path.read_bytes(), 1.0
        return
    with path.open("rb") as file:
        head = file.read(frame.start)
        file.seek(frame.end)
        rest = file.read()
        tail = rest if len(rest) <= PIECE_BYTES else END
        bounds = list(_bounds(path, frame, max(PIECE_BYTES, len(head))))
        for start, end in pairwise(bounds):
            file.seek(start)
            yield head + file.read(end - start) + tail, end / size


def outside_bytes(path: Path) -> int:
    """How much of the drawing belongs to every piece; all of it where it is one."""
    size = path.stat().st_size
    frame = _frame(path) if size > 2 * PIECE_BYTES else None
    return size if frame is None else frame.start


def _frame(path: Path) -> Frame | None:
    start = 0
    section = False
    for code, value, at, after in _pairs(path, 0):
        if code == b"0" and start and value == b"ENDSEC":
            return Frame(start, at)
        if section and code == b"2" and value == b"ENTITIES":
            start = after
        section = code == b"0" and value == b"SECTION"
    return None


def _bounds(path: Path, frame: Frame, size: int) -> Iterator[int]:
    """Offsets between entities, `size` apart."""
    yield frame.start
    last = frame.start
    for code, value, at, _ in _pairs(path, frame.start):
        if at >= frame.end:
            break
        if code == b"0" and at - last >= size and value not in FOLLOWERS:
            yield at
            last = at
    if last < frame.end:
        yield frame.end


def _pairs(path: Path, start: int) -> Iterator[tuple[bytes, bytes, int, int]]:
    """Group code and value, the offset of the code and the one after the value."""
    with path.open("rb") as file:
        file.seek(start)
        at = start
        while code := file.readline(LONGEST_LINE):
            value = file.readline(LONGEST_LINE)
            after = at + len(code) + len(value)
            yield code.strip(), value.strip(), at, after
            at = after
