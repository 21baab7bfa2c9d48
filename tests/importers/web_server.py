"""A small web server on this machine, for what is fetched."""

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pytest_django import Settings


class Served(BaseHTTPRequestHandler):
    """Answers by path from `pages`: status, headers, body; a body of None never ends."""

    pages: dict[str, tuple[int, dict[str, str], bytes | None]] = {}

    def do_GET(self) -> None:
        if self.path == "/silent.csv":
            time.sleep(3)
        status, headers, body = self.pages.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            if body is not None:
                self.wfile.write(body)
            while body is None:
                self.wfile.write(b".")
                time.sleep(0.02)
        except OSError:
            pass

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def web(settings: Settings) -> Iterator[str]:
    settings.IMPORT_FEED_PRIVATE = True
    Served.pages = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), Served)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
