"""How far an import is: told to whoever listens, else as a bar on a terminal."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO

from django.utils.translation import gettext as _

from importers.sources.base import Batch, Source

WIDTH = 30
#: Is told the share that was read, 0 to 1, and how many rows.
Listener = Callable[[float, int], None]
_listeners: list[Listener] = []


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Within, every source that is read tells this listener how far it is."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


def told(source: Source, out: TextIO | None = None) -> Iterator[Batch]:
    """The batches of a source; while they are taken, listeners are told, and a bar is drawn if `out` (standard
    error) is a terminal."""
    out = out or sys.stderr
    bar = _bar(out) if out.isatty() else None
    rows = 0
    try:
        for batch in source.batches():
            yield batch
            rows += len(batch)
            for listener in (*_listeners, *([bar] if bar else [])):
                listener(source.share_read(), rows)
    finally:
        if bar:
            out.write("\n")


def _bar(out: TextIO) -> Listener:
    started = time.monotonic()

    def draw(share: float, rows: int) -> None:
        out.write(_line(share, rows, time.monotonic() - started))
        out.flush()

    return draw


def _line(share: float, rows: int, seconds: float) -> str:
    full = round(WIDTH * share)
    left = seconds / share - seconds if share > 0 else 0
    words = _("%(percent)3d %%  %(rows)d rows, %(left)d s left") % {
        "percent": round(100 * share),
        "rows": rows,
        "left": round(left),
    }
    return f"\r{'█' * full}{'·' * (WIDTH - full)} {words} "
