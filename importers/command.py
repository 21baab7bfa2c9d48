"""What the import commands share: options, the report in words, and one sentence when refused."""

import gc
import json
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
from importers.sources.signatures import known_extensions
from importers.storable import storable
from importers.words import report_lines

#: The exit code of a command that was stopped with Ctrl-C.
STOPPED = 130


class SentenceCommand(BaseCommand):
    """A command that ends with a sentence also where the database does not answer."""

    requires_migrations_checks = True
    # Checked when the server starts; here they would load every page.
    requires_system_checks = []

    #: The one JSON document was written, so that a refusal needs no other.
    has_told_json = False

    def execute(self, *args: Any, **options: Any) -> str | None:
        self.has_told_json = False
        try:
            return self._answered(*args, **options)
        except CommandError as refusal:
            if (options.get("json") or options.get("as_json")) and not self.has_told_json:
                self.stdout.write(json.dumps(storable(_refusal(refusal)), ensure_ascii=False))
            raise

    def check_migrations(self) -> None:
        """Django tells of migrations that wait on the standard output, which may be for a JSON document."""
        out, self.stdout = self.stdout, self.stderr
        try:
            super().check_migrations()
        finally:
            self.stdout = out

    def _answered(self, *args: Any, **options: Any) -> str | None:
        try:
            return super().execute(*args, **options)
        except OperationalError as error:
            sentence = _("The database does not answer (%(detail)s). Start it, or check DATABASE_URL.")
            detail = str(error).strip().split("\n")[0]
            raise CommandError(sentence % {"detail": detail}) from error


def _refusal(refusal: CommandError) -> dict[str, Any]:
    if refusal.returncode == STOPPED:
        return {"state": "stopped"}
    code = refusal.__cause__.code if isinstance(refusal.__cause__, PortalError) else "refused"
    return {"state": "refused", "refusal": {"code": code, "message": str(refusal)}}


class ImportCommand(SentenceCommand):
    """A command that imports one file. Exit code 0: done, 1: refused and nothing changed, 2: wrong options,
    130: stopped."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=f"one of {known_extensions()}")
        parser.add_argument(
            "--set-aside",
            action="store_true",
            help="import the rows that can be, and set the others aside; else one bad row refuses the file",
        )
        parser.add_argument("--dry-run", action="store_true", help="find out everything, change nothing")
        parser.add_argument(
            "--json",
            action="store_true",
            dest="as_json",
            help="print the report as one JSON document; the words go to the standard error",
        )
        parser.add_argument(
            "--source-crs",
            default="",
            metavar="EPSG:n",
            help="coordinate system of the file, where it names none; also HTRS07 or HATT:latitude,longitude",
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
        told = _Told(self, options)
        try:
            with no_collector():
                report = self.work(options)
        except PortalError as refusal:
            told.refused(refusal)
            raise CommandError(str(refusal)) from refusal
        except KeyboardInterrupt:
            told.stopped()
            raise CommandError(_("Stopped. The database is as before."), returncode=STOPPED) from None
        told.done(report)


class _Told:
    """How an import went: words on the standard output; with --json one document there, and the words beside it."""

    def __init__(self, command: ImportCommand, options: dict[str, Any]) -> None:
        self._as_json = bool(options.get("as_json"))
        self._dry_run = bool(options.get("dry_run"))
        self._command = command
        self._words = command.stderr if self._as_json else command.stdout

    def done(self, report: Report) -> None:
        self._write_words(report)
        self._write_json({"state": "checked" if self._dry_run else "done", **report.as_json()})

    def refused(self, refusal: PortalError) -> None:
        """A dry run tells what it found until then; the sentence itself is told as the error of the command."""
        report: Report = getattr(refusal, "report", None) or Report()
        if report.evidence:
            self._write_words(report)
        why = {"code": refusal.code, "message": str(refusal)}
        self._write_json({"state": "refused", "refusal": why, **report.as_json()})

    def stopped(self) -> None:
        self._write_json({"state": "stopped"})

    def _write_words(self, report: Report) -> None:
        for line in report_lines(report, dry_run=self._dry_run):
            self._words.write(line, lambda text: text)

    def _write_json(self, document: dict[str, Any]) -> None:
        if self._as_json:
            self._command.has_told_json = True
            self._command.stdout.write(json.dumps(storable(document), ensure_ascii=False, default=str))


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
