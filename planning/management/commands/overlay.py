"""`manage.py overlay WHAT BY`: how much of one layer lies in each surface of another, as a table or a CSV file."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from planning.command import in_a_sentence, reader
from planning.overlay.files import csv_text, rows_of
from planning.overlay.order import Order
from planning.overlay.reckon import overlay, sides_of
from planning.overlay.table import columns_of, lines_of, summary, totals_of, warnings


class Command(BaseCommand):
    help = "Measure one layer in the surfaces of another, such as parcels by neighbourhood."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", help="slug of the layer that is measured")
        parser.add_argument("by", help="slug of the layer of surfaces, such as areas-neighbourhood")
        parser.add_argument(
            "--by", dest="by_field", default="", metavar="FIELD", help="surfaces by this field"
        )
        parser.add_argument(
            "--of", dest="what_field", default="", metavar="FIELD", help="measured by this field"
        )
        parser.add_argument("--what-filter", default="", metavar="CQL2", help="only such rows")
        parser.add_argument("--by-filter", default="", metavar="CQL2", help="only such surfaces")
        parser.add_argument("--valid", default="", metavar="DAY", help="as it held on that day")
        parser.add_argument("--known", default="", metavar="DAY", help="as it was known on that day")
        parser.add_argument(
            "--user", default="", metavar="EMAIL", help="with this person's eyes; else everybody's"
        )
        parser.add_argument("--csv", type=Path, metavar="FILE", help="write the figures there, every digit")

    def handle(self, *args: Any, **options: Any) -> None:
        order = Order.from_json(options)
        with in_a_sentence():
            found = overlay(*sides_of(order, reader(options["user"])))
        if options["csv"]:
            options["csv"].write_bytes(csv_text(rows_of(found)))
        columns = columns_of(found)
        head = [found.by_field or found.by_title, "n", *(column.name for column in columns), _("Sum")]
        rows = [[line.name, line.rows, *line.figures, line.total] for line in lines_of(found, columns)]
        self._table([head, *rows, [_("Sum"), "", *totals_of(found, columns), ""]])
        for label, value in summary(found):
            self.stdout.write(f"{label}: {value}")
        for warning in warnings(found):
            self.stderr.write(warning)

    def _table(self, rows: list[list[str]]) -> None:
        widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
        for row in rows:
            first, *rest = (text.ljust(width) if not at else text.rjust(width)
                            for at, (text, width) in enumerate(zip(row, widths, strict=True)))  # fmt: skip
            self.stdout.write("  ".join([first, *rest]).rstrip())
