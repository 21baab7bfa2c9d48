"""`manage.py import_areas FILE --level LEVEL --code FIELD --name FIELD`: boundaries of one level of areas."""

from typing import Any

from django.core.management.base import CommandParser

from importers.actions.areas import AreasOrder, import_areas
from importers.command import ImportCommand, read_options
from importers.mapping_options import add_mapping_arguments, carried_out, rules_of
from importers.models import Target
from importers.report import Report
from municipality.models import AreaLevel


class Command(ImportCommand):
    help = (
        "Import the areas of one level; the home municipality and its neighbours are of level municipality."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add_mapping_arguments(parser)
        parser.add_argument("--level", required=True, choices=AreaLevel.values)
        parser.add_argument(
            "--code",
            default="",
            metavar="FIELD",
            help="field by which areas are recognised; “code” if left out",
        )
        parser.add_argument("--name", default="", metavar="FIELD", help="“name” if left out")
        parser.add_argument("--name-en", default="", metavar="FIELD")
        parser.add_argument(
            "--parent-level", default="", choices=AreaLevel.values, help="level that contains these"
        )
        parser.add_argument(
            "--home", default="", metavar="CODE", help="which municipality of the file is ours"
        )

    def work(self, options: dict[str, Any]) -> Report:
        order = AreasOrder(
            path=options["file"],
            level=options["level"],
            code=options["code"],
            name=options["name"],
            name_en=options["name_en"],
            parent_level=options["parent_level"],
            home=options["home"],
            options=read_options(options),
            swap_axes=options["swap_axes"],
            set_aside=options["set_aside"],
            dry_run=options["dry_run"],
            rules=rules_of(options, Target.AREAS, options["level"]),
        )
        return carried_out(order, options, Target.AREAS, order.level, import_areas)
