"""The portal as its own processes, and people who report while these are being killed."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection
from django.test.client import encode_multipart

from tests.factories import uploaded_jpeg

BOUNDARY = "reportreport"
TOKEN = "c" * 32
PATIENCE = 20.0


def environment(var: Path) -> dict[str, str]:
    """Settings of processes that use the database of this test and nothing else of it."""
    own = connection.settings_dict
    address = f"{own['USER']}:{own['PASSWORD']}@{own['HOST']}:{own['PORT']}" if own["HOST"] else ""
    return {
        **os.environ,
        "DATABASE_URL": f"postgis://{address}/{own['NAME']}",
        "GISPORTAL_VAR": str(var),
        "REPORTS_PER_HOUR": "1000000",
        "DJANGO_SETTINGS_MODULE": "gisportal.settings",
        "PYTHONPATH": str(settings.BASE_DIR),
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass
class Process:
    """A command of the portal that can be killed without a word, and started again."""

    command: list[str]
    environment: dict[str, str]
    log: Path
    running: "subprocess.Popen[bytes] | None" = None

    def start(self) -> None:
        with self.log.open("ab") as log:
            self.running = subprocess.Popen(
                [sys.executable, *self.command],
                env=self.environment,
                cwd=settings.BASE_DIR,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """SIGKILL to the process and its children."""
        if self.running is not None:
            os.killpg(self.running.pid, signal.SIGKILL)
            self.running.wait()
            self.running = None

    def kill_a_child(self) -> None:
        """SIGKILL to one child; its parent is left to notice."""
        assert self.running is not None
        pid = self.running.pid
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for child in children[:1]:
            os.kill(int(child), signal.SIGKILL)


def web(port: int, env: dict[str, str], log: Path) -> Process:
    """gunicorn as script/server runs it, with one process so that a kill hits the request in hand."""
    options = ["--bind", f"127.0.0.1:{port}", "--worker-class", "gthread", "--workers", "1", "--threads", "4"]
    return Process(
        ["-m", "gunicorn", "gisportal.wsgi:application", *options, "--no-control-socket"], env, log
    )


def mail_worker(env: dict[str, str], log: Path, *options: str) -> Process:
    return Process(["manage.py", "worker", *options], env, log)


@dataclass
class Citizen(threading.Thread):
    """Sends one report after the other. A report that is not answered is sent again with the same key, as the
    page does, until the portal answers."""

    port: int
    body: dict[str, Any]
    tracked: dict[UUID, str] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)
    enough: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        for number in count():
            if self.enough.is_set():
                return
            self.report(number)

    def report(self, number: int) -> None:
        key, end = uuid4(), time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                status, location = self.send(key, number)
            except (OSError, http.client.HTTPException):
                self.enough.wait(0.05)  # nobody is listening yet, or the line was cut
                continue
            if status == 302:
                self.tracked[key] = location
            else:
                self.troubles.append(f"{status} for {key}")
            return
        self.troubles.append(f"no answer within {PATIENCE} s for {key}")

    def send(self, key: UUID, number: int) -> tuple[int, str]:
        fields = {**self.body, "submission_key": str(key), "email": f"r{key.hex}@example.gr", "agrees": "on"}
        if number % 4 == 0:
            fields["photos"] = uploaded_jpeg(width=320, height=240)
        headers = {
            "Content-Type": f"multipart/form-data; boundary={BOUNDARY}",
            "Cookie": f"{settings.CSRF_COOKIE_NAME}={TOKEN}",
        }
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            line.request("POST", "/report/", encode_multipart(BOUNDARY, fields), headers)
            answer = line.getresponse()
            answer.read()
            return answer.status, answer.headers.get("Location", "")
        finally:
            line.close()
