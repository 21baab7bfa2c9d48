"""`manage.py worker`: sends the outbox and does the daily duties until it is told to stop."""

import logging
import signal
import threading
from datetime import date
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from issues.actions.retention import forget_people
from issues.delivery import deliver_waiting, settle_interrupted

logger = logging.getLogger("worker")


class Command(BaseCommand):
    help = "Send waiting mails and do the daily duties. Stops at Ctrl-C or SIGTERM, after the mail in hand."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="settle what is waiting, then end")
        parser.add_argument(
            "--pause", type=float, default=1.0, help="seconds between two looks at the outbox"
        )

    def handle(self, *args: Any, once: bool, pause: float, **options: Any) -> None:
        stop = threading.Event()
        if not once:
            for signum in (signal.SIGTERM, signal.SIGINT):
                signal.signal(signum, lambda *_: stop.set())
        last_daily: date | None = None
        while not stop.is_set():
            last_daily = _round(last_daily)
            if once:
                return
            stop.wait(pause)


def _round(last_daily: date | None) -> date | None:
    """One look at everything; a database that is away is waited for."""
    try:
        settle_interrupted()
        deliver_waiting()
        return _daily(last_daily)
    except (DatabaseError, InterfaceError):
        logger.exception("The database did not answer; trying again")
        connection.close()
        return last_daily


def _daily(last: date | None) -> date:
    today = timezone.localdate()
    if last != today:
        forget_people(today=today)
        call_command("prune_tiles")
    return today
