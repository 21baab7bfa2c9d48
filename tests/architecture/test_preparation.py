"""What the scripts cannot work with, they refuse in a sentence that says what to do."""

import os
import runpy
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings

ROOT = Path(__file__).resolve().parents[2]
LIBRARY = ROOT / "script" / "lib"


def run(script: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(LIBRARY / script), *arguments]
    return subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


def database_url(**changes: str) -> str:
    """The address of the test server, with parts changed."""
    part = {**settings.DATABASES["default"], "NAME": "postgres", **changes}
    user, password, host = (quote(str(part[key]), safe="") for key in ("USER", "PASSWORD", "HOST"))
    return f"postgis://{user}:{password}@{host}:{part['PORT']}/{part['NAME']}"


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_port_in_use_is_named(taken_port: int) -> None:
    result = run("ports.py", "check", "127.0.0.1", str(taken_port))
    assert result.returncode == 1
    assert f"Port {taken_port} on 127.0.0.1 is used by another program" in result.stderr
    assert "PORT=" in result.stderr


def test_a_taken_port_is_not_chosen_for_the_cluster(taken_port: int) -> None:
    result = run("ports.py", "find", str(taken_port))
    assert int(result.stdout) != taken_port


def test_a_foreign_address_cannot_be_listened_on() -> None:
    result = run("ports.py", "check", "192.0.2.1", "8000")
    assert result.returncode == 1
    assert "set HOST to an address of this machine" in result.stderr


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("mysql://u:p@127.0.0.1/portal", "DATABASE_URL must begin with postgis://"),
        ("postgis://u:p@127.0.0.1:5432/", "DATABASE_URL names no database"),
        ("postgis://u:p@127.0.0.1:none/portal", "DATABASE_URL cannot be read"),
        ("postgis://u:p@127.0.0.1:1/portal", "Cannot reach the database portal on 127.0.0.1, port 1"),
    ],
)
def test_an_unusable_database_address_is_refused(address: str, sentence: str) -> None:
    result = run("check_database.py", DATABASE_URL=address)
    assert result.returncode == 1
    assert result.stderr.startswith(sentence)
    assert "Traceback" not in result.stderr


def test_a_missing_database_is_told_from_an_unreachable_one() -> None:
    result = run("check_database.py", DATABASE_URL=database_url(NAME="portal_that_is_not_there"))
    assert result.stderr.startswith("There is no database portal_that_is_not_there")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("limit", "value", "sentence"),
    [
        ("OLDEST_POSTGIS", (99, 0), "version 99.0 or newer is needed"),
        ("OLDEST_POSTGRES", 99, "version 99 or newer is needed"),
    ],
)
def test_an_old_server_is_refused(
    monkeypatch: pytest.MonkeyPatch, limit: str, value: Any, sentence: str
) -> None:
    """The real server is too old as soon as more is asked of it."""
    monkeypatch.setenv("DATABASE_URL", database_url(NAME=settings.DATABASES["default"]["NAME"]))
    main = runpy.run_path(str(LIBRARY / "check_database.py"))["main"]
    main()
    monkeypatch.setitem(main.__globals__, limit, value)
    with pytest.raises(SystemExit, match=sentence):
        main()


@pytest.mark.parametrize("port", ["none", "0", "70000", "-1"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    result = subprocess.run(
        [ROOT / "script" / "server"],
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
        env={**os.environ, "PORT": port},
    )
    assert result.returncode == 1
    assert f"PORT is '{port}': set it to a number between 1 and 65535." in result.stderr
