"""Run a command as a person would, and tell how long it took and how much memory it held at most."""

import os
import re
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

LOOK_EVERY_SECONDS = 0.01


@dataclass(frozen=True)
class Run:
    """Wall time and peak resident memory of a child process and all that it started, start and end included."""

    seconds: float
    peak_mb: float


def median(runs: list[Run]) -> float:
    """Seconds."""
    return statistics.median(one.seconds for one in runs)


def manage(*words: str) -> Run:
    """A command of ours in the database of the bench, which children find at the same server under its name."""
    server = os.environ.get("DATABASE_URL", "postgis:///gisportal").rpartition("/")[0]
    url = f"{server}/{connection.settings_dict['NAME']}"
    return timed([sys.executable, "manage.py", *words], {"DATABASE_URL": url})


def for_gdal() -> str:
    """The same database as GDAL names it."""
    known = connection.settings_dict
    words = {"host": "HOST", "port": "PORT", "user": "USER", "password": "PASSWORD", "dbname": "NAME"}
    return "PG:" + " ".join(f"{name}={known[key]}" for name, key in words.items() if known[key])


def for_sqlalchemy() -> str:
    """The same database as SQLAlchemy names it."""
    known = connection.settings_dict
    login = f"{known['USER']}:{known['PASSWORD']}@" if known["USER"] else ""
    place = f"{known['HOST']}:{known['PORT']}" if known["HOST"] else ""
    return f"postgresql+psycopg2://{login}{place}/{known['NAME']}"


def timed(command: list[str], environment: dict[str, str]) -> Run:
    """Raises RuntimeError when the command fails."""
    start, peak = time.perf_counter(), 0.0
    child = subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    while child.poll() is None:
        peak = max(peak, _peak_mb(child.pid))
        time.sleep(LOOK_EVERY_SECONDS)
    if child.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {child.returncode}")
    return Run(time.perf_counter() - start, peak)


def _peak_mb(pid: int) -> float:
    """The high-water marks of the resident memory of a running process and of those below it, added up. (What `wait`
    tells of a child begins with the memory of the parent it was forked from.)"""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        below = [
            number
            for task in Path(f"/proc/{pid}/task").iterdir()
            for number in (task / "children").read_text().split()
        ]
    except OSError:
        return 0.0
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return (int(found[1]) / 1024 if found else 0.0) + sum(_peak_mb(int(number)) for number in below)
