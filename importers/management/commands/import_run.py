"""`manage.py import_run ID --work check|import|undo`: one piece of work of the import pages, as the worker starts it.

Prints how far it is as JSON lines: {"share": 0.25, "rows": 5000}.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.db import connection
from django.utils import translation

from core.child import MEMORY_EXIT_CODE, Telling, bound_memory, end_with_parent, let_the_database_notice
from core.session_lock import held
from importers.actions.carrying import carry_out_work
from importers.actions.work import LOCK_SPACE, begin
from importers.command import SentenceCommand, no_collector
from importers.models import Work
from importers.progress import listening


class Command(SentenceCommand):
    help = "Check, import or undo one run of the import pages. The worker starts this."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("run", type=int, help="number of the run")
        parser.add_argument("--work", choices=Work.values, required=True, help="what was asked for")
        parser.add_argument("--with-parent", action="store_true", help="end when standard input ends")

    def handle(self, *args: Any, run: int, work: str, with_parent: bool, **options: Any) -> None:
        if with_parent:
            end_with_parent()
        bound_memory(settings.IMPORT_MEMORY_MB)
        let_the_database_notice()
        try:
            with held(LOCK_SPACE, run) as free:
                if not free:
                    raise CommandError(f"Another process works on import {run}.")
                self.work(run, work)
        except MemoryError:
            connection.close()
            raise CommandError("There is not enough memory.", returncode=MEMORY_EXIT_CODE) from None

    def work(self, pk: int, work: str) -> None:
        run = begin(pk=pk, work=work)
        if run is None:
            raise CommandError(f"“{work}” is not what import {pk} waits for.")
        language = run.user.language if run.user else settings.LANGUAGE_CODE
        with translation.override(language), listening(Telling(self.stdout)), no_collector():
            carry_out_work(run, work)
