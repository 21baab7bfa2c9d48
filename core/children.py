"""The worker's side of long work: each piece is done by a child process, watched, and ended on request.

A child holds a lock of its database session while it works (core/session_lock.py), so a piece of work whose lock is
free has nobody left who works on it.
"""

import json
import os
import shutil
import subprocess
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from core.child import MEMORY_EXIT_CODE

#: A child that was asked to end and has not after so many seconds is killed.
GRACE_SECONDS = 5.0
#: Why a work ended without a result.
STOPPED, INTERRUPTED, FAILED, TOO_MUCH_MEMORY = "stopped", "interrupted", "failed", "too_much_memory"


@dataclass
class Child:
    """A process that works on one piece; what it prints is how far it is."""

    pk: int
    process: "subprocess.Popen[bytes]"
    folder: Path
    told: bytes = b""
    share: float = 0.0
    ends_at: float = field(default=0.0)

    def news(self) -> float | None:
        """The share that was done, when that has changed since the last look."""
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
            return TOO_MUCH_MEMORY
        return INTERRUPTED if self.process.returncode <= 0 else FAILED


def _share(line: bytes) -> float:
    try:
        return float(json.loads(line)["share"])
    except (ValueError, KeyError, TypeError):
        return 0.0


class Children(ABC):
    """The children of one worker that do one kind of long work."""

    def __init__(self) -> None:
        self.children: dict[int, Child] = {}
        #: Why children ended whose work may still have to be told; the database needs a moment to notice an end.
        self.ended: dict[int, str] = {}

    @abstractmethod
    def most(self) -> int:
        """How many may work side by side."""

    @abstractmethod
    def next(self, but: Collection[int], room: int) -> Iterable[tuple[int, Sequence[str]]]:
        """At most `room` pieces that wait, `but` these: their numbers and the arguments of manage.py."""

    @abstractmethod
    def folder(self, pk: int) -> Path:
        """Where the child's temporary files lie; removed when it has ended."""

    @abstractmethod
    def unwanted(self) -> Iterable[int]:
        """Those of our children that somebody asked to end."""

    @abstractmethod
    def tell(self, pk: int, share: float) -> None:
        """Write down how far it is."""

    @abstractmethod
    def settle(self, pk: int, why: str) -> bool:
        """Write down that it ended without a result, if it did; False while somebody still works on it."""

    @abstractmethod
    def settle_interrupted(self, but: Collection[int]) -> None:
        """Settle works that were begun and have nobody left, `but` these."""

    def look(self) -> None:
        """One look at everything: who has ended, who is to end, who is how far, and who is next."""
        self._reap()
        self._settle()
        self.settle_interrupted([*self.children, *self.ended])
        for pk in self.unwanted():
            self.children[pk].end()
        for child in self.children.values():
            share = child.news()
            if share is not None:
                self.tell(child.pk, share)
        self._start_waiting()

    def is_idle(self) -> bool:
        return not self.children and not self.ended and not list(self.next((), 1))

    def close(self) -> None:
        """End all children; what they were at is as before, and its rows say so."""
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
        self.ended = {pk: why for pk, why in self.ended.items() if not self.settle(pk, why)}

    def _start_waiting(self) -> None:
        room = self.most() - len(self.children)
        if room > 0:
            for pk, command in self.next([*self.children, *self.ended], room):
                self.children[pk] = start_child(pk, command, self.folder(pk))


def start_child(pk: int, command: Sequence[str], folder: Path) -> Child:
    """A process of its own, so that what needs too much memory or crashes a reader takes nothing along.

    `command` are arguments of manage.py. Its standard input is a pipe of ours: it ends when we do. Its temporary files
    lie in `folder`, which is removed."""
    folder.mkdir(parents=True, exist_ok=True)
    process = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, str(settings.BASE_DIR / "manage.py"), *command, "--with-parent"],
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


def remove_leftovers(folder: Path, at_work: Collection[str]) -> None:
    """Folders of children whose worker was killed; one that is still `at_work` keeps its own."""
    for leftover in folder.glob("*"):
        if leftover.name not in at_work:
            shutil.rmtree(leftover, ignore_errors=True)
