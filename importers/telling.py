"""Progress as JSON lines, at most a few each second; a reader that is slow or gone is not waited for."""

import json
import time
from contextlib import suppress
from typing import Any

SECONDS_BETWEEN = 0.4


class Telling:
    """A listener of importers.progress that prints to `out`."""

    def __init__(self, out: Any) -> None:
        self._out = out
        self._next = 0.0

    def __call__(self, share: float, rows: int) -> None:
        if time.monotonic() < self._next and share < 1:
            return
        self._next = time.monotonic() + SECONDS_BETWEEN
        with suppress(OSError):
            self._out.write(json.dumps({"share": round(share, 4), "rows": rows}))
            self._out.flush()
