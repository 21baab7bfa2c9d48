"""What the import commands share: options, the report in words, and one sentence when refused."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import OperationalError
from django.utils.translation import gettext as _

from core.errors import PortalError
from importers.report import Report
from importers.sources import ReadOptions

SHOWN_PER_CODE = 10


class SentenceCommand(BaseCommand):
    """A command that ends with a sentence also where the database does not answer."""

    requires_migrations_checks = True

    def execute(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except OperationalError as error:
            sentence = _("The database does not answer (%(detail)s). Start it, or check DATABASE_URL.")
            detail = str(error).strip().split("\n")[0]
            raise CommandError(sentence % {"detail": detail}) from error


class ImportCommand(SentenceCommand):
    """A command that imports one file. Exit code 0: done, 1: refused and nothing changed, 2: wrong options."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="GeoPackage, Shapefile (also zipped), GeoJSON or CSV")
        parser.add_argument(
            "--set-aside",
            action="store_true",
            help="import the rows that can be, and set the others aside; else one bad row refuses the file",
        )
        parser.add_argument("--dry-run", action="store_true", help="find out everything, change nothing")
        parser.add_argument(
            "--source-crs",
            default="",
            metavar="EPSG:n",
            help="coordinate system of the file, where it names none",
        )
        parser.add_argument(
            "--encoding", default="", help="text encoding, e.g. utf-8, cp1253, iso-8859-7, cp737"
        )
        parser.add_argument("--source-layer", default="", metavar="NAME", help="which layer of the file")
        parser.add_argument(
            "--swap-axes", action="store_true", help="the file gives latitude before longitude"
        )
        parser.add_argument("--lon", default="", metavar="FIELD", help="CSV: longitude or east")
        parser.add_argument("--lat", default="", metavar="FIELD", help="CSV: latitude or north")
        parser.add_argument("--wkt", default="", metavar="FIELD", help="CSV: geometry as WKT")

    def work(self, options: dict[str, Any]) -> Report:
        """Do the import that the command is for."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with no_collector():
                report = self.work(options)
        except PortalError as refusal:
            raise CommandError(str(refusal)) from refusal
        except KeyboardInterrupt:
            raise CommandError(_("Stopped. The database is as before."), returncode=130) from None
        for line in report_lines(report, dry_run=bool(options["dry_run"])):
            self.stdout.write(line)


@contextmanager
def no_collector() -> Iterator[None]:
    """Rows make many small objects and no circles, which the garbage collector would look for again and again."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def read_options(options: dict[str, Any]) -> ReadOptions:
    """What the command line says about the file."""
    names = ("source_crs", "encoding", "source_layer", "lon", "lat", "wkt")
    return ReadOptions(**{name: options[name] for name in names})


def report_lines(report: Report, *, dry_run: bool = False) -> list[str]:
    """The report as a person reads it: where from, how many, and the first findings of every kind."""
    lines = [_("Coordinate system of the file: %(crs)s") % {"crs": report.source_crs}]
    lines.append(_("Text encoding of the file: %(encoding)s") % {"encoding": report.encoding})
    if report.inside_share is not None:
        share = f"{100 * report.inside_share:.1f}"
        lines.append(_("In the extent of the municipality: %(share)s %%") % {"share": share})
    shown: dict[str, int] = {}
    for finding in report.findings:
        shown[finding.code] = shown.get(finding.code, 0) + 1
        if shown[finding.code] <= SHOWN_PER_CODE:
            lines.append(_line(finding.row, finding.key, finding.message))
        elif shown[finding.code] == SHOWN_PER_CODE + 1:
            rest = report.found[finding.code] - SHOWN_PER_CODE
            lines.append(_("… and %(count)d more like this") % {"count": rest})
    lines.append(_counts_line(report))
    if dry_run:
        lines.append(_("This was a dry run: nothing was changed."))
    return lines


def _line(row: int, key: str, message: str) -> str:
    if not row:
        return message
    where = _("Row %(row)d") % {"row": row}
    return f"{where} ({key}): {message}" if key else f"{where}: {message}"


def _counts_line(report: Report) -> str:
    words = _(
        "%(read)d rows read: %(added)d added, %(changed)d changed, %(removed)d removed, %(unchanged)d unchanged, "
        "%(repaired)d repaired, %(refused)d refused."
    )
    return str(words) % report.counts_json()
