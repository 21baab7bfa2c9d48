"""Fetch a file from an http or https address, with bounds on its size, the time it takes and where it leads."""

import http.client
import socket
import threading
import time
from contextlib import suppress
from email.message import Message
from pathlib import Path, PurePosixPath
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from django.conf import settings
from django.template.defaultfilters import filesizeformat

from importers.feeds.connection import connection_to
from importers.feeds.errors import (
    BadAddress,
    FileTooLong,
    NoAnswer,
    TooManyRedirects,
    TooSlow,
    UnknownKindOfFile,
)
from importers.feeds.kinds import is_known

MOST_REDIRECTS = 5
MOST_SECONDS = 600.0
CHUNK_BYTES = 256 << 10
REDIRECTS = (301, 302, 303, 307, 308)
EXTENSIONS = {
    "application/geo+json": ".geojson",
    "application/vnd.geo+json": ".geojson",
    "application/json": ".geojson",
    "application/geopackage+sqlite3": ".gpkg",
    "application/gml+xml": ".gml",
    "application/vnd.google-earth.kml+xml": ".kml",
    "application/vnd.google-earth.kmz": ".kmz",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/zip": ".zip",
    "application/x-zip-compressed": ".zip",
    "text/csv": ".csv",
    "image/tiff": ".tif",
}


def split(address: str) -> SplitResult:
    """The parts of an http or https address without a password in it; raises BadAddress."""
    try:
        parts = urlsplit(address)
        is_sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError as error:
        raise BadAddress(address=address) from error
    if not is_sound or parts.username is not None or any(ord(letter) <= 32 for letter in address):
        raise BadAddress(address=address)
    return parts


def download(address: str, folder: Path, name: str = "") -> Path:
    """The file at the address, in `folder`, under its own name or `name`. Raises FeedRefused."""
    deadline = time.monotonic() + MOST_SECONDS
    for _step in range(MOST_REDIRECTS + 1):
        parts = split(address)
        connection = connection_to(parts)
        watch = _end_of(connection, deadline)
        try:
            answer = _asked(connection, parts)
            if answer.status in REDIRECTS:
                address = _next(parts, address, answer)
                continue
            if answer.status != 200:
                raise NoAnswer(host=parts.hostname, reason=f"HTTP {answer.status}")
            path = folder / (_plain(name) or _file_name(parts, answer.headers))
            _take(answer, path, deadline)
            return path
        except (OSError, http.client.HTTPException) as error:
            _refuse_late(deadline)
            raise NoAnswer(host=parts.hostname, reason=str(error) or type(error).__name__) from error
        finally:
            watch.cancel()
            connection.close()
    raise TooManyRedirects()


def _asked(connection: http.client.HTTPConnection, parts: SplitResult) -> http.client.HTTPResponse:
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    connection.putrequest("GET", path, skip_accept_encoding=True)
    for header, value in (
        ("Accept-Encoding", "identity"),
        ("Accept", "*/*"),
        ("User-Agent", "GISPortal feed"),
    ):
        connection.putheader(header, value)
    connection.endheaders()
    return connection.getresponse()


def _next(parts: SplitResult, address: str, answer: http.client.HTTPResponse) -> str:
    """Where it leads; from https to https only."""
    onward = urljoin(address, answer.headers.get("Location", ""))
    if parts.scheme == "https" and split(onward).scheme != "https":
        raise BadAddress(address=onward)
    return onward


def _take(answer: http.client.HTTPResponse, path: Path, deadline: float) -> None:
    limit = settings.IMPORT_MAX_BYTES
    told = answer.headers.get("Content-Length", "")
    taken = int(told) if told.isdigit() else 0
    if taken > limit:
        raise FileTooLong(limit=filesizeformat(limit))
    taken = 0
    with path.open("wb") as file:
        while chunk := answer.read1(CHUNK_BYTES):
            taken += len(chunk)
            if taken > limit:
                raise FileTooLong(limit=filesizeformat(limit))
            file.write(chunk)
            _refuse_late(deadline)
    _refuse_late(deadline)
    if told.isdigit() and taken != int(told):
        raise NoAnswer(host=path.name, reason=f"{taken} / {told} B")


def _end_of(connection: http.client.HTTPConnection, deadline: float) -> threading.Timer:
    """Who sends a byte now and then never lets a read time out, so the line is cut when the time is up."""

    line = connection.sock  # The connection forgets it once the answer has begun.

    def cut() -> None:
        with suppress(OSError):
            line.shutdown(socket.SHUT_RDWR)

    watch = threading.Timer(max(0.0, deadline - time.monotonic()), cut)
    watch.daemon = True
    watch.start()
    return watch


def _refuse_late(deadline: float) -> None:
    if time.monotonic() >= deadline:
        raise TooSlow(minutes=round(MOST_SECONDS / 60))


def _file_name(parts: SplitResult, headers: Message) -> str:
    """As the server names it, else as the address ends, else by the kind of the content."""
    own = _plain(headers.get_filename() or "")
    last = _plain(unquote(PurePosixPath(parts.path).name))
    name = next((name for name in (own, last) if is_known(name)), "")
    kind = EXTENSIONS.get(headers.get_content_type(), "")
    if not name and kind:
        name = f"{Path(last).stem or 'feed'}{kind}"
    if not name:
        raise UnknownKindOfFile(file=own or last or parts.hostname)
    return name


def _plain(name: str) -> str:
    """The last part, short, without what a file system takes amiss."""
    last = name.replace("\\", "/").rpartition("/")[2].replace("\0", "").strip(". ")
    suffix = Path(last).suffix[:20]
    return last.removesuffix(suffix).encode()[:100].decode(errors="ignore") + suffix if last else ""
