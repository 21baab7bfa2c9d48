"""`manage.py import_assets FILE --type SLUG --key FIELD`: a register of things on the ground."""

from typing import Any

from django.core.management.base import CommandParser

from importers.actions.assets import AssetsOrder, import_assets
from importers.command import ImportCommand, read_options
from importers.mapping_options import add_mapping_arguments, carried_out, rules_of
from importers.models import Target
from importers.report import Report


class Command(ImportCommand):
    help = "Import assets of one type, recognised by their code."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add_mapping_arguments(parser)
        parser.add_argument("--type", required=True, metavar="SLUG")
        parser.add_argument("--key", required=True, metavar="FIELD", help="field with the code of the asset")
        parser.add_argument(
            "--owner", default="", metavar="DEPT", help="slug of the department that owns them"
        )
        parser.add_argument("--create-type", action="store_true", help="make the type")
        parser.add_argument("--title", default="", help="title of a new type")
        parser.add_argument("--icon", default="", help="icon of a new type, e.g. bulb")

    def work(self, options: dict[str, Any]) -> Report:
        order = AssetsOrder(
            path=options["file"],
            slug=options["type"],
            key=options["key"],
            owner=options["owner"],
            create_type=options["create_type"],
            title=options["title"],
            icon=options["icon"],
            options=read_options(options),
            swap_axes=options["swap_axes"],
            set_aside=options["set_aside"],
            dry_run=options["dry_run"],
            rules=rules_of(options, Target.ASSETS, options["type"]),
        )
        return carried_out(order, options, Target.ASSETS, order.slug, import_assets)
