"""The worker's side of feeds: a child process looks at those that are due, so a download keeps nobody waiting."""

import logging
import shutil
import subprocess
import sys
import time

from django.conf import settings

from core.children import GRACE_SECONDS, child_environment
from importers.jobs import work_folder
from importers.models import ImportFeed

logger = logging.getLogger("worker")

#: Feeds are due by minutes, so whether one is need not be asked every second.
SECONDS_BETWEEN = 15.0


class FeedJobs:
    """At most one child of one worker; what it finds waits as runs, for ImportJobs."""

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.next_at = 0.0

    def look(self) -> None:
        """One look: has the child ended, and is it time for the next?"""
        self._reap()
        if self.process is not None or time.monotonic() < self.next_at:
            return
        self.next_at = time.monotonic() + SECONDS_BETWEEN
        if ImportFeed.objects.due().exists():
            self.process = start_child()

    def is_idle(self) -> bool:
        return self.process is None

    def close(self) -> None:
        """End the child; a file that it had in hand is taken when the feed is due again."""
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self._reap()

    def _reap(self) -> None:
        if self.process is None or self.process.poll() is None:
            return
        if self.process.stdin is not None:
            self.process.stdin.close()
        if self.process.returncode > 0:
            logger.error("Looking at the feeds failed with exit code %d", self.process.returncode)
        shutil.rmtree(work_folder("feeds"), ignore_errors=True)
        self.process = None


def start_child() -> "subprocess.Popen[bytes]":
    """Its standard input is a pipe of ours: it ends when we do. What it downloads lies in a folder that is removed."""
    folder = work_folder("feeds")
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "import_feeds", "--with-parent"]
    return subprocess.Popen(  # noqa: S603 - our own command
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env=child_environment(folder),
        cwd=settings.BASE_DIR,
    )
