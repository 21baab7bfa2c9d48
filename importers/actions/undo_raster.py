"""A raster goes back to the file it had; the pictures of it are made anew."""

from importers.actions.undo_register import RegisterUndo
from importers.models import ImportRun
from layers.actions.rasters import start_raster_revision


class RasterUndo(RegisterUndo):
    def finish(self, run: ImportRun) -> None:
        start_raster_revision(run.target_slug)
