"""A portal of its own environment, served by gunicorn on a free port."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

from django.conf import settings

PATIENCE = 60  # Seconds until it answers.


@contextmanager
def serving(environment: Mapping[str, str]) -> Iterator[str]:
    """The address of the portal while it runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "--threads", "4", "--bind", f"127.0.0.1:{port}"]
    long_lines = ["--limit-request-line", "0", "--no-control-socket", "--log-level", "error"]
    server = subprocess.Popen(
        [*command, *long_lines, "gisportal.wsgi"], cwd=settings.BASE_DIR, env=dict(environment)
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait(server, f"{address}/healthz/")
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)


def ask(address: str, query: Mapping[str, object] | None = None) -> Any:
    """The JSON at an address."""
    there = f"{address}?{urlencode(query)}" if query else address
    with urlopen(Request(there, headers={"Accept": "application/json"})) as answer:
        return json.load(answer)


def _wait(server: "subprocess.Popen[bytes]", address: str) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert server.poll() is None, "the server ended at its start"
        try:
            urlopen(address)
            return
        except URLError:
            time.sleep(0.2)
    raise AssertionError("the server did not answer")
