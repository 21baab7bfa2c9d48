"""The worker's side of imports: each run that was asked for is done by a child process, watched, and ended on request.

A child holds a lock of its database session while it works (importers.actions.work.LOCK_SPACE), so a run whose lock is
free has nobody left who works on it.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from importers.actions import work
from importers.models import ImportRun

#: A child that was asked to end and has not after so many seconds is killed.
GRACE_SECONDS = 5.0
MEMORY_EXIT_CODE = 77


@dataclass
class Child:
    """A process that works on one run; what it prints is how far it is."""

    pk: int
    process: "subprocess.Popen[bytes]"
    folder: Path
    told: bytes = b""
    share: float = 0.0
    ends_at: float = field(default=0.0)

    def news(self) -> float | None:
        """The share that was read, when that has changed since the last look."""
        if self.process.stdout is not None:
            self.told += self.process.stdout.read() or b""
        *lines, self.told = self.told.split(b"\n")
        shares = [_share(line) for line in lines]
        before, self.share = self.share, max([self.share, *shares])
        return self.share if self.share != before else None

    def end(self) -> None:
        """Ask it to end; insist when it was asked before and time is up."""
        if not self.ends_at:
            self.ends_at = time.monotonic() + GRACE_SECONDS
            self.process.terminate()
        elif time.monotonic() > self.ends_at:
            self.process.kill()

    def clean(self) -> None:
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def why(self) -> str:
        """In case it left no result: the reason that its exit code tells."""
        if self.process.returncode == MEMORY_EXIT_CODE:
            return work.TOO_MUCH_MEMORY
        return work.INTERRUPTED if self.process.returncode <= 0 else work.FAILED


def _share(line: bytes) -> float:
    try:
        return float(json.loads(line)["share"])
    except (ValueError, KeyError, TypeError):
        return 0.0


class ImportJobs:
    """The children of one worker."""

    def __init__(self) -> None:
        self.children: dict[int, Child] = {}
        #: Why children ended whose runs may still have to be told; the database needs a moment to notice an end.
        self.ended: dict[int, str] = {}
        remove_leftovers()

    def look(self) -> None:
        """One look at everything: who has ended, who is to end, who is how far, and who is next."""
        self._reap()
        self._settle()
        work.settle_interrupted(but=[*self.children, *self.ended])
        self._end_unwanted()
        for child in self.children.values():
            share = child.news()
            if share is not None:
                work.tell_progress(pk=child.pk, share=share)
        self._start_waiting()

    def is_idle(self) -> bool:
        return not self.children and not self.ended and not ImportRun.objects.waiting().exists()

    def close(self) -> None:
        """End all children; what they were at is as before, and the runs say so."""
        for child in self.children.values():
            child.end()
        for child in self.children.values():
            try:
                child.process.wait(GRACE_SECONDS)
            except subprocess.TimeoutExpired:
                child.process.kill()
                child.process.wait()
        self._reap()
        end = time.monotonic() + GRACE_SECONDS
        while self.ended and time.monotonic() < end:
            self._settle()
            time.sleep(0.05)

    def _reap(self) -> None:
        for child in [child for child in self.children.values() if child.process.poll() is not None]:
            del self.children[child.pk]
            child.clean()
            self.ended[child.pk] = child.why()

    def _settle(self) -> None:
        self.ended = {pk: why for pk, why in self.ended.items() if not work.settle(pk=pk, why=why)}

    def _end_unwanted(self) -> None:
        unwanted = ImportRun.objects.filter(pk__in=self.children, order__stop=True).exclude(asked="")
        for pk in unwanted.values_list("pk", flat=True):
            self.children[pk].end()

    def _start_waiting(self) -> None:
        room = settings.IMPORT_PROCESSES - len(self.children)
        if room <= 0:
            return
        waiting = ImportRun.objects.waiting().exclude(pk__in=[*self.children, *self.ended]).order_by("pk")
        for pk, asked in waiting.values_list("pk", "asked")[:room]:
            self.children[pk] = start_child(pk, asked)


def start_child(pk: int, asked: str) -> Child:
    """A process of its own, so that a file that needs too much memory or crashes a reader takes nothing along.

    Its standard input is a pipe of ours: it ends when we do. What it unpacks goes into a folder that is removed."""
    folder = work_folder(pk)
    folder.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "import_run", str(pk), "--work", asked]
    process = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--with-parent"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=child_environment(folder),
        cwd=settings.BASE_DIR,
    )
    if process.stdout is not None:
        os.set_blocking(process.stdout.fileno(), False)
    return Child(pk, process, folder)


def child_environment(folder: Path) -> dict[str, str]:
    """Ours, with the place of its temporary files."""
    return {**os.environ, "TMPDIR": str(folder)}


def work_folder(name: int | str) -> Path:
    return Path(settings.PRIVATE_FILES_DIR) / "work" / str(name)


def remove_leftovers() -> None:
    """Folders of children whose worker was killed; one that is still at work keeps its own."""
    at_work = {str(pk) for pk in ImportRun.objects.exclude(asked="").values_list("pk", flat=True)}
    for folder in Path(settings.PRIVATE_FILES_DIR).glob("work/*"):
        if folder.name not in at_work:
            shutil.rmtree(folder, ignore_errors=True)
