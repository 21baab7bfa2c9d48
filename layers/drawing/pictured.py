"""Rasters on paper: in their look, as finely as paper shows them."""

import math
from dataclasses import dataclass

from layers.drawing.canvas import Canvas
from layers.drawing.frames import Frame
from layers.rasters.drawing import drawn, reaches
from layers.rasters.offered import RasterLayer
from layers.rasters.reading import Frame as RasterFrame

DOTS_PER_MM = 200 / 25.4
MOST_PIXELS = 9_000_000


@dataclass(frozen=True)
class DrawnRaster:
    """A raster that the reader may see, in one look."""

    layer: RasterLayer
    opacity: float = 1.0

    @property
    def slug(self) -> str:
        return self.layer.slug

    def draw(self, canvas: Canvas, frame: Frame) -> bool:
        """Whether any of it lies in the frame. Raises RasterTooCostly, RasterFileMissing."""
        dots = min(DOTS_PER_MM, math.sqrt(MOST_PIXELS / (frame.width * frame.height)))
        width, height = max(round(frame.width * dots), 1), max(round(frame.height * dots), 1)
        ground = RasterFrame(frame.bounds, frame.srid, width, height)
        if not reaches(self.layer.raster, ground):
            return False
        picture = drawn(self.layer.raster, self.layer.look, ground)
        canvas.show(picture, 0, 0, frame.width, frame.height, self.opacity * self.layer.opacity)
        return bool(picture[3].any())
