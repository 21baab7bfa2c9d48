"""`manage.py worker`: sends the outbox, does imports and long work of planners, and daily duties, until told to stop.

Three rounds side by side, so that none waits for another: mails and daily duties here, in a thread the child
processes of imports, feeds and plan jobs, and in a third the overviews of dense layers (layers/overviews).
"""

import logging
import signal
import threading
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from importers.actions.work import forget_files
from importers.feed_jobs import FeedJobs
from importers.jobs import ImportJobs
from issues.actions.retention import forget_people
from issues.delivery import deliver_waiting, settle_interrupted
from layers.actions.overviews import build_missing_overviews
from planning.actions.jobs import forget_old_jobs
from planning.jobs.children import PlanJobs

logger = logging.getLogger("worker")


class Command(BaseCommand):
    help = "Send waiting mails, do imports and the daily duties. Stops at Ctrl-C or SIGTERM, after the mail in hand."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="settle what is waiting, then end")
        parser.add_argument(
            "--pause", type=float, default=1.0, help="seconds between two looks at what is waiting"
        )

    def handle(self, *args: Any, once: bool, pause: float, **options: Any) -> None:
        stop = threading.Event()
        if once:
            patiently(Desk().look)
            watch_children(stop, pause, until_idle=True)
            patiently(build_missing_overviews)
            return
        for signum in (signal.SIGTERM, signal.SIGINT):
            signal.signal(signum, lambda *_: stop.set())
        beside = [
            threading.Thread(target=work, args=(stop, pause)) for work in (watch_children, do_overviews)
        ]
        for thread in beside:
            thread.start()
        desk = Desk()
        while not stop.is_set():
            patiently(desk.look)
            stop.wait(pause)
        for thread in beside:
            thread.join()


class Desk:
    """Mails, and once a day what is due daily."""

    def __init__(self) -> None:
        self._last_daily: date | None = None

    def look(self) -> None:
        settle_interrupted()
        deliver_waiting()
        today = timezone.localdate()
        if self._last_daily != today:
            forget_people(today=today)
            forget_files(today=today)
            forget_old_jobs()
            call_command("prune_tiles")
        self._last_daily = today


def watch_children(stop: threading.Event, pause: float, *, until_idle: bool = False) -> None:
    """Watch over the children until `stop`, or until none works and none waits; end those that are left."""
    watched = (FeedJobs(), ImportJobs(), PlanJobs())
    try:
        while not stop.is_set():
            for jobs in watched:
                patiently(jobs.look)
            if until_idle and all(jobs.is_idle() for jobs in watched):
                return
            stop.wait(pause)
    finally:
        for jobs in watched:
            jobs.close()
        if not until_idle:
            connection.close()


def do_overviews(stop: threading.Event, pause: float) -> None:
    """Make what dense layers look like from afar as they change, until `stop`; one is finished first."""
    while not stop.is_set():
        patiently(build_missing_overviews)
        stop.wait(5 * pause)
    connection.close()


def patiently(look: Callable[[], object]) -> None:
    """One look; a database that is away is waited for."""
    try:
        look()
    except (DatabaseError, InterfaceError):
        logger.exception("The database did not answer; trying again")
        connection.close()
