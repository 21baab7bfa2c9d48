"""`manage.py import_issues FILE --mapping FILE`: an old case list becomes issues, routed by our rules."""

from typing import Any

from django.core.management.base import CommandParser

from importers.actions.issues import IssuesOrder, import_issues
from importers.command import ImportCommand, read_options
from importers.mapping_options import add_mapping_arguments, carried_out, rules_of
from importers.models import Target
from importers.report import Report


class Command(ImportCommand):
    help = "Import cases of another system; a mapping file says which field is what."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add_mapping_arguments(parser, required=True)

    def work(self, options: dict[str, Any]) -> Report:
        order = IssuesOrder(
            path=options["file"],
            rules=rules_of(options, Target.ISSUES),
            options=read_options(options),
            swap_axes=options["swap_axes"],
            set_aside=options["set_aside"],
            dry_run=options["dry_run"],
        )
        return carried_out(order, options, Target.ISSUES, "", import_issues)
