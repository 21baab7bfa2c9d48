"""How far a command is with its tiles, on one line of the terminal."""

import sys
import time
from typing import Any

WIDTH = 30


class TileProgress:
    """A bar on a terminal, at most ten times a second; silent elsewhere."""

    def __init__(self, stream: Any, total: int) -> None:
        self.stream = stream
        self.total = max(total, 1)
        self.started = self.shown_at = time.monotonic()

    def __call__(self, done: int) -> None:
        now = time.monotonic()
        if not sys.stderr.isatty() or (now - self.shown_at < 0.1 and done < self.total):
            return
        self.shown_at = now
        full = WIDTH * done // self.total
        speed = done / max(now - self.started, 0.001)
        end = "\n" if done >= self.total else ""
        bar = "█" * full + "·" * (WIDTH - full)
        self.stream.write(f"\r{bar} {done:,} / {self.total:,}  {speed:,.0f}/s ", ending=end)
