"""Reads what a PDF draws, as a ruler on the paper would: paths with their colours, in millimetres from below left."""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as raw

MM = 25.4 / 72
PATH, FORM = raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_FORM
Matrix = tuple[float, float, float, float, float, float]
SAME: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class Path:
    points: list[tuple[float, float]]
    stroke: str
    fill: str
    is_stroked: bool
    is_filled: bool
    opacity: float


def size_of(content: bytes, page: int = 0) -> tuple[float, float]:
    with pdfium.PdfDocument(content) as document:
        width, height = document[page].get_size()
    return width * MM, height * MM


def text_of(content: bytes, page: int = 0) -> str:
    with pdfium.PdfDocument(content) as document:
        return str(document[page].get_textpage().get_text_range())


def paths_of(content: bytes, page: int = 0) -> list[Path]:
    with pdfium.PdfDocument(content) as document:
        sheet = document[page]
        handle = sheet.raw
        count = raw.FPDFPage_CountObjects(handle)
        found = [raw.FPDFPage_GetObject(handle, number) for number in range(count)]
        return [path for one in found for path in _paths(one, SAME)]


def _paths(thing: object, outer: Matrix) -> Iterator[Path]:
    kind = raw.FPDFPageObj_GetType(thing)
    matrix = _times(_matrix(thing), outer)
    if kind == FORM:
        for number in range(raw.FPDFFormObj_CountObjects(thing)):
            yield from _paths(raw.FPDFFormObj_GetObject(thing, number), matrix)
    elif kind == PATH:
        points = [_placed(point, matrix) for point in _points(thing)]
        mode, stroked = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(thing, mode, stroked)
        stroke, opacity = _color(raw.FPDFPageObj_GetStrokeColor, thing)
        fill, filled = _color(raw.FPDFPageObj_GetFillColor, thing)
        is_stroked = bool(stroked.value)
        yield Path(points, stroke, fill, is_stroked, bool(mode.value), opacity if is_stroked else filled)


def _points(thing: object) -> Iterator[tuple[float, float]]:
    for number in range(raw.FPDFPath_CountSegments(thing)):
        segment = raw.FPDFPath_GetPathSegment(thing, number)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        yield x.value, y.value


def _matrix(thing: object) -> Matrix:
    found = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(thing, found)
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _placed(point: tuple[float, float], matrix: Matrix) -> tuple[float, float]:
    x, y = point
    a, b, c, d, e, f = matrix
    return (a * x + c * y + e) * MM, (b * x + d * y + f) * MM


def _color(read: object, thing: object) -> tuple[str, float]:
    parts = [ctypes.c_uint() for _ in range(4)]
    read(thing, *parts)  # type: ignore[operator]
    red, green, blue, alpha = (part.value for part in parts)
    return f"#{red:02x}{green:02x}{blue:02x}", alpha / 255
