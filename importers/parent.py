"""A child process ends when the worker that started it is gone."""

import os
import signal
import sys
import threading
import time


def end_with_parent() -> None:
    """A child whose worker is gone would work on unwatched: the end of the pipe between them ends it too. SIGTERM
    without a Python handler works at once, also in the middle of a long call; the database undoes what was begun."""

    def wait() -> None:
        os.read(sys.stdin.fileno(), 1)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(1)

    threading.Thread(target=wait, daemon=True).start()
