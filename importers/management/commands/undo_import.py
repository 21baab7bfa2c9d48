"""`manage.py undo_import RUN`: bring back what an import changed; without RUN, which imports there are."""

import json
from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.errors import PortalError
from importers.actions.undo import RowConflict, RowState, conflicts, undo_run
from importers.command import SentenceCommand, no_collector
from importers.models import ImportRun, ImportState
from importers.report import Report

SHOWN = 10
LISTED = 20


class Command(SentenceCommand):
    help = (
        "Undo an import. Rows that were changed since stay as they are unless you say otherwise. Exit code 0: done, "
        "1: refused and nothing changed, 2: wrong options."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("run", nargs="?", type=_number, metavar="RUN", help="number of the import")
        decided = parser.add_mutually_exclusive_group()
        decided.add_argument(
            "--back",
            nargs="+",
            default=[],
            metavar="KEY",
            help="rows changed since that go back all the same",
        )
        decided.add_argument("--back-all", action="store_true", help="all rows changed since go back too")
        parser.add_argument("--dry-run", action="store_true", help="say what would happen, change nothing")
        parser.add_argument("--json", action="store_true", help="print the outcome as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["run"] is None:
            self._list(as_json=options["json"])
            return
        run = ImportRun.objects.filter(pk=options["run"]).first()
        if run is None:
            raise CommandError(_("There is no import %(run)s.") % {"run": options["run"]})
        back = None if options["back_all"] else options["back"]
        try:
            waiting = [] if back is None else _undecided(run, back)
            with no_collector():
                report = undo_run(run=run, user=None, back=back, dry_run=options["dry_run"])
        except PortalError as refusal:
            raise CommandError(str(refusal)) from refusal
        except KeyboardInterrupt:
            raise CommandError(_("Stopped. The database is as before."), returncode=130) from None
        if options["json"]:
            self.stdout.write(json.dumps(_outcome(run, report, waiting), ensure_ascii=False, indent=2))
        else:
            self._tell(run, report, waiting)

    def _list(self, *, as_json: bool) -> None:
        runs = ImportRun.objects.filter(state=ImportState.DONE)[:LISTED]
        if as_json:
            self.stdout.write(json.dumps([_run_json(run) for run in runs], ensure_ascii=False, indent=2))
            return
        if not runs:
            self.stdout.write(_("There is no import to undo."))
        for run in runs:
            when = date_format(timezone.localtime(run.created_at), "SHORT_DATETIME_FORMAT")
            self.stdout.write(f"{run.pk:>6}  {when}  {run}")

    def _tell(self, run: ImportRun, report: Report, waiting: list[RowConflict]) -> None:
        words = _(
            "Import %(run)s (%(what)s): rows that came back %(added)s, rows as before %(changed)s, rows gone again "
            "%(removed)s."
        )
        self.stdout.write(words % {"run": run.pk, "what": run, **report.counts_json()})
        for conflict in waiting[:SHOWN]:
            self._tell_conflict(conflict)
        for finding in report.findings:
            self.stdout.write(finding.message)
        if report.run is None:
            self.stdout.write(_("This was a dry run: nothing was changed."))
        else:
            words = _("The undo is run %(run)s and can be undone too.")
            self.stdout.write(words % {"run": report.run.pk})

    def _tell_conflict(self, conflict: RowConflict) -> None:
        self.stdout.write(_("Changed since: %(key)s %(reason)s") % vars(conflict))
        for title, state in (
            (_("before"), conflict.before),
            (_("after"), conflict.after),
            (_("now"), conflict.now),
        ):
            self.stdout.write(f"  {title}: {_line(state)}")


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 18:
        raise ArgumentTypeError(_("“%(text)s” is no number of an import.") % {"text": text})
    return int(text)


def _undecided(run: ImportRun, back: list[str]) -> list[RowConflict]:
    return [conflict for conflict in conflicts(run) if conflict.key not in back or conflict.reason]


def _line(state: RowState | None) -> str:
    if state is None:
        return _("not there")
    shape = f" · {state.geom.geom_type}" if state.geom is not None else ""
    return json.dumps(state.properties, ensure_ascii=False) + shape


def _outcome(run: ImportRun, report: Report, waiting: list[RowConflict]) -> dict[str, Any]:
    return {
        "run": run.pk,
        "undo": report.run.pk if report.run else None,
        "dry_run": report.run is None,
        "counts": {name: report.counts[name] for name in ("added", "changed", "removed")},
        "conflicts": [
            {
                "key": conflict.key,
                "reason": conflict.reason,
                "before": _state_json(conflict.before),
                "after": _state_json(conflict.after),
                "now": _state_json(conflict.now),
            }
            for conflict in waiting
        ],
        "findings": [finding.as_json() for finding in report.findings],
    }


def _state_json(state: RowState | None) -> dict[str, Any] | None:
    if state is None:
        return None
    return {"properties": state.properties, "geometry": state.geom.ewkt if state.geom is not None else None}


def _run_json(run: ImportRun) -> dict[str, Any]:
    facts = {"run": run.pk, "target": run.target, "slug": run.target_slug, "file": run.file_name}
    return {**facts, "created_at": run.created_at.isoformat(), "counts": run.counts}
