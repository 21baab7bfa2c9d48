"""A command as a person calls it: wall time and the high-water mark of its memory."""

import os
import re
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True)
class Measured:
    """Wall seconds, start and end of the process included, and its peak resident memory."""

    seconds: float
    peak_mb: float


def measured(command: list[str], environment: dict[str, str] | None = None) -> Measured:
    """Run it in the checkout; raises RuntimeError with what it said when it fails."""
    start, peak = time.perf_counter(), 0.0
    child = subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env={**os.environ, **(environment or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    while child.poll() is None:
        peak = max(peak, _peak_mb(child.pid))
        time.sleep(0.01)
    _, said = child.communicate()
    if child.returncode:
        raise RuntimeError(f"{command[0]} ended with {child.returncode}: {said[-500:]}")
    return Measured(time.perf_counter() - start, peak)


def _peak_mb(pid: int) -> float:
    """What `wait` tells of a child would begin with the memory of the parent it was forked from."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0
