"""`manage.py import_layer FILE --layer SLUG`: a file becomes a layer, or brings one up to date."""

from argparse import ArgumentTypeError
from datetime import datetime
from typing import Any

from django.core.management.base import CommandParser

from core.errors import PortalError
from importers.actions.layer import LayerOrder, import_layer
from importers.command import ImportCommand, read_options
from importers.mapping_options import add_mapping_arguments, carried_out, rules_of
from importers.models import Target
from importers.moments import moment_since
from importers.report import Report
from layers.models import Theme


class Command(ImportCommand):
    help = (
        "Import a file into a layer: added, changed and removed rows by key, nothing is lost from the past."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add_mapping_arguments(parser)
        parser.add_argument("--layer", required=True, metavar="SLUG", help="made when it does not exist yet")
        parser.add_argument("--key", default="", metavar="FIELD", help="field by which rows are recognised")
        parser.add_argument("--title", default="", help="title of a new layer")
        parser.add_argument(
            "--theme", default=Theme.LAND_USE, choices=Theme.values, help="theme of a new layer"
        )
        parser.add_argument(
            "--allow-removals",
            action="store_true",
            help="let a large part of the layer end if the file lacks it",
        )
        parser.add_argument(
            "--valid-from",
            type=_day,
            metavar="DATE",
            help="since when this holds (ISO date); now when left out",
        )

    def work(self, options: dict[str, Any]) -> Report:
        order = LayerOrder(
            path=options["file"],
            slug=options["layer"],
            key=options["key"],
            title=options["title"],
            theme=options["theme"],
            options=read_options(options),
            swap_axes=options["swap_axes"],
            valid_from=options["valid_from"],
            allow_removals=options["allow_removals"],
            set_aside=options["set_aside"],
            dry_run=options["dry_run"],
            rules=rules_of(options, Target.LAYER, options["layer"]),
        )
        return carried_out(order, options, Target.LAYER, order.slug, import_layer)


def _day(text: str) -> datetime | None:
    try:
        return moment_since(text)
    except PortalError as refusal:
        raise ArgumentTypeError(str(refusal)) from refusal
