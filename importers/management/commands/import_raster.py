"""`manage.py import_raster FILE --raster SLUG`: an orthophoto, a height model or another raster goes on the map."""

from typing import Any

from django.core.management.base import CommandParser

from importers.actions.raster import RasterOrder, import_raster
from importers.command import ImportCommand, read_options
from importers.report import Report


class Command(ImportCommand):
    help = "Import a raster (GeoTIFF, ASCII grid, PNG or JPEG with world file, JPEG 2000, ERDAS) as a COG."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument("--raster", required=True, metavar="SLUG", help="made when it does not exist yet")
        parser.add_argument("--title", default="", help="title of the raster")
        parser.add_argument("--unit", default="", help="unit of its values, e.g. m")

    def work(self, options: dict[str, Any]) -> Report:
        return import_raster(
            RasterOrder(
                path=options["file"],
                slug=options["raster"],
                title=options["title"],
                unit=options["unit"],
                options=read_options(options),
                dry_run=options["dry_run"],
            )
        )
