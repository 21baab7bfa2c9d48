"""Files of the web come within bounds: of size, of time, of where an address leads."""

import ipaddress
import socket
import time
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from importers.feeds import download as downloading
from importers.feeds.connection import is_public
from importers.feeds.download import download, split
from importers.feeds.errors import (
    BadAddress,
    FileTooLong,
    NoAnswer,
    PrivateAddress,
    TooManyRedirects,
    TooSlow,
    UnknownKindOfFile,
)
from tests.importers.web_server import Served


@pytest.mark.parametrize(
    ("page", "refusal"),
    [
        ((404, {}, b""), NoAnswer),
        ((500, {}, b"x"), NoAnswer),
        ((200, {"Content-Length": "9" * 12}, b"x"), FileTooLong),
        ((200, {}, b"x" * 5000), FileTooLong),
        ((200, {"Content-Length": "100"}, b"x"), NoAnswer),
        ((302, {"Location": "/a.csv"}, b""), TooManyRedirects),
        ((302, {"Location": "file:///etc/passwd"}, b""), BadAddress),
        ((302, {}, b""), TooManyRedirects),
    ],
)
def test_what_an_address_gives_is_bounded(
    web: str, tmp_path: Path, settings: Settings, page: Any, refusal: type[Exception]
) -> None:
    settings.IMPORT_MAX_BYTES = 4000
    Served.pages = {"/a.csv": page}
    with pytest.raises(refusal):
        download(f"{web}/a.csv", tmp_path)


@pytest.mark.parametrize("page", ["a.csv", "silent.csv"])
def test_a_file_that_never_ends_is_cut(
    web: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    Served.pages = {"/a.csv": (200, {}, None)}
    monkeypatch.setattr(downloading, "MOST_SECONDS", 0.5)
    started = time.monotonic()
    with pytest.raises(TooSlow):
        download(f"{web}/{page}", tmp_path)
    assert time.monotonic() - started < 2.5


def test_a_file_without_a_kind_needs_a_name(web: str, tmp_path: Path) -> None:
    Served.pages = {
        "/export": (200, {"Content-Type": "application/octet-stream"}, b"a,b"),
        "/named": (200, {"Content-Disposition": 'attachment; filename="../../a.csv"'}, b"a,b"),
    }
    with pytest.raises(UnknownKindOfFile):
        download(f"{web}/export", tmp_path)
    assert download(f"{web}/export", tmp_path, "δεδομένα.csv") == tmp_path / "δεδομένα.csv"
    assert download(f"{web}/named", tmp_path) == tmp_path / "a.csv"


def test_private_addresses_are_not_called(web: str, tmp_path: Path, settings: Settings) -> None:
    settings.IMPORT_FEED_PRIVATE = False
    Served.pages = {"/a.csv": (200, {}, b"a,b")}
    port = split(web).port
    for host in ("127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "127.1", "2130706433"):
        with pytest.raises(PrivateAddress):
            download(f"http://{host}:{port}/a.csv", tmp_path)


def test_a_public_name_that_leads_inside_is_not_called(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.IMPORT_FEED_PRIVATE = False
    answer = [
        (socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 80)) for ip in ("93.184.216.34", "169.254.169.254")
    ]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: answer)
    with pytest.raises(PrivateAddress):
        download("http://maps.example.org/a.csv", tmp_path)


@pytest.mark.parametrize(
    ("ip", "public"),
    [
        ("93.184.216.34", True), ("10.1.2.3", False), ("172.16.0.1", False), ("192.168.1.1", False),
        ("169.254.169.254", False), ("127.0.0.1", False), ("0.0.0.0", False), ("100.64.0.1", False),
        ("224.0.0.1", False), ("255.255.255.255", False), ("2a00:1450::1", True), ("::1", False),
        ("fe80::1", False), ("fc00::1", False), ("::ffff:10.0.0.1", False), ("64:ff9b::a00:1", False),
        ("2002:a00:1::", False),
    ],
)  # fmt: skip
def test_public_is_what_everybody_can_call(ip: str, public: bool) -> None:
    assert is_public(ipaddress.ip_address(ip)) is public
