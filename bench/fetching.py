"""Asking a server for many addresses at once, over connections that stay open."""

import gzip
import http.client
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urlsplit

CONNECTIONS = 4


@dataclass
class Fetched:
    """What came back: how many answers in how many seconds, their bytes, and how long each took."""

    count: int = 0
    sent_bytes: int = 0
    seconds: float = 0.0
    each: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return self.count / self.seconds


def fetch_all(addresses: Iterable[str], connections: int = CONNECTIONS) -> Fetched:
    """Every address once, shared among the connections. Raises RuntimeError for an answer that is no 200."""
    waiting, lock, found = iter(list(addresses)), threading.Lock(), Fetched()
    problems: list[str] = []

    def work() -> None:
        connection = None
        while (address := _next(waiting, lock)) and not problems:
            connection = connection or http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
            started = time.perf_counter()
            status, body, _ = _ask(connection, address)
            with lock:
                if status != 200:
                    problems.append(f"{status} for {address}: {body[:200]!r}")
                found.count += 1
                found.sent_bytes += len(body)
                found.each.append(time.perf_counter() - started)
        if connection is not None:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(connections)]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.seconds = time.perf_counter() - started
    if problems:
        raise RuntimeError(problems[0])
    return found


def fetch(address: str) -> bytes:
    """One answer, unpacked."""
    with closing(http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)) as connection:
        status, body, encoding = _ask(connection, address)
    if status != 200:
        raise RuntimeError(f"{status} for {address}: {body[:200]!r}")
    return gzip.decompress(body) if encoding == "gzip" else body


def _next(waiting: Iterator[str], lock: threading.Lock) -> str | None:
    with lock:
        return next(waiting, None)


def _ask(connection: http.client.HTTPConnection, address: str) -> tuple[int, bytes, str | None]:
    """Status, body as sent, and its encoding."""
    parts = urlsplit(address)
    target = f"{parts.path}?{parts.query}" if parts.query else parts.path
    connection.request("GET", target, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    return answer.status, answer.read(), answer.headers.get("Content-Encoding")
