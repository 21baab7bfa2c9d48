"""`manage.py plan_job ID`: do one job that a planner asked for, as the worker starts it.

Prints how far it is as JSON lines: {"share": 0.25}.
"""

import logging
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import translation

from core.child import MEMORY_EXIT_CODE, Telling, bound_memory, end_with_parent, let_the_database_notice
from core.errors import PortalError
from core.session_lock import held
from planning.actions.jobs import LOCK_SPACE, begin, finish, refuse
from planning.jobs.kinds import work_of
from planning.models import PlanJob

logger = logging.getLogger("worker")


class Command(BaseCommand):
    help = "Do one job that was asked for on the planning pages. The worker starts this."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("job", type=int, help="number of the job")
        parser.add_argument("--with-parent", action="store_true", help="end when standard input ends")

    def handle(self, *args: Any, job: int, with_parent: bool, **options: Any) -> None:
        if with_parent:
            end_with_parent()
            bound_memory(settings.PLAN_MEMORY_MB)
        let_the_database_notice()
        try:
            with held(LOCK_SPACE, job) as free:
                if not free:
                    raise CommandError(f"Another process works on job {job}.")
                self.begun(job)
        except MemoryError:
            connection.close()
            raise CommandError("There is not enough memory.", returncode=MEMORY_EXIT_CODE) from None

    def begun(self, pk: int) -> None:
        job = begin(pk=pk)
        if job is None:
            raise CommandError(f"Job {pk} does not wait.")
        with translation.override(job.language):
            self.work(job)

    def work(self, job: PlanJob) -> None:
        try:
            result = work_of(job.kind)(job, Telling(self.stdout))
        except PortalError as refusal:
            refuse(pk=job.pk, refusal=refusal)
        else:
            finish(pk=job.pk, result=result)
