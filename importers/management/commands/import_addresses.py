"""`manage.py import_addresses FILE --source SLUG`: addresses and named places for the search."""

from typing import Any

from django.core.management.base import CommandParser

from importers.actions.addresses import AddressesOrder, import_addresses
from importers.command import ImportCommand, read_options
from importers.mapping_options import add_mapping_arguments, carried_out, rules_of
from importers.models import Target
from importers.report import Report


class Command(ImportCommand):
    help = "Import addresses for the search, in the place of those the same source gave before."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add_mapping_arguments(parser)
        parser.add_argument("--source", default="addresses", metavar="SLUG", help="whose addresses they are")
        parser.add_argument(
            "--allow-removals", action="store_true", help="let many of the source's addresses go"
        )

    def work(self, options: dict[str, Any]) -> Report:
        order = AddressesOrder(
            path=options["file"],
            slug=options["source"],
            allow_removals=options["allow_removals"],
            options=read_options(options),
            swap_axes=options["swap_axes"],
            set_aside=options["set_aside"],
            dry_run=options["dry_run"],
            rules=rules_of(options, Target.ADDRESSES),
        )
        return carried_out(order, options, Target.ADDRESSES, order.slug, import_addresses)
