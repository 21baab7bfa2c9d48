"""A child process of the worker: bounded, told about, and gone when the worker or the database connection is."""

import json
import os
import resource
import signal
import sys
import threading
import time
from contextlib import suppress
from typing import Any

from django.db import connection

MEMORY_EXIT_CODE = 77
SECONDS_BETWEEN = 0.4


def end_with_parent() -> None:
    """A child whose worker is gone would work on unwatched: the end of the pipe between them ends it too. SIGTERM
    without a Python handler works at once, also in the middle of a long call; the database undoes what was begun."""

    def wait() -> None:
        os.read(sys.stdin.fileno(), 1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(1)

    threading.Thread(target=wait, daemon=True).start()


def let_the_database_notice() -> None:
    """PostgreSQL looks every second whether we are still there, also while it works or waits for a lock: when we
    are killed, what was begun is undone at once."""
    with connection.cursor() as cursor:
        cursor.execute("SET client_connection_check_interval = '1s'")


def bound_memory(megabytes: int) -> None:
    """Refuse to take more memory than that: one piece of work must not bring the machine down. 0 is no bound."""
    if megabytes:
        resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))


class Telling:
    """Prints the share that is done to `out` as JSON lines, at most a few each second; a reader that is slow or gone
    is not waited for."""

    def __init__(self, out: Any) -> None:
        self._out = out
        self._next = 0.0

    def __call__(self, share: float, rows: int | None = None) -> None:
        if time.monotonic() < self._next and share < 1:
            return
        self._next = time.monotonic() + SECONDS_BETWEEN
        told = {"share": round(share, 4)} | ({} if rows is None else {"rows": rows})
        with suppress(OSError):
            self._out.write(json.dumps(told))
            self._out.flush()
