"""`manage.py import_departments FILE`: the departments of the municipality, from a table."""

from typing import Any

from django.core.management.base import CommandParser

from importers.actions.departments import DepartmentsOrder, import_departments
from importers.command import ImportCommand, read_options
from importers.mapping_options import add_mapping_arguments, carried_out, rules_of
from importers.models import Target
from importers.report import Report


class Command(ImportCommand):
    help = "Import departments, recognised by slug; parents may come after their children."

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        add_mapping_arguments(parser)

    def work(self, options: dict[str, Any]) -> Report:
        order = DepartmentsOrder(
            path=options["file"],
            options=read_options(options),
            set_aside=options["set_aside"],
            dry_run=options["dry_run"],
            rules=rules_of(options, Target.DEPARTMENTS),
        )
        return carried_out(order, options, Target.DEPARTMENTS, "", import_departments)
