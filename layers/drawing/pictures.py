"""A page of PDF as a picture: what is drawn once as vectors is shown on screens too."""

import io
import threading

import pypdfium2 as pdfium

from layers.drawing.documents import POINTS_PER_MM
from layers.styles.colors import color_of

MOST_PIXELS = 60_000_000  # The memory of one picture: four bytes each.
CLEAR = (255, 255, 255, 0)
one_at_a_time = threading.Lock()  # PDFium has no threads.


def picture_of(content: bytes, pixels: tuple[int, int], *, background: str = "", page: int = 0) -> bytes:
    """A page as PNG of exactly so many pixels; the background blank: see-through."""
    with one_at_a_time, pdfium.PdfDocument(content) as document:
        sheet = document[page]
        width, height = sheet.get_size()
        scale = max(pixels[0] / width, pixels[1] / height)
        bitmap = sheet.render(scale=scale, fill_color=_ground(background), maybe_alpha=not background)
        image = bitmap.to_pil()
    if image.size != pixels:
        image = image.crop((0, 0, *pixels))
    written = io.BytesIO()
    image.save(written, "PNG", compress_level=2)
    return written.getvalue()


def pixels_at(width: float, height: float, dpi: float) -> tuple[int, int]:
    """Of a sheet of so many millimetres."""
    return round(width * POINTS_PER_MM / 72 * dpi), round(height * POINTS_PER_MM / 72 * dpi)


def _ground(background: str) -> tuple[int, int, int, int]:
    found = color_of(background) if background else None
    return (round(found.red), round(found.green), round(found.blue), 255) if found else CLEAR
